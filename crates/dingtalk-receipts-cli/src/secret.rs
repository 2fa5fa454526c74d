//! Secrets: from the environment, from a file or from standard input.

use crate::failure::Failure;
use crate::input::Input;

/// No secret is longer; a wrong file is noticed before it is read whole.
const MOST_BYTES: u64 = 64 * 1024;

/// Reads the secret called `name`. Line breaks at its end belong to the file, not to the secret.
pub(crate) fn read(input: &Input, name: &str) -> Result<String, Failure> {
    let text = input.text(MOST_BYTES, &format!("the {name}"))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(Failure::usage(format!(
            "there is no {name} in {input}; it is empty"
        )));
    }
    Ok(secret.to_owned())
}

/// A variable of the environment. One that is empty counts as not set. A line break at its end comes from the file that it
/// was set from; other white space around it is a mistake that DingTalk would answer with a wrong reason.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => {
            let value = value.trim_end_matches(['\r', '\n']);
            if value.contains(|c: char| c.is_whitespace() || c.is_control()) {
                return Err(Failure::usage(format!(
                    "the variable {name} holds white space or a control character"
                )));
            }
            Ok(Some(value.to_owned()).filter(|value| !value.is_empty()))
        }
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Failure::usage(format!(
            "the variable {name} is not valid Unicode"
        ))),
    }
}
