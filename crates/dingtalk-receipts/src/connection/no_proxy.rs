//! `NO_PROXY`: which hosts are reached without a proxy.

use std::net::IpAddr;

use reqwest::Url;

/// Whether the comma-separated `list` excepts the host and port of `url` from the proxy.
///
/// An entry is `*`, a host name (with all its subdomains; a leading `.` or `*.` changes nothing), an IP address, or a
/// network in CIDR notation; each but `*` may end in a port. An entry that is none of these excepts nothing.
pub(super) fn excepts(list: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let host = bare(host);
    let port = url.port_or_known_default();
    list.split([',', ' ', '\t', '\n'])
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            let (name, only) = split_port(entry);
            let right_port = only.is_none_or(|only| only.parse().ok() == port && port.is_some());
            right_port && is_host(name, host)
        })
}

/// `entry` without its port, and the port. An IPv6 address has one only behind brackets.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => (name, Some(port)),
        _ => (entry, None),
    }
}

fn is_host(entry: &str, host: &str) -> bool {
    if entry == "*" {
        return true;
    }
    let entry = bare(entry);
    if let Ok(address) = host.parse::<IpAddr>() {
        let (network, prefix) = match entry.split_once('/') {
            Some((network, prefix)) => (network, prefix.parse().ok()),
            None => (entry, Some(u32::MAX)),
        };
        return match (bare(network).parse(), prefix) {
            (Ok(network), Some(prefix)) => same_network(network, address, prefix),
            _ => false,
        };
    }
    let name = entry.strip_prefix('*').unwrap_or(entry);
    let name = name.strip_prefix('.').unwrap_or(name);
    // A dot at the end makes a name absolute, and not another one.
    let (name, host) = (name.trim_end_matches('.'), host.trim_end_matches('.'));
    if name.is_empty() || name.len() > host.len() {
        return false;
    }
    let start = host.len() - name.len();
    let (Some(before), Some(end)) = (host.get(..start), host.get(start..)) else {
        return false;
    };
    end.eq_ignore_ascii_case(name) && (before.is_empty() || before.ends_with('.'))
}

/// Whether two addresses agree in their first `prefix` bits; `u32::MAX` stands for all of them.
fn same_network(network: IpAddr, address: IpAddr, prefix: u32) -> bool {
    let (network, address, bits) = match (network.to_canonical(), address.to_canonical()) {
        (IpAddr::V4(network), IpAddr::V4(address)) => (
            u128::from(network.to_bits()),
            u128::from(address.to_bits()),
            32,
        ),
        (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits(), address.to_bits(), 128),
        _ => return false,
    };
    let prefix = if prefix == u32::MAX { bits } else { prefix };
    // A shift by all 128 bits, for a prefix of 0, is the one that does not exist.
    prefix <= bits && (network ^ address).checked_shr(bits - prefix).unwrap_or(0) == 0
}

fn bare(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_excepted(list: &str, url: &str) -> bool {
        excepts(list, &Url::parse(url).unwrap())
    }

    #[test]
    fn hosts_are_excepted_in_all_usual_spellings() {
        for (list, url) in [
            ("*", "https://api.example.com"),
            ("example.com", "https://example.com"),
            ("example.com", "https://api.example.com"),
            (".example.com", "https://api.example.com"),
            (".example.com", "https://example.com"),
            ("*.example.com", "https://api.example.com"),
            ("*.example.com", "https://a.b.example.com"),
            ("EXAMPLE.com.", "https://example.COM"),
            ("other.example , api.example.com", "https://api.example.com"),
            ("other.example api.example.com", "https://api.example.com"),
            ("api.example.com:443", "https://api.example.com"),
            ("*.example.com:443", "https://api.example.com"),
            ("api.example.com:8443", "https://api.example.com:8443"),
            ("10.1.2.3", "https://10.1.2.3"),
            ("10.1.2.3:443", "https://10.1.2.3"),
            ("10.0.0.0/8", "https://10.1.2.3"),
            ("10.0.0.0/8:443", "https://10.1.2.3"),
            ("0.0.0.0/0", "https://10.1.2.3"),
            ("10.1.2.3/32", "https://10.1.2.3"),
            ("fd00::/8", "https://[fd12::1]"),
            ("::/0", "https://[fd12::1]"),
            ("fd12::1", "https://[fd12::1]"),
            ("[fd12::1]:443", "https://[fd12::1]"),
            ("[fd12::1]", "https://[fd12::1]"),
        ] {
            assert!(is_excepted(list, url), "{list}: {url}");
        }
    }

    #[test]
    fn other_hosts_and_ports_are_not_excepted() {
        for (list, url) in [
            ("", "https://api.example.com"),
            (",,", "https://api.example.com"),
            (".", "https://api.example.com"),
            ("*.", "https://api.example.com"),
            ("ample.com", "https://example.com"),
            ("*ample.com", "https://example.com"),
            ("api.example.com", "https://example.com"),
            ("api.example.com:80", "https://api.example.com"),
            ("api.example.com:", "https://api.example.com"),
            ("api.example.com:443x", "https://api.example.com"),
            ("10.0.0.0/8", "https://11.1.2.3"),
            ("10.0.0.0/33", "https://10.0.0.0"),
            ("10.0.0.0/x", "https://10.0.0.0"),
            ("10.0.0.0/8", "https://[fd12::1]"),
            ("10.1.2", "https://10.1.2.3"),
            ("fd00::/129", "https://[fd00::]"),
            ("é", "https://example.com"),
        ] {
            assert!(!is_excepted(list, url), "{list}: {url}");
        }
    }
}
