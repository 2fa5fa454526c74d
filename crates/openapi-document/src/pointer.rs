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
}
