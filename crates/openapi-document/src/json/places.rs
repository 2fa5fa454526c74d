//! Where the values of a JSON text are.
//!
//! Remembering the place of every value would cost more memory than the data. Most tools ask for
//! the places of a few: one walk over the text, which is known to be JSON, finds them all.

use std::collections::BTreeMap;

use crate::pointer;

/// The byte offset of each pointer's value in a text that is JSON: of its key in an object, of its
/// first byte otherwise.
pub(crate) fn offsets(text: &str, pointers: &[&str]) -> Vec<Option<usize>> {
    let mut wanted = Wanted::default();
    for (index, pointer) in pointers.iter().enumerate() {
        if pointer.is_empty() || pointer.starts_with('/') {
            wanted.add(pointer, index);
        }
    }
    let mut found = vec![None; pointers.len()];
    let mut walk = Walk {
        text: text.as_bytes(),
        at: 0,
        found: &mut found,
    };
    walk.space();
    wanted.mark(walk.at, walk.found);
    walk.value(&wanted);
    found
}

/// A tree of the pointers asked for, so that a walk goes only where one of them leads.
#[derive(Default)]
struct Wanted {
    indices: Vec<usize>,
    below: BTreeMap<String, Wanted>,
}

impl Wanted {
    fn add(&mut self, pointer: &str, index: usize) {
        let end = pointer::tokens(pointer).fold(self, |node, token| {
            node.below.entry(token.into_owned()).or_default()
        });
        end.indices.push(index);
    }

    fn mark(&self, offset: usize, found: &mut [Option<usize>]) {
        for &index in &self.indices {
            found[index] = Some(offset);
        }
    }
}

/// A walk over the bytes of a JSON text. It trusts the text to be JSON, and stops at its end if it
/// is not. It recurses only where a pointer leads, and JSON's reader has bounded the depth.
struct Walk<'a> {
    text: &'a [u8],
    at: usize,
    found: &'a mut Vec<Option<usize>>,
}

impl Walk<'_> {
    fn value(&mut self, wanted: &Wanted) {
        match self.peek() {
            Some(b'{') if !wanted.below.is_empty() => self.object(wanted),
            Some(b'[') if !wanted.below.is_empty() => self.array(wanted),
            _ => self.skip(),
        }
    }

    fn object(&mut self, wanted: &Wanted) {
        while self.next_member(b'}') {
            let start = self.at;
            self.string();
            let inside = wanted.below.get(&*key(&self.text[start..self.at]));
            self.space();
            self.at += 1; // the colon
            self.space();
            match inside {
                Some(inside) => {
                    inside.mark(start, self.found);
                    self.value(inside);
                }
                None => self.skip(),
            }
        }
    }

    fn array(&mut self, wanted: &Wanted) {
        let mut index = 0_usize;
        while self.next_member(b']') {
            match wanted.below.get(&index.to_string()) {
                Some(inside) => {
                    inside.mark(self.at, self.found);
                    self.value(inside);
                }
                None => self.skip(),
            }
            index += 1;
        }
    }

    /// Steps over `{`, `[` or `,` to the next member; false, and past the end, if there is none.
    fn next_member(&mut self, end: u8) -> bool {
        self.space();
        if self.peek() != Some(end) {
            self.at += 1;
            self.space();
        }
        match self.peek() {
            Some(byte) if byte != end => true,
            _ => {
                self.at += 1;
                false
            }
        }
    }

    /// Steps over a value without looking inside.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = self.text.len();
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
}

/// The text of a key that is written, quotes and all, as `written`.
fn key(written: &[u8]) -> std::borrow::Cow<'_, str> {
    let inside = written
        .get(1..written.len().saturating_sub(1))
        .unwrap_or_default();
    if inside.contains(&b'\\') {
        serde_json::from_slice::<String>(written)
            .unwrap_or_default()
            .into()
    } else {
        String::from_utf8_lossy(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_items_and_the_root() {
        let text = r#" {"a": [1, {"b": "]}"}, [], 4], "c/d": null, "e\"": {} }"#;
        let pointers = [
            "", "/a", "/a/1/b", "/a/3", "/c~1d", "/e\"", "/nothing", "/a/9", "x",
        ];
        let at: Vec<_> = offsets(text, &pointers)
            .into_iter()
            .map(|offset| offset.map(|offset| text[offset..].chars().take(4).collect::<String>()))
            .collect();
        let expected = [
            Some(r#"{"a""#),
            Some(r#""a":"#),
            Some(r#""b":"#),
            Some("4], "),
            Some(r#""c/d"#),
            Some(r#""e\""#),
            None,
            None,
            None,
        ];
        assert_eq!(at, expected.map(|text| text.map(String::from)));
    }
}
