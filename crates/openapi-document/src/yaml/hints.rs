//! What to do about what YAML's parser says. It speaks of tokens; a person has mistyped something.

/// A part of what the parser says, and what to do then.
const HINTS: &[(&str, &str)] = &[
    (
        "mapping values are not allowed",
        "check the indentation, and put a text with a colon in quotes",
    ),
    (
        "did not find expected key",
        "check the indentation of this line and the one before",
    ),
    (
        "did not find expected '-'",
        "check the indentation of this line and the one before",
    ),
    (
        "did not find expected ','",
        "close the bracket or brace that is open, put a comma, or put a text with brackets in quotes",
    ),
    (
        "illegal placement of ':'",
        "close the bracket or brace that is open before, or put a text with a colon in quotes",
    ),
    (
        "invalid Unicode character escape",
        "write the character itself, or its code as `\\U0001F600`: YAML has no pairs of `\\u`",
    ),
    ("quoted scalar", "close the quotes"),
    (
        "block sequence entries are not allowed",
        "begin a list on a line of its own, and put a text with a dash in quotes",
    ),
    (
        "invalid indentation",
        "indent this line deeper than the key that has the bracket or the quotes",
    ),
    ("tabs disallowed", "indent with spaces"),
    (
        "valid YAML whitespace",
        "put a space after the colon, not a tab",
    ),
    (
        "unexpected character",
        "put a text that begins with this character in quotes",
    ),
    (
        "expected node content",
        "write a value here, or take out the bracket, comma or dash before it",
    ),
    (
        "unknown anchor",
        "put a text that begins with `*` in quotes, or define the anchor with `&` before",
    ),
    ("unprintable character", "take the character out"),
    ("recursion limit", "nest less deep"),
    (
        "could not find expected ':'",
        "put a colon and a space after the key",
    ),
];

/// What to do about what the parser says, where that is known.
pub(super) fn hint(said: &str) -> Option<&'static str> {
    let (_, hint) = HINTS.iter().find(|(part, _)| said.contains(part))?;
    Some(hint)
}

/// Parts of what is said here of well-formed YAML, and what to do then.
const OWN: &[(&str, &str)] = &[
    (
        "is there twice",
        "keep one of the two: readers differ on which one counts",
    ),
    (
        "the tag `",
        "take the tag out; other files are referred to with `$ref`",
    ),
    ("a key must be a string", "write the key as a text"),
    (
        "cannot be written in JSON",
        "put it in quotes if it is a text, or write a smaller number",
    ),
    (
        "levels deep",
        "give inner parts names of their own and refer to them with `$ref`",
    ),
];

/// What to do about what is said here, where that is known.
pub(super) fn own(said: &str) -> Option<&'static str> {
    let (_, hint) = OWN.iter().find(|(part, _)| said.contains(part))?;
    Some(hint)
}
