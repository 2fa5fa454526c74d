//! Compares two OpenAPI documents, judges each change, and shows a value that proves the verdict.
