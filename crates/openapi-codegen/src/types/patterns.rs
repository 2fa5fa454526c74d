//! Patterns as the generated code compiles them: with the flag `u`, as JSON Schema asks for.
//!
//! Without the flag `\p{L}` is the text `p{L}`. With it, escapes that mean nothing (`\-` outside of brackets, `\@`) are
//! errors, and documents are full of them. So a pattern is compiled as it is; if that fails, without such escapes; if
//! that fails too, without the flag, unless it has something that only the flag gives its meaning.

use regress::Regex;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, Lit, parse_quote};

/// A pattern that can be compiled, and its flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) flags: &'static str,
}

/// The pattern as the generated code is to compile it. An error says why it is none.
pub(crate) fn compile(pattern: &str) -> Result<Pattern, String> {
    let error = match Regex::with_flags(pattern, "u") {
        Ok(_) => return Ok(Pattern::new(pattern, "u")),
        Err(error) => error,
    };
    let without = without_needless_escapes(pattern);
    if Regex::with_flags(&without, "u").is_ok() {
        return Ok(Pattern::new(&without, "u"));
    }
    let needs_flag = ["\\p", "\\P", "\\u{"].iter().any(|it| pattern.contains(it));
    if !needs_flag && Regex::new(pattern).is_ok() {
        return Ok(Pattern::new(pattern, ""));
    }
    Err(error.to_string())
}

impl Pattern {
    fn new(text: &str, flags: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            flags,
        }
    }
}

/// The pattern without a backslash before punctuation that means itself anyway.
fn without_needless_escapes(pattern: &str) -> String {
    const SYNTAX: &str = "^$\\.*+?()[]{}|/";
    let mut text = String::with_capacity(pattern.len());
    let mut in_brackets = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(next) => {
                    let is_needed = next.is_ascii_alphanumeric()
                        || SYNTAX.contains(next)
                        || in_brackets && next == '-';
                    if is_needed {
                        text.push('\\');
                    }
                    text.push(next);
                    continue;
                }
                None => text.push('\\'),
            },
            c => text.push(c),
        }
        match c {
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            _ => {}
        }
    }
    text
}

/// Rewrites every pattern of the generated types. An error is what has a form that is not known.
pub(crate) fn rewrite(file: &mut syn::File) -> Result<(), String> {
    let mut patterns = Patterns { unknown: None };
    patterns.visit_file_mut(file);
    patterns.unknown.map_or(Ok(()), Err)
}

struct Patterns {
    unknown: Option<String>,
}

impl VisitMut for Patterns {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        let Expr::Path(function) = &*call.func else {
            return;
        };
        let mut steps = function.path.segments.iter().rev();
        let names = [steps.next(), steps.next()].map(|step| step.map(|it| it.ident.to_string()));
        let [Some(function), Some(of)] = names else {
            return;
        };
        if of != "Regex" {
            return;
        }
        let pattern = match call.args.first() {
            Some(Expr::Lit(literal)) if function == "new" => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        };
        match pattern.map(|pattern| compile(&pattern)) {
            Some(Ok(Pattern { text, flags })) => {
                *call = parse_quote!(::regress::Regex::with_flags(#text, #flags));
            }
            Some(Err(error)) => self.unknown = Some(format!("a pattern is none: {error}")),
            None => {
                self.unknown = Some("a pattern is compiled in a form that is not known".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn patterns_have_the_flag_wherever_they_can() {
        for (pattern, text, flags) in [
            (r"^\p{L}+$", r"^\p{L}+$", "u"),
            (r"^(?=.*\d).{3,}$", r"^(?=.*\d).{3,}$", "u"),
            (r"^[\w\-]+\-\@\/$", r"^[\w\-]+-@\/$", "u"),
            (r"[\w-.]\_\\\-", r"[\w-.]\_\\\-", ""),
        ] {
            assert_eq!(
                compile(pattern).unwrap(),
                Pattern::new(text, flags),
                "{pattern}"
            );
        }
        for wrong in ["(", r"\p{NoSuchThing}", r"[\w-.]\p{L}", "a\\"] {
            assert!(compile(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pattern_in_another_form_is_an_error() {
        let mut file: syn::File = syn::parse_quote! {
            fn f() { ::regress::Regex::new("a"); }
        };
        rewrite(&mut file).unwrap();
        let written = quote!(#file).to_string();
        assert!(written.contains("with_flags (\"a\" , \"u\")"), "{written}");
        let mut file: syn::File = syn::parse_quote! {
            fn f() { ::regress::Regex::new(pattern()); }
        };
        assert!(rewrite(&mut file).is_err());
    }
}
