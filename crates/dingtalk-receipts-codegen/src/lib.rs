//! From an OpenAPI contract to Rust: progenitor, and what progenitor lacks.
