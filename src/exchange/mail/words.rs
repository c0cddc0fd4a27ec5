//! Encoded words: how a header says letters that are not ASCII.

use crate::exchange::decode::single_bytes;
use encoding_rs::Encoding;

/// Encoded words read in one text; nobody's subject has more.
const MOST: usize = 500;

/// The text with its encoded words read; one that cannot be read stays as it is.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Bytes of words that follow each other in one charset are one text: a letter may be cut between them.
    let mut pending: Option<(&'static Encoding, Vec<u8>)> = None;
    for _ in 0..MOST {
        let Some((before, word)) = rest.split_once("=?") else {
            break;
        };
        let Some((encoding, bytes, after)) = word_at(word) else {
            flush(&mut pending, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = word;
            continue;
        };
        // Blanks between two encoded words say nothing.
        let joined = pending.is_some() && before.trim().is_empty();
        match &mut pending {
            Some((same, text)) if joined && *same == encoding => text.extend_from_slice(&bytes),
            _ => {
                flush(&mut pending, &mut out);
                if !joined {
                    out.push_str(before);
                }
                pending = Some((encoding, bytes));
            }
        }
        rest = after;
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    out
}

fn flush(pending: &mut Option<(&'static Encoding, Vec<u8>)>, out: &mut String) {
    if let Some((encoding, bytes)) = pending.take() {
        let (text, _, broken) = encoding.decode(&bytes);
        if broken {
            out.push_str(&single_bytes(&bytes));
        } else {
            out.push_str(&text);
        }
    }
}

/// The charset and bytes of the encoded word that begins after `=?`, and what follows it.
fn word_at(text: &str) -> Option<(&'static Encoding, Vec<u8>, &str)> {
    let (charset, rest) = text.split_once('?')?;
    let (how, rest) = rest.split_once('?')?;
    let (value, after) = rest.split_once("?=")?;
    // Charsets may name a language behind a star.
    let charset = charset.split('*').next().unwrap_or_default();
    let encoding = Encoding::for_label(charset.trim().as_bytes())?;
    let bytes = match how {
        "B" | "b" => base64(value)?,
        "Q" | "q" => quoted(value),
        _ => return None,
    };
    Some((encoding, bytes, after))
}

/// Base64, whatever else stands between its letters.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            b' ' | b'\t' => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(out)
}

/// Quoted-printable of a header, in which `_` is a blank.
fn quoted(text: &str) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| (*byte as char).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)).zip(hex(bytes.get(at + 2)))) {
            (b'=', Some((high, low))) => {
                out.push((high << 4 | low) as u8);
                at += 2;
            }
            (b'_', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_every_charset_are_read() {
        let cases = [
            ("=?UTF-8?Q?J=C3=BCrgen_Sch=C3=A4fer?=", "Jürgen Schäfer"),
            ("=?utf-8?B?SsO8cmdlbg==?=", "Jürgen"),
            ("=?ISO-8859-1?Q?J=FCrgen?= Lund", "Jürgen Lund"),
            ("=?utf-8?B?SsM=?= =?utf-8?B?vHJnZW4=?=", "Jürgen"),
            ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
            ("=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=", "山田"),
            ("=?utf-8*en?Q?a?=", "a"),
            (
                "=?nonsense?Q?a?= =?utf-8?X?b?=",
                "=?nonsense?Q?a?= =?utf-8?X?b?=",
            ),
            ("=?utf-8?Q?=FF?=", "ÿ"),
            ("plain =? text", "plain =? text"),
        ];
        for (text, expected) in cases {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(=\\?|\\?=|utf-8|\\?[QqBb]\\?|[=A-Za-z0-9_ é]){0,40}") {
            let _ = decoded(&text);
        }

        #[test]
        fn text_without_words_is_itself(text in "[^=]{0,60}") {
            prop_assert_eq!(decoded(&text), text);
        }
    }
}
