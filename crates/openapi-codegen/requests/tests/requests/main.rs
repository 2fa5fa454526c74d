//! What the generated functions write, byte by byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod bodies;
mod prepared;
mod security;
mod styles;

use reqwest::Request;

/// A client of one of the modules.
macro_rules! client {
    ($module:ident) => {
        codegen_requests::$module::Client::new_with_client("http://h", reqwest::Client::new())
    };
}
pub(crate) use client;

/// The path and the query of a request.
fn target(request: &Request) -> String {
    let url = request.url();
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// A header of a request as a text.
fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut all = request.headers().get_all(name).iter();
    let value = all.next().map(|value| value.to_str().unwrap());
    assert!(all.next().is_none(), "`{name}` is there twice");
    value
}

/// The body of a request as a text.
fn body(request: &Request) -> Option<&str> {
    let bytes = request.body()?.as_bytes().unwrap();
    Some(std::str::from_utf8(bytes).unwrap())
}
