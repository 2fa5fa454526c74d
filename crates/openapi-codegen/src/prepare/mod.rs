//! Makes a document ready for the generator: mends what loses nothing, and says so.
//!
//! What the format allows and the generator needs otherwise is written otherwise (OpenAPI 3.1, path items by reference),
//! what is missing and has only one meaning is added (ids, descriptions), and what means nothing is taken out (defaults
//! that do not fit). Nothing here changes what is sent or understood. What must be left out is left out by [`omit`], and
//! only where the caller has allowed it.

mod bodies;
mod defaults;
mod draft;
mod ids;
mod lower;
mod omit;
mod parts;
mod references;

use serde_json::Value;

pub(crate) use draft::Draft;
pub(crate) use omit::omit;

/// A document with all mended that can be mended without a loss.
pub(crate) fn prepare(document: &Value) -> Draft {
    let mut draft = Draft::new(document.clone());
    if !document.is_object() {
        return draft;
    }
    lower::lower(&mut draft);
    references::follow_path_items(&mut draft);
    references::hoist(&mut draft);
    references::drop_siblings(&mut draft);
    parts::mend(&mut draft);
    defaults::drop_wrong_values(&mut draft);
    defaults::drop_wrong(&mut draft);
    ids::name(&mut draft);
    bodies::tell(&mut draft);
    draft
}
