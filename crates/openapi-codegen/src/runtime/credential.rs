/// A secret as the value of a header, marked so that nothing prints it.
fn credential(
    name: &'static str,
    prefix: &str,
    secret: &Secret,
) -> ::std::result::Result<reqwest::header::HeaderValue, RequestError> {
    let value = if prefix.is_empty() {
        reqwest::header::HeaderValue::from_str(secret.expose())
    } else {
        let mut text = ::std::string::String::with_capacity(prefix.len() + secret.expose().len());
        text.push_str(prefix);
        text.push_str(secret.expose());
        let value = reqwest::header::HeaderValue::from_str(&text);
        ::zeroize::Zeroize::zeroize(&mut text);
        value
    };
    let mut value = value.map_err(|_| RequestError::Header { name })?;
    value.set_sensitive(true);
    Ok(value)
}
