//! What a passphrase costs: opening a space, and saving in a sealed one beside a plain one.
//!
//! `cargo run --release --example spaces [FOLDER]`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example that prints figures")]

use std::time::{Duration, Instant};

use sameside::couple::Member;
use sameside::exercise::Invitation;
use sameside::store::{Opening, Place, Role, SecretString, Shelf, When};

const SAVES: usize = 200;
const OPENINGS: usize = 10;

/// Saves a text of about four kilobytes again and again; the times in order.
fn saves(shelf: &Shelf, member: Member) -> Vec<Duration> {
    let place = Place::Invitation(member);
    let mut old = shelf.load::<Invitation>(&place).value;
    let mut times: Vec<Duration> = (0..SAVES)
        .map(|number| {
            let text = format!("{number} {}", "a sentence that was written with care. ".repeat(100));
            let new = Invitation { own_text: Some(text), ..old.clone() };
            let start = Instant::now();
            shelf.save(&place, &old, &new, When::Now);
            assert!(shelf.flush(Duration::from_secs(30)));
            old = new;
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn tell(what: &str, times: &[Duration]) {
    let at = |part: usize| times.get((times.len() - 1) * part / 100).copied().unwrap_or_default();
    println!("{what}: median {:.1?}, 95 of 100 within {:.1?}, longest {:.1?}", at(50), at(95), at(100));
}

fn main() {
    let scratch = tempfile::tempdir().unwrap();
    let root = std::env::args_os().nth(1).map_or_else(|| scratch.path().to_owned(), Into::into);
    let (shelf, _) = Shelf::open(&root, Opening { look_out: false, ..Opening::new(Role::Window) }).unwrap();
    tell("save, plain", &saves(&shelf, Member::Two));
    let passphrase = SecretString::from("kettle orbit maple nine".to_owned());
    let start = Instant::now();
    shelf.protect(Member::One, &passphrase).unwrap();
    println!("first passphrase: {:.1?}", start.elapsed());
    tell("save, sealed", &saves(&shelf, Member::One));
    let mut times: Vec<Duration> = (0..OPENINGS)
        .map(|_| {
            assert!(shelf.lock(Member::One));
            let start = Instant::now();
            shelf.unlock(Member::One, &passphrase).unwrap();
            let _ = shelf.load::<Invitation>(&Place::Invitation(Member::One));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    tell("unlock", &times);
}
