/// A text that nobody may see: a token, a password, a key.
///
/// It is not printed ([`Debug`](std::fmt::Debug) says only that there is one, and there is no `Display`), it is wiped
/// from memory when dropped, and comparing two takes the same time wherever they differ. On the wire it is plain text.
#[derive(Clone)]
pub struct Secret(::secrecy::SecretString);

impl Secret {
    /// The text itself. Whoever asks for it takes care of it.
    pub fn expose(&self) -> &str {
        ::secrecy::ExposeSecret::expose_secret(&self.0)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl ::std::convert::From<::std::string::String> for Secret {
    fn from(mut text: ::std::string::String) -> Self {
        // Shrinking the string might leave a copy of it behind; this leaves none.
        let secret = Self::from(text.as_str());
        ::zeroize::Zeroize::zeroize(&mut text);
        secret
    }
}

impl ::std::convert::From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(::secrecy::SecretString::from(::std::boxed::Box::<str>::from(text)))
    }
}

impl ::std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl ::std::cmp::PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        ::subtle::ConstantTimeEq::ct_eq(self.expose().as_bytes(), other.expose().as_bytes()).into()
    }
}

impl ::std::cmp::Eq for Secret {}

impl ::serde::Serialize for Secret {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> ::serde::Deserialize<'de> for Secret {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        deserializer.deserialize_string(TextVisitor::new("a secret"))
    }
}

#[cfg(feature = "schemars")]
impl ::schemars::JsonSchema for Secret {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        "Secret".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!({ "type": "string", "format": "password" })
    }
}
