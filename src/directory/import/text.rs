//! The bytes of a file as text, whatever program wrote them.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ImportError;

/// What the first bytes of a file look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Spreadsheet,
    Archive,
    Binary,
}

/// Tells text from other things by the marks at their beginning.
pub(super) fn shape(head: &[u8]) -> Shape {
    const ARCHIVES: [&[u8]; 7] = [
        b"\x1f\x8b",           // gzip
        b"BZh",                // bzip2
        b"\xfd7zXZ\0",         // xz
        b"\x28\xb5\x2f\xfd",   // zstd
        b"7z\xbc\xaf\x27\x1c", // 7-Zip
        b"Rar!\x1a\x07",       // RAR
        b"PK\x05\x06",         // an empty ZIP
    ];
    const BINARIES: [&[u8]; 8] =
        [b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"SQLite format 3\0", b"RIFF"];
    let has = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    if head.starts_with(b"PK\x03\x04") {
        let sheet = has(b"xl/") || has(b"[Content_Types].xml") || has(b"opendocument.spreadsheet") || has(b"Index/");
        return if sheet { Shape::Spreadsheet } else { Shape::Archive };
    }
    // The container of old Excel files.
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Shape::Spreadsheet;
    }
    if ARCHIVES.iter().any(|mark| head.starts_with(mark)) {
        return Shape::Archive;
    }
    if BINARIES.iter().any(|mark| head.starts_with(mark)) { Shape::Binary } else { Shape::Text }
}

/// The beginning of a file as text, for telling its kind only.
pub(super) fn glimpse(head: &[u8]) -> String {
    guess(head).decode(head).0.into_owned()
}

/// `bytes` as text with `\n` line ends and without a byte order mark, and the name of the encoding.
///
/// A byte order mark decides; then many zero bytes at even or odd places mean UTF-16; then valid UTF-8 is UTF-8; then
/// French letters where only Mac Roman has them; everything else is taken as Windows-1252, which older spreadsheets write.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, &'static str), ImportError> {
    if shape(&bytes) != Shape::Text {
        return Err(ImportError::NotText);
    }
    let encoding = guess(&bytes);
    let text = if encoding == UTF_8 {
        // The file's bytes become the text without a copy.
        let mut text = String::from_utf8(bytes).map_err(|_| ImportError::NotText)?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        text
    } else {
        let (text, _, broken) = encoding.decode(&bytes);
        if broken {
            return Err(ImportError::NotText);
        }
        text.into_owned()
    };
    if text.contains(is_binary) {
        return Err(ImportError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    // Some programs end lines twice; a photo's lines in a contact would be parted by empty ones.
    let text = if text.contains("\r\r\n") { text.replace("\r\r\n", "\n") } else { text };
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    Ok((text, encoding.name()))
}

/// One cell of a file that is read bit by bit: UTF-8, or else Windows-1252.
pub(super) fn cell(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned)
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
        _ => match std::str::from_utf8(bytes) {
            Ok(_) => UTF_8,
            // A glimpse of a file may end in the middle of a letter.
            Err(error)
                if error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4 && bytes.len() > 4096 =>
            {
                UTF_8
            }
            Err(_) if is_mac_roman(bytes) => MACINTOSH,
            Err(_) => WINDOWS_1252,
        },
    }
}

/// Whether the bytes past ASCII are letters rather in Mac Roman than in Windows-1252. The letters of French lie at
/// 87 to 9F there, where Windows-1252 has signs that never stand inside a word, and at E0 to FF here.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0_usize, 0_usize);
    for three in bytes.windows(3) {
        let [before, byte, after] = three else { continue };
        if !before.is_ascii_alphabetic() && !after.is_ascii_alphabetic() {
            continue;
        }
        match byte {
            // á à â ç é è ê ù û ô: none of them is a sign that Windows-1252 sets beside a letter (’ “ ” – … are).
            0x87..=0x89 | 0x8d..=0x90 | 0x99 | 0x9d | 0x9e => mac += 1,
            0xc0..=0xff => windows += 1,
            _ => {}
        }
    }
    mac > windows
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
        let text = "Nom;Ville\nÈve;Lévis\nHélène d’Été;Québec\n";
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
            (utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes), "UTF-16LE"),
            (utf_16(&format!("\u{feff}{text}"), u16::to_be_bytes), "UTF-16BE"),
            (utf_16(text, u16::to_le_bytes), "UTF-16LE"),
            (utf_16(text, u16::to_be_bytes), "UTF-16BE"),
            (WINDOWS_1252.encode(text).0.into_owned(), "windows-1252"),
            (MACINTOSH.encode(text).0.into_owned(), "macintosh"),
            (text.replace('\n', "\r\n").into_bytes(), "UTF-8"),
            (text.replace('\n', "\r").into_bytes(), "UTF-8"),
        ] {
            assert_eq!(decode(bytes), Ok((text.to_owned(), name)));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = |bytes: &[u8]| decode(bytes.to_vec());
        assert_eq!(refused(b""), Err(ImportError::Empty));
        assert_eq!(refused(b"\xef\xbb\xbf \r\n"), Err(ImportError::Empty));
        for bytes in [
            &b"%PDF-1.7"[..],
            b"Name\nAnne\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            &[0; 64],
            b"\xff\xfeA",
            b"\xef\xbb\xbfName\nAnn\xc3",
            b"Name\nAnn\xc3\n\x81",
        ] {
            assert_eq!(refused(bytes), Err(ImportError::NotText), "{bytes:?}");
        }
    }

    #[test]
    fn containers_are_known_by_their_first_bytes() {
        assert_eq!(shape(b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"), Shape::Spreadsheet);
        assert_eq!(shape(b"PK\x03\x04npidata.csv"), Shape::Archive);
        assert_eq!(shape(b"\x1f\x8b\x08"), Shape::Archive);
        assert_eq!(shape(b"Name"), Shape::Text);
    }
}
