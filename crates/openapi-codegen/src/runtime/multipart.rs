/// A file in a form of several parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// The name of the file; without one, that of the field is sent.
    pub name: ::std::option::Option<::std::string::String>,
    /// The content type; defaults to what the contract states, or `application/octet-stream`.
    pub content_type: ::std::option::Option<::std::string::String>,
    /// What is in the file.
    pub bytes: ::std::vec::Vec<u8>,
}

impl FilePart {
    /// A file without a name.
    pub fn new(bytes: impl ::std::convert::Into<::std::vec::Vec<u8>>) -> Self {
        Self {
            name: ::std::option::Option::None,
            content_type: ::std::option::Option::None,
            bytes: bytes.into(),
        }
    }

    /// The file with a name.
    pub fn with_name(mut self, name: impl ::std::convert::Into<::std::string::String>) -> Self {
        self.name = ::std::option::Option::Some(name.into());
        self
    }

    /// The file with a content type.
    pub fn with_content_type(mut self, kind: impl ::std::convert::Into<::std::string::String>) -> Self {
        self.content_type = ::std::option::Option::Some(kind.into());
        self
    }
}

/// Bodies of several parts, `multipart/form-data` (RFC 7578).
#[allow(dead_code)]
mod multipart {
    use super::{FilePart, RequestError};

    /// The parts of a form, in the order in which they are sent.
    #[derive(Default)]
    pub(super) struct Parts(::std::vec::Vec<(::std::string::String, ::std::vec::Vec<u8>)>);

    impl Parts {
        fn add(&mut self, head: ::std::string::String, bytes: ::std::vec::Vec<u8>) {
            self.0.push((head, bytes));
        }

        /// Adds a part for a text, or one for each text of a list.
        pub(super) fn text<T: ::serde::Serialize + ?Sized>(
            &mut self,
            name: &'static str,
            value: &T,
            kind: ::std::option::Option<&'static str>,
        ) -> ::std::result::Result<(), RequestError> {
            for text in super::parameters::texts(name, value)? {
                let kind = kind.map(|kind| ::std::format!("\r\nContent-Type: {kind}")).unwrap_or_default();
                self.add(::std::format!("name=\"{}\"{kind}", quoted(name)), text.into_bytes());
            }
            ::std::result::Result::Ok(())
        }

        /// Adds a part of JSON.
        pub(super) fn json<T: ::serde::Serialize + ?Sized>(
            &mut self,
            name: &'static str,
            value: &T,
            kind: &'static str,
        ) -> ::std::result::Result<(), RequestError> {
            let text = ::serde_json::to_vec(value)
                .map_err(|reason| RequestError::Parameter { name, reason: reason.to_string() })?;
            self.add(::std::format!("name=\"{}\"\r\nContent-Type: {kind}", quoted(name)), text);
            ::std::result::Result::Ok(())
        }

        /// Adds a file.
        pub(super) fn file(
            &mut self,
            name: &'static str,
            file: &FilePart,
            kind: &'static str,
        ) -> ::std::result::Result<(), RequestError> {
            let kind = file.content_type.as_deref().unwrap_or(kind);
            // A line break here would begin a header.
            if reqwest::header::HeaderValue::from_str(kind).is_err() {
                return ::std::result::Result::Err(RequestError::Header { name });
            }
            let file_name = quoted(file.name.as_deref().unwrap_or(name));
            let head = ::std::format!(
                "name=\"{}\"; filename=\"{file_name}\"\r\nContent-Type: {kind}",
                quoted(name),
            );
            self.add(head, file.bytes.clone());
            ::std::result::Result::Ok(())
        }

        /// The content type, with the boundary, and the body.
        pub(super) fn write(self) -> (::std::string::String, ::std::vec::Vec<u8>) {
            let boundary = self.boundary();
            let mut body = ::std::vec::Vec::new();
            for (head, bytes) in &self.0 {
                let head = ::std::format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
                body.extend_from_slice(head.as_bytes());
                body.extend_from_slice(bytes);
                body.extend_from_slice(b"\r\n");
            }
            body.extend_from_slice(::std::format!("--{boundary}--\r\n").as_bytes());
            (::std::format!("multipart/form-data; boundary={boundary}"), body)
        }

        /// A text that stands in none of the parts.
        fn boundary(&self) -> ::std::string::String {
            let mut number = 0_u64;
            loop {
                let boundary = ::std::format!("part-boundary-{number:016x}");
                let stands_in = |bytes: &[u8]| {
                    bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes())
                };
                if !self.0.iter().any(|(_, bytes)| stands_in(bytes)) {
                    return boundary;
                }
                number += 1;
            }
        }
    }

    /// A name between quotes, as browsers write it (WHATWG, multipart/form-data).
    fn quoted(text: &str) -> ::std::string::String {
        text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
    }
}
