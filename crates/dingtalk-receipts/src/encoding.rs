//! Content encodings: gzip in every spelling, in several layers and with several members, up to a size.

use std::io::{self, Read as _};

use bytes::Bytes;
use flate2::bufread::GzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// How many layers of gzip are unpacked. Two come about where a gateway packs what the server has packed.
const MAX_LAYERS: usize = 4;

/// How many members are unpacked. Each costs the time of a page of its own, even where it is empty.
const MAX_MEMBERS: usize = 10_000;

/// Why a body was not unpacked.
#[derive(Debug)]
pub(crate) enum Unpack {
    /// It is not what its header says, or it is cut off.
    Corrupt(io::Error),
    /// It is longer than the limit.
    TooLarge,
}

/// `body` as it was before the encodings that the headers name. Other encodings than gzip were not asked for; a body
/// with one of them is left as it is, since some servers name one and use none.
pub(crate) fn unpack(
    headers: &HeaderMap,
    mut body: Bytes,
    max_bytes: usize,
) -> Result<Bytes, Unpack> {
    for _ in 0..layers(headers) {
        // An empty body stays one, whatever its header says.
        if !body.is_empty() {
            body = gunzip(&body, max_bytes)?;
        }
    }
    Ok(body)
}

/// How many layers of gzip have to be taken off, from the outermost to the first of another encoding.
fn layers(headers: &HeaderMap) -> usize {
    let names: Vec<&str> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"))
        .collect();
    let is_gzip =
        |name: &&&str| name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip");
    names
        .iter()
        .rev()
        .take_while(is_gzip)
        .count()
        .min(MAX_LAYERS)
}

/// Unpacks all members, one after another; padding or garbage behind the last is ignored, as `gzip` does.
fn gunzip(packed: &[u8], max_bytes: usize) -> Result<Bytes, Unpack> {
    let mut plain = Vec::new();
    let mut rest = packed;
    for _ in 0..MAX_MEMBERS {
        let mut member = GzDecoder::new(rest);
        let left = max_bytes.saturating_sub(plain.len());
        let limit = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        let read = member.by_ref().take(limit).read_to_end(&mut plain);
        read.map_err(Unpack::Corrupt)?;
        if plain.len() > max_bytes {
            return Err(Unpack::TooLarge);
        }
        rest = member.into_inner();
        if !rest.starts_with(&[0x1f, 0x8b]) {
            return Ok(Bytes::from(plain));
        }
    }
    Err(Unpack::TooLarge)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(body).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn members_are_unpacked_up_to_the_limit_over_all_of_them() {
        let members = [gzip(b"one"), gzip(b""), gzip(b"two")].concat();
        assert_eq!(gunzip(&members, 6).unwrap(), "onetwo");
        assert!(matches!(gunzip(&members, 5), Err(Unpack::TooLarge)));
        assert!(matches!(gunzip(&members, 2), Err(Unpack::TooLarge)));
    }

    #[test]
    fn empty_members_without_end_are_too_large() {
        let members = gzip(b"").repeat(MAX_MEMBERS);
        assert_eq!(gunzip(&members, 100).unwrap(), "");
        let members = gzip(b"").repeat(MAX_MEMBERS + 1);
        assert!(matches!(gunzip(&members, 100), Err(Unpack::TooLarge)));
    }

    #[test]
    fn a_member_that_is_cut_off_at_any_byte_is_corrupt() {
        let one = gzip(b"one");
        let members = [one.clone(), gzip(b"two")].concat();
        for length in 1..members.len() {
            let result = gunzip(&members[..length], 100);
            // A first byte alone cannot be told from garbage.
            if length == one.len() || length == one.len() + 1 {
                assert_eq!(result.unwrap(), "one");
            } else {
                assert!(matches!(result, Err(Unpack::Corrupt(_))), "{length}");
            }
        }
    }

    #[test]
    fn layers_are_counted_from_the_outermost() {
        for (values, count) in [
            (&["gzip"][..], 1),
            (&["GZip"], 1),
            (&["X-GZIP"], 1),
            (&["gzip, gzip"], 2),
            (&["gzip", "identity, GZIP"], 2),
            (&["br, gzip"], 1),
            (&["gzip, br"], 0),
            (&["", ","], 0),
            (&["gzip,gzip,gzip,gzip,gzip,gzip"], MAX_LAYERS),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(CONTENT_ENCODING, value.parse().unwrap());
            }
            assert_eq!(layers(&headers), count, "{values:?}");
        }
    }
}
