/// A user's name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasicCredentials {
    /// The user's name; it may not have a colon.
    pub user: ::std::string::String,
    /// The password.
    pub password: Secret,
}

impl BasicCredentials {
    /// The credentials of a user.
    pub fn new(
        user: impl ::std::convert::Into<::std::string::String>,
        password: impl ::std::convert::Into<Secret>,
    ) -> Self {
        Self { user: user.into(), password: password.into() }
    }

    /// The value of the header `Authorization` (RFC 7617), marked so that nothing prints it.
    fn header(&self) -> ::std::result::Result<reqwest::header::HeaderValue, RequestError> {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let name = "authorization";
        // The first colon ends the name.
        if self.user.contains(':') {
            return ::std::result::Result::Err(RequestError::Header { name });
        }
        let mut plain = ::std::format!("{}:{}", self.user, self.password.expose());
        let mut text = ::std::string::String::from("Basic ");
        for chunk in plain.as_bytes().chunks(3) {
            let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for index in 0..4_usize {
                let letter = LETTERS[(bits >> (18 - 6 * index) & 63) as usize];
                text.push(if index > chunk.len() { '=' } else { char::from(letter) });
            }
        }
        ::zeroize::Zeroize::zeroize(&mut plain);
        let value = reqwest::header::HeaderValue::from_str(&text);
        ::zeroize::Zeroize::zeroize(&mut text);
        let mut value = value.map_err(|_| RequestError::Header { name })?;
        value.set_sensitive(true);
        ::std::result::Result::Ok(value)
    }
}
