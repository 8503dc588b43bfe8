//! Contacts: vCard 2.1, 3.0 and 4.0 as phones, mail programs and web mail write them.
//!
//! `calcard` reads a card (folding, quoted-printable, character sets, groups, base64). This module finds the cards in a
//! file, so that one that is cut off is noticed, and says what each property means here.

mod card;

use calcard::{Entry as Parsed, Parser};

use super::{Entry, ImportError, RowFault, Sink};

/// The largest card (8 MiB): photos are the only large thing in one.
const MAX_CARD_BYTES: usize = 8 << 20;

/// Reads the cards of a file.
pub(super) fn read(text: &str, sink: Sink<'_>) -> Result<(), ImportError> {
    let mut is_nobody = true;
    for (line, card) in cards(text)? {
        let Some(entry) = entry(card, line) else { continue };
        is_nobody = false;
        if !sink(entry) {
            return Err(ImportError::Cancelled);
        }
    }
    if is_nobody { Err(ImportError::Nobody) } else { Ok(()) }
}

/// The texts of the cards and the lines on which they begin. A card inside another one (an assistant, in vCard 2.1)
/// belongs to that one.
fn cards(text: &str) -> Result<Vec<(u64, &str)>, ImportError> {
    let (mut cards, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    let (mut start, mut begun) = (0, 0);
    for (number, line) in (1_u64..).zip(text.split_inclusive('\n')) {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case("BEGIN:VCARD") {
            if depth == 0 {
                (start, begun) = (at, number);
            }
            depth += 1;
        }
        at += line.len();
        if bare.eq_ignore_ascii_case("END:VCARD") && depth > 0 {
            depth -= 1;
            if depth == 0 {
                cards.extend(text.get(start..at).map(|card| (begun, card)));
            }
        }
    }
    if depth > 0 { Err(ImportError::CutOff { line: begun }) } else { Ok(cards) }
}

/// The card without those inside it.
fn outer(card: &str) -> String {
    let mut outer = String::with_capacity(card.len());
    let mut depth = 0_usize;
    for line in card.split_inclusive('\n') {
        let bare = line.trim();
        depth += usize::from(bare.eq_ignore_ascii_case("BEGIN:VCARD"));
        if depth < 2 {
            outer.push_str(line);
        }
        depth = depth.saturating_sub(usize::from(bare.eq_ignore_ascii_case("END:VCARD")));
    }
    outer
}

/// What a card says; `None` for one that is a list of others.
fn entry(card: &str, line: u64) -> Option<Entry> {
    if card.len() > MAX_CARD_BYTES {
        return Some(Entry::Unusable { line, fault: RowFault::TooLong });
    }
    let text = outer(card);
    let mut parser = Parser::new(&text);
    loop {
        match parser.entry() {
            Parsed::VCard(card) => {
                if card::is_group(&card) {
                    return None;
                }
                let found = card::found(&card, line);
                return Some(if found.therapist.name.is_empty() {
                    Entry::Unusable { line, fault: RowFault::NoName }
                } else {
                    Entry::Found(found)
                });
            }
            Parsed::Eof => return Some(Entry::Unusable { line, fault: RowFault::NoName }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
