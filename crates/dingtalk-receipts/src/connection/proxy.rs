//! The proxy: the caller's, the environment's, or none; checked when the client is built.

use std::env;

use reqwest::Url;

use super::no_proxy::excepts;
use crate::error::{Error, Result};
use crate::region::BaseUrl;

/// The kinds of proxies that there are.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// The caller's choice.
pub(crate) enum ProxyChoice {
    /// What the environment names, or else the platform.
    Environment,
    Url(String),
    None,
}

/// How the base URL's host is reached. Redirects are not followed, so there is no other host.
pub(crate) enum Route {
    Direct,
    /// By the platform's own configuration, where it has one.
    Platform,
    Proxy(Box<reqwest::Proxy>),
}

impl ProxyChoice {
    /// Decides how `base_url` is reached; hosts in `except` are reached without the caller's proxy.
    pub(crate) fn resolve(&self, base_url: &BaseUrl, except: Option<&str>) -> Result<Route> {
        let url = base_url.url();
        match self {
            Self::None => Ok(Route::Direct),
            Self::Url(proxy) => {
                let route = check("the proxy's address", proxy)?;
                let is_excepted = except.is_some_and(|list| excepts(list, url));
                Ok(if is_excepted { Route::Direct } else { route })
            }
            // A proxy of the environment is for what is outside this machine.
            Self::Environment if base_url.is_loopback() => Ok(Route::Direct),
            Self::Environment => environment(url, &variable),
        }
    }
}

impl Route {
    pub(super) fn apply(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        match self {
            Self::Direct => http.no_proxy(),
            Self::Platform => http,
            Self::Proxy(proxy) => http.proxy(proxy.as_ref().clone()),
        }
    }
}

/// A variable's value: `None` if it is not set or empty.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            let text = format!("`{name}` in the environment is not text; correct or unset it");
            Err(Error::configuration(text))
        }
    }
}

/// What the environment says of `url`. Capitals come first, as they did in reqwest.
fn environment(url: &Url, variable: &dyn Fn(&str) -> Result<Option<String>>) -> Result<Route> {
    let no_proxy = match variable("NO_PROXY")? {
        Some(list) => Some(list),
        None => variable("no_proxy")?,
    };
    if no_proxy.is_some_and(|list| excepts(&list, url)) {
        return Ok(Route::Direct);
    }
    // In a CGI program, `HTTP_PROXY` is a header that the other side chose.
    if variable("REQUEST_METHOD")?.is_some() {
        return Ok(Route::Platform);
    }
    let names = match url.scheme() {
        "http" => ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
        _ => ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
    };
    for name in names {
        if let Some(value) = variable(name)? {
            return check(&format!("`{name}` in the environment"), value.trim());
        }
    }
    Ok(Route::Platform)
}

/// The proxy at the address `text`, which is not shown in the error: it may hold a password. `reqwest` would ignore a
/// proxy whose scheme it does not know, and take a misspelled scheme for a host.
fn check(place: &str, text: &str) -> Result<Route> {
    let wrong = |why: &str| {
        Error::configuration(format!(
            "{place} is not a URL of a proxy: {why}; it looks like `http://proxy.example:3128`"
        ))
    };
    let (scheme, full) = match text.split_once("://") {
        Some((scheme, _)) => (scheme, text.to_owned()),
        None => ("http", format!("http://{text}")),
    };
    if !SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
    {
        return Err(wrong(&format!(
            "its scheme is not one of {}",
            SCHEMES.join(", ")
        )));
    }
    // Without its slashes, a scheme would be taken for a host or a user.
    let slashes_missing = text.split_once(':').is_some_and(|(before, after)| {
        let is_port = !after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit());
        !after.starts_with("//") && !is_port && SCHEMES.contains(&&*before.to_ascii_lowercase())
    });
    if slashes_missing {
        return Err(wrong("`//` is missing behind its scheme"));
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(wrong("it holds white space or a control character"));
    }
    let url = Url::parse(&full).map_err(|error| wrong(&error.to_string()))?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("it names no host"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("something follows the host and the port"));
    }
    reqwest::Proxy::all(&full)
        .map(|proxy| Route::Proxy(Box::new(proxy.no_proxy(None))))
        .map_err(|_| wrong("it cannot be used"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(variables: &[(&str, &str)], url: &str) -> Result<Route> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            Ok(found.map(|(_, value)| (*value).to_owned()))
        };
        environment(&Url::parse(url).unwrap(), &variable)
    }

    #[test]
    fn a_misspelled_proxy_of_the_environment_is_named_and_not_shown() {
        for value in [
            "htp://me:hunter2@proxy.example:3128",
            "http//me:hunter2@proxy.example:3128",
            "http:/me:hunter2@proxy.example:3128",
            "http:me:hunter2@proxy.example:3128",
            "http://me:hunter2@proxy.example:99999",
            "http://me:hunter2@proxy.example:3128/path",
            "http://me:hunter2@proxy.example:3128?x",
            "http://me:hunter2@pro xy.example:3128",
            "http://me:hunter2@",
            "socks5://",
            "://proxy.example",
            "http://",
        ] {
            for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
                let error = match route(&[(name, value)], "https://dingtalk.example") {
                    Ok(_) => panic!("{value}"),
                    Err(error) => error,
                };
                assert!(error.is_invalid_input());
                let text = format!("{error} {error:?}");
                assert!(text.contains(&format!("`{name}`")), "{text}");
                assert!(!text.contains("hunter2"), "{text}");
            }
        }
    }

    #[test]
    fn a_variable_that_is_not_used_is_not_checked() {
        for (variables, url) in [
            (&[("HTTP_PROXY", "htp://x")][..], "https://dingtalk.example"),
            (&[("HTTPS_PROXY", "htp://x")], "http://dingtalk.example"),
            (
                &[("HTTPS_PROXY", "htp://x"), ("NO_PROXY", "*.example")],
                "https://dingtalk.example",
            ),
            (
                &[("HTTP_PROXY", "http://x"), ("REQUEST_METHOD", "GET")],
                "http://dingtalk.example",
            ),
        ] {
            assert!(!matches!(
                route(variables, url),
                Err(_) | Ok(Route::Proxy(_))
            ));
        }
    }

    #[test]
    fn the_usual_spellings_of_a_proxy_are_accepted() {
        for value in [
            "http://proxy.example:3128",
            "http://proxy.example:3128/",
            "HTTPS://proxy.example",
            "proxy.example:3128",
            "me:hunter2@proxy.example:3128",
            "socks5h://127.0.0.1:1080",
            "socks5://[::1]:1080",
            " http://proxy.example ",
        ] {
            let route = route(&[("HTTPS_PROXY", value)], "https://dingtalk.example");
            assert!(matches!(route, Ok(Route::Proxy(_))), "{value}");
        }
    }
}
