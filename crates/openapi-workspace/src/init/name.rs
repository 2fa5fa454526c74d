//! The name of a new workspace, which its packages have.

use crate::error::Error;

/// Checks that cargo, and Rust as the name of a crate, take the name.
///
/// # Errors
/// If they do not.
pub(super) fn check(name: &str) -> Result<(), Error> {
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let ends = !name.ends_with('-') && !name.contains("--");
    if !(begins && is_plain && ends) {
        return Err(Error::usage(format!(
            "`{name}` cannot be the name of the packages; use lower-case letters, digits and single hyphens, as in `my-api`"
        )));
    }
    let is_taken = ["xtask", "test", "core", "std", "alloc"].contains(&name);
    // A keyword is no name of a crate.
    if is_taken || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        return Err(Error::usage(format!(
            "`{name}` is taken; choose another name, as in `{name}-api`"
        )));
    }
    Ok(())
}
