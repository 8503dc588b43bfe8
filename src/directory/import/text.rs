//! The bytes of a file as text, whatever program wrote them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{ImportError, MAX_BYTES};

/// `bytes` as text with `\n` line ends and without a byte order mark, and the name of the encoding.
///
/// A byte order mark decides; then many zero bytes at even or odd places mean UTF-16; then valid UTF-8 is UTF-8;
/// everything else is taken as Windows-1252, which older spreadsheets write.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooBig);
    }
    // ZIP (xlsx, ods) and the container of old Excel files.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(ImportError::Spreadsheet);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(ImportError::NotText);
    }
    let encoding = guess(bytes);
    let (text, encoding, broken) = encoding.decode(bytes);
    if broken || text.contains(is_binary) {
        return Err(ImportError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    Ok((text, encoding.name()))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    // Western text in UTF-16 has a zero in nearly every pair, always on the same side.
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 4 > sample.len() => UTF_16LE,
        (even, 0) if even * 4 > sample.len() => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// Characters that no spreadsheet writes into a text file. Those from U+0080 on are bytes that Windows-1252 leaves
/// undefined. Vertical tab is Excel's line break in some exports, form feed ends a page.
const fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_usual_encoding_is_read() {
        let text = "Nom;Ville\nÈve;Lévis\n";
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
            (utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes), "UTF-16LE"),
            (utf_16(&format!("\u{feff}{text}"), u16::to_be_bytes), "UTF-16BE"),
            (utf_16(text, u16::to_le_bytes), "UTF-16LE"),
            (utf_16(text, u16::to_be_bytes), "UTF-16BE"),
            (WINDOWS_1252.encode(text).0.into_owned(), "windows-1252"),
            (text.replace('\n', "\r\n").into_bytes(), "UTF-8"),
            (text.replace('\n', "\r").into_bytes(), "UTF-8"),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), name)), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b""), Err(ImportError::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \r\n"), Err(ImportError::Empty));
        assert_eq!(decode(b"PK\x03\x04rest"), Err(ImportError::Spreadsheet));
        assert_eq!(decode(b"%PDF-1.7"), Err(ImportError::NotText));
        assert_eq!(decode(b"Name\nAnne\0"), Err(ImportError::NotText));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(ImportError::NotText));
        assert_eq!(decode(&[0; 64]), Err(ImportError::NotText));
        assert_eq!(decode(b"\xff\xfeA"), Err(ImportError::NotText));
        assert_eq!(decode(b"Name\nAnn\xc3\n\x81"), Err(ImportError::NotText));
    }
}
