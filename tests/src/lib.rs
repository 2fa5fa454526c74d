//! The workspace as a consumer sees it: the tests are in `tests/`.
