//! The arguments in a path, as progenitor encodes them: `encode_path(&x.to_string())`.

use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, Stmt, Token};

/// Replaces every encoded argument for which `written` has something else.
pub(super) fn replace(statements: &mut [Stmt], written: impl FnMut(&Ident) -> Option<Expr>) {
    let mut arguments = Arguments { written };
    for statement in statements {
        arguments.visit_stmt_mut(statement);
    }
}

struct Arguments<F> {
    written: F,
}

impl<F: FnMut(&Ident) -> Option<Expr>> VisitMut for Arguments<F> {
    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        // `format!("{}/a/{}", self.baseurl, encode_path(&x.to_string()),)`
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(mut arguments) = call.parse_body_with(parser) {
            for argument in &mut arguments {
                self.visit_expr_mut(argument);
            }
            call.tokens = quote!(#arguments);
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Some(written) = argument(expression).and_then(|ident| (self.written)(&ident)) {
            *expression = written;
        }
    }
}

/// The `x` of `encode_path(&x.to_string())`.
fn argument(expression: &Expr) -> Option<syn::Ident> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Path(function) = &*call.func else {
        return None;
    };
    let Some(Expr::Reference(reference)) = call.args.first() else {
        return None;
    };
    let Expr::MethodCall(to_string) = &*reference.expr else {
        return None;
    };
    let Expr::Path(argument) = &*to_string.receiver else {
        return None;
    };
    if !function.path.is_ident("encode_path") || to_string.method != "to_string" {
        return None;
    }
    argument.path.get_ident().cloned()
}
