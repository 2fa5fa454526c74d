//! Text in the encodings that spreadsheets and editors write.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// The text in `bytes`, with lines that end in line feeds, and the encoding it was converted from unless that is UTF-8.
///
/// A byte order mark decides. Text without one that is not UTF-8 is taken for GB18030, which spreadsheets write under a
/// Chinese locale, if all of it can be read so and it looks like Chinese.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Option<&'static str>), String> {
    let (text, from) = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => (converted(UTF_16LE, rest)?, Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (converted(UTF_16BE, rest)?, Some("UTF-16")),
        [0xef, 0xbb, 0xbf, rest @ ..] => (utf8(rest)?.to_owned(), None),
        all if all.contains(&0) => {
            let line = line_of(all, all.iter().position(|byte| *byte == 0).unwrap_or(0));
            return Err(format!(
                "it is not text, in line {line}: there is a NUL byte; save it as UTF-8"
            ));
        }
        all => match utf8(all) {
            Ok(text) => (text.to_owned(), None),
            Err(why) => {
                let text = GB18030.decode_without_bom_handling_and_without_replacement(all);
                match text.filter(|_| is_chinese(all)) {
                    Some(text) => (text.into_owned(), Some("GB18030")),
                    None => return Err(why),
                }
            }
        },
    };
    if let Some(at) = text.find('\0') {
        let line = line_of(text.as_bytes(), at);
        return Err(format!("it is not text, in line {line}: there is a NUL"));
    }
    Ok((with_line_feeds(text), from))
}

/// Whether text in GB18030 is Chinese, rather than in an encoding of European languages, most of which can be read as
/// GB18030, too: there a letter with an accent stands between ASCII letters, and would take the one behind it along.
fn is_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut lone) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        if let (0x81.., [second, after @ ..]) = (first, after) {
            rest = after;
            match second {
                0xa1.. => pairs += 1,
                _ => lone += 1,
            }
        }
    }
    pairs > lone.saturating_mul(4)
}

fn converted(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
        .ok_or_else(|| "it begins as UTF-16 and is cut off or broken; save it as UTF-8".to_owned())
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        format!("it is not UTF-8 text, in line {line}; save it as UTF-8")
    })
}

/// The line, from 1, that byte `at` is in.
fn line_of(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or(bytes);
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// Lines as spreadsheets of every system end them, with a line feed each.
fn with_line_feeds(text: String) -> String {
    match (text.contains('\r'), text.contains('\n')) {
        (false, _) => text,
        (true, true) => text.replace("\r\n", "\n"),
        (true, false) => text.replace('\r', "\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_write_is_read_and_what_it_was_is_said() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            let mark = if big { [0xfe, 0xff] } else { [0xff, 0xfe] };
            let units = text.encode_utf16().flat_map(|unit| match big {
                true => unit.to_be_bytes(),
                false => unit.to_le_bytes(),
            });
            mark.into_iter().chain(units).collect()
        };
        let text = "姓名,userId\r\n李,a\r\n";
        let gb18030 = GB18030.encode(text).0.into_owned();
        for (bytes, from) in [
            (text.as_bytes().to_vec(), None),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), None),
            (text.replace("\r\n", "\r").into_bytes(), None),
            (utf16(text, false), Some("UTF-16")),
            (utf16(text, true), Some("UTF-16")),
            (gb18030, Some("GB18030")),
        ] {
            let read = decode(bytes).unwrap();
            assert_eq!(read, ("姓名,userId\n李,a\n".to_owned(), from));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        for (bytes, said) in [
            (&b"a\nb\0c\n"[..], "line 2"),
            (b"\xef\xbb\xbfa\nb\n\xff\n", "line 3"),
            (b"\xff\xfea\0b", "UTF-16"),
            (b"\xff\xfea\0\0\0", "NUL"),
            (b"Jos\xe9,a\n", "line 1"),
            (b"a\nM\xfcller\n", "line 2"),
        ] {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
