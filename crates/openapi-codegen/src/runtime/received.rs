impl ErrorCode {
    /// What kind of error it is; `None` if the contract knows neither the code nor its family.
    pub fn kind(&self) -> ::std::option::Option<ErrorKind> {
        self.meaning().map(|meaning| meaning.kind)
    }

    /// What a client should do; `None` if the contract knows neither the code nor its family.
    pub fn advice(&self) -> ::std::option::Option<Advice> {
        self.meaning().map(|meaning| meaning.advice)
    }

    /// The HTTP statuses that the code comes with, as far as the contract knows.
    pub fn statuses(&self) -> &'static [u16] {
        self.meaning().map_or(&[], |meaning| meaning.statuses)
    }

    /// The meaning in English.
    pub fn meaning_en(&self) -> ::std::option::Option<&'static str> {
        self.meaning().map(|meaning| meaning.en)
    }

    /// The meaning in Chinese.
    pub fn meaning_zh(&self) -> ::std::option::Option<&'static str> {
        self.meaning().map(|meaning| meaning.zh)
    }
}

impl ::std::convert::From<&str> for ErrorCode {
    fn from(text: &str) -> Self {
        Self::known(text).unwrap_or_else(|| Self::unknown(text.to_owned()))
    }
}

impl ::std::convert::From<::std::string::String> for ErrorCode {
    fn from(text: ::std::string::String) -> Self {
        Self::known(&text).unwrap_or_else(|| Self::unknown(text))
    }
}

impl ::std::str::FromStr for ErrorCode {
    type Err = ::std::convert::Infallible;
    fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self::from(text))
    }
}

impl ::std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl ::std::cmp::PartialEq for ErrorCode {
    fn eq(&self, other: &Self) -> bool {
        self.as_str().eq_ignore_ascii_case(other.as_str())
    }
}

impl ::std::cmp::Eq for ErrorCode {}

impl ::std::hash::Hash for ErrorCode {
    fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
        for byte in self.as_str().bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

/// An error code as it was received: the [`ErrorCode`] that it is, and how it was spelled.
///
/// It is equal to its code whatever the case, and prints as it came.
#[derive(Clone)]
pub struct ReceivedErrorCode {
    code: ErrorCode,
    // Only where it differs from what the code itself says, so that the usual code needs no memory.
    spelled: ::std::option::Option<::std::boxed::Box<str>>,
}

impl ReceivedErrorCode {
    /// The code.
    pub fn code(&self) -> &ErrorCode {
        &self.code
    }

    /// The code alone.
    pub fn into_code(self) -> ErrorCode {
        self.code
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        self.spelled.as_deref().unwrap_or_else(|| self.code.as_str())
    }
}

impl ::std::ops::Deref for ReceivedErrorCode {
    type Target = ErrorCode;
    fn deref(&self) -> &ErrorCode {
        &self.code
    }
}

impl ::std::convert::From<&str> for ReceivedErrorCode {
    fn from(text: &str) -> Self {
        let code = ErrorCode::from(text);
        let spelled = (code.as_str() != text).then(|| text.into());
        Self { code, spelled }
    }
}

impl ::std::convert::From<::std::string::String> for ReceivedErrorCode {
    fn from(text: ::std::string::String) -> Self {
        match ErrorCode::known(&text) {
            ::std::option::Option::Some(code) => {
                let spelled = (code.as_str() != text).then(|| text.into_boxed_str());
                Self { code, spelled }
            }
            ::std::option::Option::None => {
                Self { code: ErrorCode::unknown(text), spelled: ::std::option::Option::None }
            }
        }
    }
}

impl ::std::convert::From<ErrorCode> for ReceivedErrorCode {
    fn from(code: ErrorCode) -> Self {
        Self { code, spelled: ::std::option::Option::None }
    }
}

impl ::std::fmt::Display for ReceivedErrorCode {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl ::std::fmt::Debug for ReceivedErrorCode {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl ::std::cmp::PartialEq for ReceivedErrorCode {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl ::std::cmp::Eq for ReceivedErrorCode {}

impl ::std::cmp::PartialEq<ErrorCode> for ReceivedErrorCode {
    fn eq(&self, other: &ErrorCode) -> bool {
        self.code == *other
    }
}

impl ::std::cmp::PartialEq<ReceivedErrorCode> for ErrorCode {
    fn eq(&self, other: &ReceivedErrorCode) -> bool {
        *self == other.code
    }
}

impl ::std::hash::Hash for ReceivedErrorCode {
    fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl ::serde::Serialize for ReceivedErrorCode {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> ::serde::Deserialize<'de> for ReceivedErrorCode {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        deserializer.deserialize_string(super::TextVisitor::new("an error code"))
    }
}

#[cfg(feature = "schemars")]
impl ::schemars::JsonSchema for ReceivedErrorCode {
    fn schema_name() -> ::std::borrow::Cow<'static, str> {
        "ErrorCode".into()
    }
    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
        ::schemars::json_schema!({ "type": "string", "x-error-code": true })
    }
}
