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
        "close the bracket or brace that is open, or put a comma",
    ),
    (
        "illegal placement of ':'",
        "close the bracket or brace that is open before, or put a text with a colon in quotes",
    ),
    ("quoted scalar", "close the quotes"),
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
        "define it with `&` before it is used with `*`",
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
