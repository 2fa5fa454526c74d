//! The workspace as a consumer sees it: the tests are in `tests/`, and the guide's Rust is tested as documentation.

pub mod guide;
