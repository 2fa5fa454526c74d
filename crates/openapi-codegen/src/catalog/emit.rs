//! Writes the module `errors`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Catalog, Word};
use crate::document::naming;
use crate::types::open;

/// The module `errors` of a catalog.
pub(crate) fn emit(catalog: &Catalog) -> TokenStream {
    let kinds = vocabulary("ErrorKind", "What kind of error it is.", &catalog.kinds);
    let advice = vocabulary(
        "Advice",
        "What a client should do about an error.",
        &catalog.advice,
    );
    let codes = codes(catalog);
    let families = catalog.families.iter().map(|family| {
        let pattern = &family.pattern;
        let meaning = meaning(&family.kind, &family.advice, &family.en, &family.zh, &[]);
        quote! { (#pattern, #meaning) }
    });
    let statuses = catalog.statuses.iter().map(|entry| {
        let status = entry.status;
        let meaning = meaning(&entry.kind, &entry.advice, &entry.en, &entry.zh, &[status]);
        quote! { #status => { const M: Meaning = #meaning; ::std::option::Option::Some(&M) } }
    });
    let matching: TokenStream = include_str!("../runtime/matching.rs")
        .parse()
        .unwrap_or_default();
    let received: TokenStream = include_str!("../runtime/received.rs")
        .parse()
        .unwrap_or_default();
    quote! {
        /// What the contract says about errors: the codes, what each means, and what a client should do.
        pub mod errors {
            #kinds
            #advice

            /// What is known of an error code, a family of codes, or a status.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub struct Meaning {
                /// What kind of error it is.
                pub kind: ErrorKind,
                /// What a client should do.
                pub advice: Advice,
                /// The HTTP statuses it comes with; empty for a family.
                pub statuses: &'static [u16],
                /// The meaning in English.
                pub en: &'static str,
                /// The meaning in Chinese.
                pub zh: &'static str,
            }

            #codes

            /// What codes of one look mean, `*` being any text. The first that fits counts.
            static FAMILIES: &[(&str, Meaning)] = &[ #( #families ),* ];

            /// What a status means when no error code says more. `None`: the contract says nothing about it.
            pub fn for_status(status: u16) -> ::std::option::Option<&'static Meaning> {
                match status {
                    #( #statuses )*
                    _ => ::std::option::Option::None,
                }
            }

            #matching
            #received
        }
    }
}

fn vocabulary(name: &str, doc: &str, words: &[Word]) -> TokenStream {
    let ident = format_ident!("{name}");
    let texts: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
    let variants: Vec<_> = texts
        .iter()
        .map(|word| format_ident!("{}", naming::type_name(word)))
        .collect();
    let docs = words.iter().map(|word| sentence(&word.meaning));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #( #[doc = #docs] #variants, )*
        }

        impl #ident {
            /// The word that the contract uses.
            pub const fn as_str(self) -> &'static str {
                match self {
                    #( Self::#variants => #texts, )*
                }
            }
        }

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    }
}

fn codes(catalog: &Catalog) -> TokenStream {
    let texts: Vec<String> = catalog
        .entries
        .iter()
        .map(|entry| entry.code.clone())
        .collect();
    let open::Variants { known, unknown } = open::variants(&texts);
    let docs = catalog
        .entries
        .iter()
        .map(|entry| format!("`{}`: {}", entry.code, sentence(&entry.en)));
    let meanings = catalog.entries.iter().map(|entry| {
        meaning(
            &entry.kind,
            &entry.advice,
            &entry.en,
            &entry.zh,
            &entry.statuses,
        )
    });
    quote! {
        /// An error code. An open set: a code that the contract does not know is kept as it came.
        ///
        /// Codes are the same without regard to case, so `invalidauthentication` *is*
        /// `InvalidAuthentication`. [`ReceivedErrorCode`] also keeps how it was spelled.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #( #[doc = #docs] #known, )*
            /// A code that the contract does not know.
            #unknown(::std::string::String),
        }

        impl ErrorCode {
            /// The codes that the contract knows.
            pub const KNOWN: &'static [Self] = &[ #( Self::#known ),* ];

            /// The code, as the contract spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    #( Self::#known => #texts, )*
                    Self::#unknown(text) => text,
                }
            }

            /// What is known about the code: its own entry, or that of its family.
            pub fn meaning(&self) -> ::std::option::Option<&'static Meaning> {
                match self {
                    #( Self::#known => { const M: Meaning = #meanings; ::std::option::Option::Some(&M) } )*
                    Self::#unknown(text) => match Self::known(text) {
                        ::std::option::Option::Some(code) => code.meaning(),
                        ::std::option::Option::None => FAMILIES
                            .iter()
                            .find(|(pattern, _)| matches(pattern, text))
                            .map(|(_, meaning)| meaning),
                    },
                }
            }

            /// Whether the contract does not know the code itself (though it may know its family).
            pub const fn is_unknown(&self) -> bool {
                ::std::matches!(self, Self::#unknown(_))
            }

            fn known(text: &str) -> ::std::option::Option<Self> {
                Self::KNOWN.iter().find(|code| code.as_str().eq_ignore_ascii_case(text)).cloned()
            }

            fn unknown(text: ::std::string::String) -> Self {
                Self::#unknown(text)
            }
        }
    }
}

fn meaning(kind: &str, advice: &str, en: &str, zh: &str, statuses: &[u16]) -> TokenStream {
    let kind = format_ident!("{}", naming::type_name(kind));
    let advice = format_ident!("{}", naming::type_name(advice));
    quote! {
        Meaning {
            kind: ErrorKind::#kind,
            advice: Advice::#advice,
            statuses: &[ #( #statuses ),* ],
            en: #en,
            zh: #zh,
        }
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let mut sentence: String = chars
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    sentence.push_str(chars.as_str());
    if !sentence.ends_with(['.', '!', '?', ')']) {
        sentence.push('.');
    }
    sentence
}
