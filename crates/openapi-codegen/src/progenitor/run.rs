//! Runs progenitor such that whatever it does, an answer comes back.

use std::collections::BTreeMap;
use std::panic;
use std::sync::{Mutex, PoisonError};
use std::thread;

use openapiv3::OpenAPI;
use serde_json::Value;

/// Deep documents make deep recursion; memory that is not touched costs nothing.
const STACK: usize = 256 << 20;

/// Generates a client; `replacements` are types that progenitor shall not make. An error is what progenitor said.
pub(crate) fn run(
    document: &Value,
    replacements: &BTreeMap<String, String>,
) -> Result<syn::File, String> {
    let source = quietly(|| generate(document, replacements))?;
    syn::parse_file(&source).map_err(|error| format!("the generated code is not Rust: {error}"))
}

/// The same, for whoever only wants to know whether it works.
pub(super) fn attempt(
    document: &Value,
    replacements: &BTreeMap<String, String>,
) -> Result<(), String> {
    quietly(|| generate(document, replacements).map(drop))
}

fn generate(document: &Value, replacements: &BTreeMap<String, String>) -> Result<String, String> {
    let spec: OpenAPI = serde_path_to_error::deserialize(document)
        .map_err(|error| format!("{} (at {})", error.inner(), error.path()))?;
    let mut settings = progenitor_impl::GenerationSettings::new();
    settings.with_derive("PartialEq");
    for (name, path) in replacements {
        let impls = [progenitor_impl::TypeImpl::Display].into_iter();
        settings.with_replacement(name, path, impls);
    }
    let tokens = progenitor_impl::Generator::new(&settings).generate_tokens(&spec);
    tokens
        .map(|tokens| tokens.to_string())
        .map_err(|error| error.to_string())
}

/// Runs `work` on a stack of its own; a panic becomes its message, and is printed by nobody.
fn quietly<T: Send>(work: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    // The hook is the process's, so one at a time; other threads' panics go to the hook that was there.
    static HOOK: Mutex<()> = Mutex::new(());
    let guard = HOOK.lock().unwrap_or_else(PoisonError::into_inner);
    let outcome = thread::scope(|scope| {
        let worker = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                let (own, hook) = (thread::current().id(), panic::take_hook());
                let hook = std::sync::Arc::new(hook);
                let others = std::sync::Arc::clone(&hook);
                panic::set_hook(Box::new(move |info| {
                    if thread::current().id() != own {
                        others(info);
                    }
                }));
                let outcome = panic::catch_unwind(panic::AssertUnwindSafe(work));
                drop(panic::take_hook());
                if let Ok(hook) = std::sync::Arc::try_unwrap(hook) {
                    panic::set_hook(hook);
                }
                outcome
            });
        match worker {
            Ok(worker) => worker.join().unwrap_or_else(Err),
            Err(error) => Ok(Err(format!("no thread can be started: {error}"))),
        }
    });
    drop(guard);
    outcome.unwrap_or_else(|panic| {
        Err(panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "it stopped without saying why".to_owned()))
    })
}
