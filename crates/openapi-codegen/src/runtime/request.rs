/// Why a request could not even be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The text of a header has a character that no header may have, such as a line break.
    Header {
        /// The header's name.
        name: &'static str,
    },
    /// A part of the path is empty, `.` or `..`, which would make it another path.
    Path {
        /// The parameter's name.
        name: &'static str,
    },
    /// A parameter cannot be written in its style.
    Parameter {
        /// The parameter's name.
        name: &'static str,
        /// Why not.
        reason: ::std::string::String,
    },
    /// None of the credentials is complete that the operation asks for.
    Credentials,
    /// The URL or the body could not be written.
    Build(reqwest::Error),
    /// The body is no form.
    Form(::std::string::String),
}

impl ::std::fmt::Display for RequestError {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match self {
            Self::Header { name } => {
                ::std::write!(f, "the header {name} may hold visible ASCII characters only")
            }
            Self::Path { name } => {
                ::std::write!(f, "{name} stands in the path of the request and may not be empty, `.` or `..`")
            }
            Self::Parameter { name, reason } => {
                ::std::write!(f, "the parameter {name} cannot be written: {reason}")
            }
            Self::Credentials => f.write_str("none of the credentials that the operation asks for is complete"),
            Self::Build(_) => f.write_str("the URL or the body of the request cannot be written"),
            Self::Form(reason) => ::std::write!(f, "the body is no form: {reason}"),
        }
    }
}

impl ::std::error::Error for RequestError {
    fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
        match self {
            Self::Build(error) => ::std::option::Option::Some(error),
            _ => ::std::option::Option::None,
        }
    }
}

impl ::std::convert::From<reqwest::Error> for RequestError {
    fn from(error: reqwest::Error) -> Self {
        Self::Build(error)
    }
}

impl ::std::convert::From<reqwest::header::InvalidHeaderValue> for RequestError {
    fn from(_: reqwest::header::InvalidHeaderValue) -> Self {
        Self::Header { name: "of the request" }
    }
}

impl ::std::convert::From<progenitor_client::Error<()>> for RequestError {
    fn from(error: progenitor_client::Error<()>) -> Self {
        match error {
            progenitor_client::Error::CommunicationError(error) => Self::Build(error),
            error => Self::Form(error.to_string()),
        }
    }
}

impl<E> ::std::convert::From<RequestError> for progenitor_client::Error<E> {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Build(error) => Self::CommunicationError(error),
            error => Self::InvalidRequest(error.to_string()),
        }
    }
}

/// A text as one segment of a path: percent-encoded, and never such that it changes the path around it.
fn path_segment(
    name: &'static str,
    text: &str,
) -> ::std::result::Result<::std::string::String, RequestError> {
    // What a URL parser would not take as part of a segment, the backslash included.
    const RESERVED: &::percent_encoding::AsciiSet = &::percent_encoding::NON_ALPHANUMERIC
        .remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'!').remove(b'$').remove(b'&')
        .remove(b'\'').remove(b'(').remove(b')').remove(b'*').remove(b'+').remove(b',').remove(b';')
        .remove(b'=').remove(b':').remove(b'@');
    if ::std::matches!(text, "" | "." | "..") {
        return Err(RequestError::Path { name });
    }
    Ok(::percent_encoding::utf8_percent_encode(text, RESERVED).to_string())
}
