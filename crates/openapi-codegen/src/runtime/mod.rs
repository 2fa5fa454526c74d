//! Rust that is written into the generated code as it stands. Each file is real source, and is parsed here.

use proc_macro2::TokenStream;

/// A part of the runtime that generated code may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text,
    Secret,
    Bounds,
    Request,
    Credential,
    Basic,
    Parameters,
    Multipart,
    Operation,
    Unions,
    Responses,
}

impl Part {
    /// The tokens of the part. An error is a mistake in a file of this crate, which a test would find.
    pub(crate) fn tokens(self) -> Result<TokenStream, String> {
        let source = match self {
            Self::Text => include_str!("text.rs"),
            Self::Secret => include_str!("secret.rs"),
            Self::Bounds => include_str!("bounds.rs"),
            Self::Request => include_str!("request.rs"),
            Self::Credential => include_str!("credential.rs"),
            Self::Basic => include_str!("basic.rs"),
            Self::Parameters => include_str!("parameters.rs"),
            Self::Multipart => include_str!("multipart.rs"),
            Self::Operation => include_str!("operation.rs"),
            Self::Unions => include_str!("unions.rs"),
            Self::Responses => include_str!("responses.rs"),
        };
        source.parse().map_err(|error| format!("{self:?}: {error}"))
    }

    /// Every part.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 11] = [
        Self::Text,
        Self::Secret,
        Self::Bounds,
        Self::Request,
        Self::Credential,
        Self::Basic,
        Self::Parameters,
        Self::Multipart,
        Self::Operation,
        Self::Unions,
        Self::Responses,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_rust() {
        for part in Part::ALL {
            let file: syn::File = syn::parse2(part.tokens().unwrap()).unwrap();
            assert!(!file.items.is_empty(), "{part:?}");
        }
    }
}
