//! Sealed files: what opens, and that nothing else does.

use super::*;

/// As cheap as scrypt gets: what is tested here is not its strength.
const QUICK: u8 = 1;

fn phrase(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

#[test]
fn a_key_opens_with_its_passphrase_only_and_reads_what_it_sealed() {
    let keys = Keys::generate();
    let file = keys.wrap(&phrase("côte à côte"), QUICK).unwrap();
    assert_eq!(Keys::unwrap(&file, &phrase("côte a côte")).unwrap_err(), Shut::Wrong);
    // The same letters, made of base letters and accents.
    let again = Keys::unwrap(&file, &phrase("co\u{302}te a\u{300} co\u{302}te")).unwrap();
    let sealed = keys.seal("invitation.ron", "(text)\n").unwrap();
    let name = keys.name("invitation.ron");
    let (inner, text) = again.open(&name, &sealed).unwrap();
    assert_eq!((inner.as_str(), text.trim_end()), ("invitation.ron", "// invitation.ron\n(text)"));
    assert_eq!(text.len() % STEP, 0);
    assert!(is_sealed_name(&name) && fault_of(&name, &sealed).is_none() && fault_of(IDENTITY, &file).is_none());
    assert_eq!(Keys::generate().open(&name, &sealed).unwrap_err(), Shut::Wrong);
    // Under another document's name it is refused, though the key fits.
    assert_eq!(again.open(&keys.name("marks.ron"), &sealed).unwrap_err(), Shut::Misplaced);
    assert!(!sealed.windows(6).any(|window| window == b"(text)" || window == b"invita"));
}

#[test]
fn a_name_tells_nothing_and_stays_the_same_under_one_key() {
    let (one, two) = (Keys::generate(), Keys::generate());
    assert_eq!(one.name("progress/impact.ron"), one.name("progress/impact.ron"));
    assert_ne!(one.name("progress/impact.ron"), two.name("progress/impact.ron"));
}

#[test]
fn a_recovery_key_opens_the_same_key() {
    let keys = Keys::generate();
    let (key, file) = keys.recovery().unwrap();
    let typed = key.expose_secret().to_lowercase().replace("key-", "key- ");
    let again = Keys::recover(&file, &phrase(&typed)).unwrap();
    assert_eq!(again.name("x"), keys.name("x"));
    assert_eq!(fault_of(RECOVERY, &file), None);
    let other = Keys::generate().recovery().unwrap().0;
    assert_eq!(Keys::recover(&file, &other).unwrap_err(), Shut::Wrong);
    assert_eq!(Keys::recover(&file, &phrase("AGE-SECRET-KEY-1QQ")).unwrap_err(), Shut::Wrong);
}

/// Every way to cut `file` and every single bit turned.
fn spoiled(file: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let cut = (0..file.len()).map(|length| file[..length].to_vec());
    let turned = (0..file.len() * 8).map(|bit| {
        let mut copy = file.to_vec();
        copy[bit / 8] ^= 1 << (bit % 8);
        copy
    });
    cut.chain(turned)
}

#[test]
fn every_turned_bit_and_every_cut_is_refused() {
    let keys = Keys::generate();
    // Without the padding, which would only repeat the same 16,000 times.
    let sealed = keys.seal_bytes(b"// marks.ron\n(a small one)\n").unwrap();
    let name = keys.name("marks.ron");
    assert!(keys.open(&name, &sealed).is_ok());
    let mut count = 0;
    for copy in spoiled(&sealed) {
        assert!(keys.open(&name, &copy).is_err(), "{copy:?}");
        count += 1;
    }
    assert_eq!(count, sealed.len() * 9);
    let longer = [sealed.as_slice(), b"\0"].concat();
    assert!(keys.open(&name, &longer).is_err());
}

#[test]
fn every_turned_bit_and_every_cut_of_a_key_file_is_refused_before_hard_work() {
    let keys = Keys::generate();
    let file = keys.wrap(&phrase("p"), QUICK).unwrap();
    let start = file.windows(9).position(|window| window == b"-> scrypt").unwrap();
    for (copy, bit) in spoiled(&file).zip(0..) {
        // A turned bit in the work factor makes it cost up to 1 GiB, and is still only a wrong passphrase.
        let work = work_of(&copy);
        if work.is_some_and(|work| (QUICK + 1..=MOST_WORK).contains(&work)) {
            continue;
        }
        let error = Keys::unwrap(&copy, &phrase("p")).unwrap_err();
        assert!(matches!(error, Shut::Wrong | Shut::Damaged | Shut::TooCostly), "{bit} after {start}");
    }
}

#[test]
fn a_key_file_that_asks_for_too_much_is_refused_at_once() {
    let keys = Keys::generate();
    let file = keys.wrap(&phrase("p"), QUICK).unwrap();
    let at = file.windows(10).position(|window| window == b"-> scrypt ").unwrap();
    let line = at + file[at..].iter().position(|byte| *byte == b'\n').unwrap();
    for work in ["21", "30", "62", "63", "255", "0", "01", "-1", "x"] {
        // 2^62 would never end, and needs more memory than there is: that this test ends shows that none was tried.
        let hostile = [&file[..line - 1], work.as_bytes(), &file[line..]].concat();
        let error = Keys::unwrap(&hostile, &phrase("p")).unwrap_err();
        assert!(matches!(error, Shut::TooCostly | Shut::Damaged), "{work}: {error:?}");
        assert!(fault_of(IDENTITY, &hostile).is_some(), "{work}");
    }
}

#[test]
fn what_can_be_seen_without_a_key_is_seen() {
    let keys = Keys::generate();
    let sealed = keys.seal("person.ron", &"x".repeat(3 * STEP + 7)).unwrap();
    let name = keys.name("person.ron");
    assert_eq!(fault_of(&name, &sealed), None);
    assert_eq!(keys.open(&name, &sealed).unwrap().1.len(), 4 * STEP);
    for length in 0..sealed.len() {
        if length % 997 < 3 || length + 40 > sealed.len() {
            assert!(fault_of(&name, &sealed[..length]).is_some(), "{length}");
        }
    }
    assert!(fault_of(IDENTITY, &sealed).is_some() && fault_of(&name, b"(schema: 1)").is_some());
}

#[test]
fn the_work_factor_follows_the_machine_within_its_bounds() {
    let at = |milliseconds| work_for(Duration::from_millis(milliseconds), 13);
    assert_eq!([at(1), at(5), at(10), at(37), at(38), at(5_000)], [20, 19, 18, 17, 17, 17]);
}
