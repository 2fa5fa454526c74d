//! Is every parameter in a path written as one segment?
//!
//! A parameter that is `..`, or that has a slash, would make a request for another path. The calls to what protects
//! from that are written over progenitor's own; if that changes its form, they would be missing without a word.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Stmt, Token};

/// Looks at the statements that write the URL of a request with so many parameters in its path.
pub(super) fn verify(statements: &[Stmt], parameters: usize) -> Result<(), String> {
    let mut urls = Urls {
        protected: 0,
        other: 0,
    };
    for statement in statements {
        urls.visit_stmt(statement);
    }
    if urls.other == 0 && urls.protected == parameters {
        return Ok(());
    }
    Err(format!(
        "a path with {parameters} parameters of which {} are protected, and {} other parts",
        urls.protected, urls.other
    ))
}

/// Counts the parts of `format!("{}/a/{}", self.baseurl, ..)`.
struct Urls {
    /// `path_segment(..)?`, or whatever else may fail.
    protected: usize,
    other: usize,
}

impl<'ast> Visit<'ast> for Urls {
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        if !call.path.is_ident("format") {
            return;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = call.parse_body_with(parser) else {
            self.other += 1;
            return;
        };
        for (index, argument) in arguments.iter().skip(1).enumerate() {
            match argument {
                // The server: the client's, or an argument where the operation has servers of its own.
                Expr::Field(_) | Expr::Path(_) if index == 0 => {}
                Expr::Try(outcome) if matches!(&*outcome.expr, Expr::Call(_)) => {
                    self.protected += 1;
                }
                _ => self.other += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified(statement: &str, parameters: usize) -> Result<(), String> {
        verify(&[syn::parse_str(statement).unwrap()], parameters)
    }

    #[test]
    fn a_parameter_without_protection_is_an_error() {
        let good =
            r#"let url = format!("{}/a/{}", self.baseurl, path_segment("id", &id.to_string())?,);"#;
        verified(good, 1).unwrap();
        assert!(verified(good, 2).is_err());
        assert!(verified(r#"let url = format!("{}/a", self.baseurl,);"#, 1).is_err());
        for form in ["encode_path(&id.to_string())", "encode_path(id)", "id"] {
            let statement = format!(r#"let url = format!("{{}}/a/{{}}", self.baseurl, {form});"#);
            assert!(verified(&statement, 1).is_err(), "{form}");
        }
    }
}
