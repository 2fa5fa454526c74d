//! Last passes over the generated code: where it finds what it calls, and whether it has JSON Schemas.

mod json_schema;
mod runtime_crate;

pub(crate) use runtime_crate::shorten;

/// Applies all of them.
pub(crate) fn finish(file: syn::File, json_schema: bool) -> Result<syn::File, syn::Error> {
    let file = json_schema::keep(file, json_schema);
    runtime_crate::rename(file)
}
