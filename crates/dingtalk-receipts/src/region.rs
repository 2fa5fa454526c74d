//! Which DingTalk: the host that the client talks to, and which hosts it may talk to without TLS.

use reqwest::Url;

use crate::error::Error;

/// One of DingTalk's two platforms. Credentials of one are not valid on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Region {
    /// `api.dingtalk.io`, the platform outside mainland China. The default.
    #[default]
    International,
    /// `api.dingtalk.com`, the platform in mainland China.
    China,
}

impl Region {
    /// The address that the contract names for this region.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::International => dingtalk_receipts_api::servers::ALL[0],
            Self::China => dingtalk_receipts_api::servers::ALL[1],
        }
    }
}

/// A base URL that was checked: absolute, without credentials, query or fragment, and safe for an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    url: Url,
    loopback: bool,
}

impl BaseUrl {
    /// Checks `text`. Plain HTTP is refused unless the host is a loopback address or `plain_http` allows it: the
    /// access token would cross the network in clear.
    pub(crate) fn parse(text: &str, plain_http: bool) -> Result<Self, Error> {
        let wrong =
            |why: String| Error::configuration(format!("the base URL is not usable: {why}"));
        let url = Url::parse(text).map_err(|error| {
            wrong(format!(
                "{error}; it looks like `{}`",
                Region::International.base_url()
            ))
        })?;
        let Some(host) = url.host() else {
            return Err(wrong("it names no host".to_owned()));
        };
        let loopback = is_loopback(&host.to_string());
        match url.scheme() {
            "https" => {}
            "http" if loopback || plain_http => {}
            "http" => {
                return Err(wrong(format!(
                    "`http://{host}` would send the access token in clear; use https, or allow plain HTTP explicitly"
                )));
            }
            other => return Err(wrong(format!("its scheme is `{other}`; it must be https"))),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it holds a user name or a password".to_owned()));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("it has a query or a fragment".to_owned()));
        }
        Ok(Self { url, loopback })
    }

    /// The address without a slash at its end, as the generated client wants it.
    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => bare.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_loopback_are_accepted() {
        for url in [
            "https://api.dingtalk.io",
            "https://proxy.example/dingtalk/",
            "http://127.0.0.1:8080",
            "http://127.8.9.1",
            "http://[::1]:1",
            "http://localhost:9",
        ] {
            BaseUrl::parse(url, false).unwrap();
        }
        assert_eq!(
            BaseUrl::parse("https://a.example/p/", false)
                .unwrap()
                .as_str(),
            "https://a.example/p"
        );
    }

    #[test]
    fn what_would_leak_or_confuse_is_refused_with_a_reason() {
        for (url, reason) in [
            ("http://api.dingtalk.io", "in clear"),
            ("http://localhost.example", "in clear"),
            ("ftp://api.dingtalk.io", "must be https"),
            ("api.dingtalk.io", "it looks like"),
            ("https://user:pass@api.dingtalk.io", "password"),
            ("https://api.dingtalk.io?x=1", "query"),
            ("", "it looks like"),
        ] {
            let error = BaseUrl::parse(url, false).unwrap_err().to_string();
            assert!(error.contains(reason), "{url}: {error}");
        }
        BaseUrl::parse("http://api.dingtalk.io", true).unwrap();
    }
}
