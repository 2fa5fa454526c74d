//! JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)): taking them apart and
//! putting them together.

use std::borrow::Cow;

/// Writes a token the way it stands in a pointer: `~` as `~0`, `/` as `~1`.
///
/// ```
/// assert_eq!(openapi_document::pointer::escape("/pets/{id}"), "~1pets~1{id}");
/// ```
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// Reads a token as it stands in a pointer: `~1` as `/`, `~0` as `~`.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer to the member `token` (unescaped) of what `parent` points to.
///
/// ```
/// assert_eq!(openapi_document::pointer::join("/paths", "/pets"), "/paths/~1pets");
/// ```
pub fn join(parent: &str, token: &str) -> String {
    let token = escape(token);
    let mut pointer = String::with_capacity(parent.len() + 1 + token.len());
    pointer.push_str(parent);
    pointer.push('/');
    pointer.push_str(&token);
    pointer
}

/// The pointer to the whole that contains what `pointer` points to; `None` for the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

/// Undoes the percent encoding that a pointer may have as the fragment of a reference. What is no
/// percent encoding, or not of UTF-8, stays as it is.
pub fn decode(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let mut decoded = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let byte = match after {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match byte {
            Some((high, low)) => {
                decoded.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(fragment), Cow::Owned)
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Writes a pointer as the fragment of a reference, so that [`decode`] reads it back: `%` is
/// encoded, and what people leave as it is (`{`, letters of all languages) stays.
pub fn encode(pointer: &str) -> Cow<'_, str> {
    if pointer.contains('%') {
        Cow::Owned(pointer.replace('%', "%25"))
    } else {
        Cow::Borrowed(pointer)
    }
}

/// A pointer, and those to everything around it, the root last.
pub(crate) fn outwards(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |inner| parent(inner))
}

/// The last token of a pointer, unescaped; `None` for the root.
pub fn last(pointer: &str) -> Option<Cow<'_, str>> {
    pointer
        .rfind('/')
        .map(|slash| unescape(&pointer[slash + 1..]))
}

/// The tokens of a pointer, unescaped, outermost first.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_apart_undoes_putting_together() {
        let odd = ["paths", "/a~1b", "", "~", "200"];
        let pointer = odd
            .iter()
            .fold(String::new(), |pointer, token| join(&pointer, token));
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), odd);
        assert_eq!(last(&pointer).as_deref(), Some("200"));
        assert_eq!(parent(&pointer).and_then(last).as_deref(), Some("~"));
        assert_eq!((parent(""), last("")), (None, None));
    }
    #[test]
    fn percent_encoding_is_undone_once() {
        for (encoded, decoded) in [
            ("/a%20b", "/a b"),
            ("/%7Bid%7d", "/{id}"),
            ("/%E5%A7%93", "/姓"),
            ("/100%", "/100%"),
            ("/%zz%4", "/%zz%4"),
            ("/%+1", "/%+1"),
            ("/%ff", "/%ff"),
            ("/%2525", "/%25"),
        ] {
            assert_eq!(decode(encoded), decoded, "{encoded}");
            assert_eq!(decode(&encode(decoded)), decoded, "{decoded}");
        }
    }
}
