//! Decodes a body of success into a type of the contract, and tells one from everything else that comes with a status of
//! success.

use serde::de::DeserializeOwned;

use crate::error::{foreign as foreign_fields, object, without_byte_order_mark};
use crate::executor::Unreadable;
use crate::fields;

/// How much a decoded value says of itself that it is what was asked for. The contract promises no field at all, so an
/// error that came as a success, or the page of a banned address, decodes too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// It has what nothing else has.
    Certain,
    /// It has a field that no error has: only a known error code counts against it.
    Likely,
    /// It has nothing of its own.
    None,
}

/// Decodes the body as a JSON object of the type `T`; `evidence` judges what came out.
pub(crate) fn decode<T: DeserializeOwned>(
    body: &[u8],
    evidence: impl FnOnce(&T) -> Evidence,
) -> Result<T, Unreadable> {
    let body = without_byte_order_mark(body);
    // Looking once whether all of it is text costs an eighth of what it costs to look at each string in it.
    let value: serde_json::Result<T> = match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    };
    let foreign = |why: &str| Err(Unreadable::Foreign(why.to_owned()));
    let is_object = body.trim_ascii_start().starts_with(b"{");
    match value {
        Ok(value) if is_object => {
            let sure = match evidence(&value) {
                Evidence::Certain => return Ok(value),
                Evidence::Likely => true,
                Evidence::None => false,
            };
            let fields = object(body).unwrap_or_default();
            match foreign_fields(&fields, fields::of::<T>(), sure) {
                Some(why) => foreign(why),
                None => Ok(value),
            }
        }
        Err(_) if body.is_empty() => foreign("it is empty"),
        Err(error) if error.is_eof() => Err(Unreadable::CutOff),
        Err(error) if error.is_syntax() && body.starts_with(GZIP) => foreign(&format!(
            "it is still packed with gzip; its headers do not say so in the usual way ({error})"
        )),
        Err(error) if error.is_syntax() => foreign(&format!("it is not JSON ({error})")),
        Err(_) if is_object => foreign(&misfit::<T>(body)),
        Ok(_) | Err(_) => foreign("it is not a JSON object"),
    }
}

/// How each file of gzip begins.
const GZIP: &[u8] = b"\x1f\x8b";

/// Where a body does not fit the contract: the path, not the value.
fn misfit<T: DeserializeOwned>(body: &[u8]) -> String {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(error) => {
            let place = format!(
                "line {} column {}",
                error.inner().line(),
                error.inner().column()
            );
            match error.path().iter().next() {
                Some(_) => format!("`{}` has the wrong type, at {place}", error.path()),
                // Of the object as a whole, only a field that comes twice can be wrong.
                None => error.inner().to_string(),
            }
        }
        Ok(_) => "it could not be read".to_owned(),
    }
}
