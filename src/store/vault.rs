//! The key of one person's space, and the files that only it opens: plain age files (<https://age-encryption.org/v1>),
//! so that the `age` tool reads them without Sameside.
//!
//! Two levels. `identity.age` holds an X25519 key behind the passphrase (scrypt); every document is encrypted to that
//! key. A passphrase is then changed by writing one small file, and a save costs no scrypt.
//!
//! * **Names.** A document's file is named by a keyed hash of what it is, so that no name tells which exercise a person
//!   did. An index would do the same, but it would be a second file in each first save and the end of all when lost.
//! * **Who wrote it.** age itself does not say who encrypted a file. Here the key to encrypt *to* is secret as well (it
//!   stands only in `identity.age`), so nobody else can make a file that opens; and the first line inside names the
//!   document, so that a file moved to another's name is refused.
//! * **Size.** The text is padded with spaces to steps of [`STEP`].
//!
//! What it does not hide: that there are files, how many, and when each was written. An older version of the same
//! document, put back by somebody, opens: only a clock outside of this device could tell.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::str::FromStr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use super::document::LARGEST;
use super::files::held;
use super::place::Place;

/// The sealed text is a multiple of so many bytes.
pub const STEP: usize = 16 << 10;
/// The least scrypt work factor (log₂ N) that is written: 128 MiB, and about half a second on a laptop of 2020.
pub const LEAST_WORK: u8 = 17;
/// The greatest that is tried on opening: 1 GiB. A file that asks for more is refused before any work.
pub const MOST_WORK: u8 = 20;
/// Unlocking shall not take longer.
const UNLOCK: Duration = Duration::from_millis(600);
/// A key file is a few hundred bytes.
pub const LARGEST_KEY: u64 = 16 << 10;
/// age's own overhead on a file of [`LARGEST`] is below this.
const OVERHEAD: u64 = 64 << 10;

/// Why a sealed file or a key does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Shut {
    /// The passphrase, or the recovery key, is another one.
    #[error("the passphrase is another one")]
    Wrong,
    /// The key file asks for more work than any that Sameside makes.
    #[error("its key file asks for more time and memory than any that Sameside writes: it was not made by Sameside")]
    TooCostly,
    /// Not an age file, cut short, or changed by even one bit.
    #[error("it is damaged, or was not sealed with this space's key")]
    Damaged,
    /// A sealed file under another one's name.
    #[error("it was sealed as another file and lies under a wrong name")]
    Misplaced,
}

/// The key of an open space. Dropped, it is wiped from memory.
pub struct Keys {
    identity: x25519::Identity,
    recipient: x25519::Recipient,
    naming: Zeroizing<[u8; 32]>,
    /// What the names seen so far stand for.
    names: Mutex<BTreeMap<String, Place>>,
    /// The key file as it lies on disk, so that it can be put back if somebody removes it.
    file: Mutex<Vec<u8>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys(…)")
    }
}

impl Keys {
    fn of(identity: x25519::Identity) -> Self {
        let secret = identity.to_string();
        let mut hash = Sha256::new();
        hash.update(b"sameside/file-names/v1\n");
        hash.update(secret.expose_secret().as_bytes());
        let naming = Zeroizing::new(hash.finalize().into());
        Self { recipient: identity.to_public(), identity, naming, names: Mutex::default(), file: Mutex::default() }
    }

    /// A fresh key.
    pub fn generate() -> Self {
        Self::of(x25519::Identity::generate())
    }

    /// The key as an age identity file, for `age -d -i`.
    fn to_text(&self) -> Zeroizing<String> {
        let secret = self.identity.to_string();
        let mut text = Zeroizing::new(String::with_capacity(256));
        text.push_str("# Sameside: the key of one space. Each of its files opens with: age -d -i THIS-FILE FILE\n");
        text.push_str(secret.expose_secret());
        text.push('\n');
        text
    }

    fn from_text(bytes: &[u8]) -> Result<Self, Shut> {
        let text = std::str::from_utf8(bytes).map_err(|_| Shut::Damaged)?;
        let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).ok_or(Shut::Damaged)?;
        x25519::Identity::from_str(line.trim()).map(Self::of).map_err(|_| Shut::Damaged)
    }

    /// The file name of the document at `inner`, its path in a plain space.
    pub fn name(&self, inner: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(*self.naming);
        hash.update(inner.as_bytes());
        let mut name = hex(hash.finalize().get(..16).unwrap_or_default());
        name.push_str(".age");
        name
    }

    /// Remembers what a name stands for.
    pub fn learn(&self, name: &str, place: &Place) {
        held(&self.names).insert(name.to_owned(), place.clone());
    }

    /// What a name stands for, if it was learnt.
    pub fn place(&self, name: &str) -> Option<Place> {
        held(&self.names).get(name).cloned()
    }

    /// The key file as it was last read or written.
    pub fn file(&self) -> Vec<u8> {
        held(&self.file).clone()
    }

    /// Remembers the key file.
    pub fn set_file(&self, bytes: &[u8]) {
        bytes.clone_into(&mut held(&self.file));
    }

    /// Seals a document's text: the bytes of its file.
    pub fn seal(&self, inner: &str, text: &str) -> Result<Vec<u8>, Shut> {
        let head = format!("// {inner}\n");
        let length = (head.len() + text.len() + 1).next_multiple_of(STEP);
        let mut padded = Zeroizing::new(String::with_capacity(length));
        padded.push_str(&head);
        padded.push_str(text);
        let spaces = length - padded.len() - 1;
        padded.extend(std::iter::repeat_n(' ', spaces));
        padded.push('\n');
        encrypt(&self.recipient, padded.as_bytes())
    }

    /// Opens the file `name`: which document it is, and its text, that line included.
    pub fn open(&self, name: &str, bytes: &[u8]) -> Result<(String, Zeroizing<String>), Shut> {
        let plain = decrypt(&self.identity, bytes, LARGEST + OVERHEAD)?;
        let text = std::str::from_utf8(&plain).map_err(|_| Shut::Damaged)?;
        let first = text.lines().next().and_then(|line| line.strip_prefix("// ")).ok_or(Shut::Damaged)?;
        if self.name(first) != name {
            return Err(Shut::Misplaced);
        }
        Ok((first.to_owned(), Zeroizing::new(text.to_owned())))
    }

    /// Seals bytes that are no document, such as a file that was set aside.
    pub fn seal_bytes(&self, bytes: &[u8]) -> Result<Vec<u8>, Shut> {
        encrypt(&self.recipient, bytes)
    }

    /// The other way round.
    pub fn open_bytes(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Shut> {
        decrypt(&self.identity, bytes, LARGEST_SEALED)
    }

    /// The key file behind a passphrase.
    pub fn wrap(&self, passphrase: &SecretString, work: u8) -> Result<Vec<u8>, Shut> {
        lock_away(self.to_text().as_bytes(), passphrase, work)
    }

    /// Opens a key file with its passphrase. Takes about half a second and 128 MiB.
    pub fn unwrap(bytes: &[u8], passphrase: &SecretString) -> Result<Self, Shut> {
        Self::from_text(&take_out(bytes, passphrase, LARGEST_KEY)?)
    }

    /// A recovery key, to be written down, and the file that it opens: this key once more.
    pub fn recovery(&self) -> Result<(SecretString, Vec<u8>), Shut> {
        let spare = x25519::Identity::generate();
        let file = encrypt(&spare.to_public(), self.to_text().as_bytes())?;
        Ok((spare.to_string(), file))
    }

    /// Opens the recovery file with the recovery key as a person typed it: spaces and case do not matter.
    pub fn recover(bytes: &[u8], key: &SecretString) -> Result<Self, Shut> {
        let bare = key.expose_secret().chars().filter(|letter| !letter.is_whitespace());
        let bare: Zeroizing<String> = Zeroizing::new(bare.flat_map(char::to_uppercase).collect());
        let spare = x25519::Identity::from_str(&bare).map_err(|_| Shut::Wrong)?;
        Self::from_text(&decrypt(&spare, bytes, LARGEST_KEY)?)
    }
}

/// Bytes behind a passphrase alone: a backup.
pub fn lock_away(plain: &[u8], passphrase: &SecretString, work: u8) -> Result<Vec<u8>, Shut> {
    let mut recipient = scrypt::Recipient::new(normal(passphrase));
    recipient.set_work_factor(work.clamp(1, MOST_WORK));
    encrypt(&recipient, plain)
}

/// The other way round, for at most `limit` bytes.
pub fn take_out(bytes: &[u8], passphrase: &SecretString, limit: u64) -> Result<Zeroizing<Vec<u8>>, Shut> {
    let mut identity = scrypt::Identity::new(normal(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    decrypt(&identity, bytes, limit)
}

/// The passphrase in Unicode's composed form, whichever way the keyboard made it. Nothing else is changed.
fn normal(passphrase: &SecretString) -> SecretString {
    let mut text = String::with_capacity(passphrase.expose_secret().len() * 3);
    text.extend(passphrase.expose_secret().nfc());
    SecretString::from(text)
}

fn encrypt(to: &dyn age::Recipient, plain: &[u8]) -> Result<Vec<u8>, Shut> {
    let encryptor = Encryptor::with_recipients(std::iter::once(to)).map_err(|_| Shut::Damaged)?;
    let mut bytes = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut bytes).map_err(|_| Shut::Damaged)?;
    writer.write_all(plain).and_then(|()| writer.finish().map(drop)).map_err(|_| Shut::Damaged)?;
    Ok(bytes)
}

/// Runs work that handles a key, and wipes the part of the stack that it used: a value that is moved leaves its bytes
/// behind there, and the stack of a thread outlives it.
pub fn wiping<T>(work: impl FnOnce() -> T) -> T {
    #[inline(never)]
    fn apart<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
    #[inline(never)]
    fn wipe() {
        let mut used = [0_u8; DEPTH];
        used.zeroize();
        std::hint::black_box(&used);
    }
    let made = apart(work);
    wipe();
    made
}

/// More of the stack than age and its arithmetic use, in bytes.
const DEPTH: usize = 128 << 10;

fn decrypt(with: &dyn age::Identity, bytes: &[u8], limit: u64) -> Result<Zeroizing<Vec<u8>>, Shut> {
    wiping(|| decrypt_here(with, bytes, limit))
}

fn decrypt_here(with: &dyn age::Identity, bytes: &[u8], limit: u64) -> Result<Zeroizing<Vec<u8>>, Shut> {
    let told = |error: &DecryptError| match error {
        DecryptError::ExcessiveWork { .. } => Shut::TooCostly,
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            Shut::Wrong
        }
        _ => Shut::Damaged,
    };
    let decryptor = Decryptor::new_buffered(bytes).map_err(|error| told(&error))?;
    let reader = decryptor.decrypt(std::iter::once(with)).map_err(|error| told(&error))?;
    // Room for all of it at once: growing would leave copies behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    reader.take(limit).read_to_end(&mut plain).map_err(|_| Shut::Damaged)?;
    Ok(plain)
}

/// The work factor for a new key file: as high as this machine unlocks in time, within the bounds.
#[must_use]
pub fn work() -> u8 {
    const TRIED: u8 = 13;
    let mut recipient = scrypt::Recipient::new(SecretString::from("how fast".to_owned()));
    recipient.set_work_factor(TRIED);
    let start = Instant::now();
    let _ = encrypt(&recipient, b"");
    work_for(start.elapsed(), TRIED)
}

/// The work doubles with each step.
fn work_for(took: Duration, tried: u8) -> u8 {
    let fits = |work: &u8| took.saturating_mul(1 << (work - tried)) <= UNLOCK;
    (LEAST_WORK..=MOST_WORK).rev().find(fits).unwrap_or(LEAST_WORK)
}

/// What can be said of a sealed file without any key: what is wrong with it, if that can be seen.
pub fn fault_of(name: &str, bytes: &[u8]) -> Option<&'static str> {
    const NO_AGE: &str = "this is no age file, or its beginning is damaged: it cannot be opened";
    const SHORT: &str = "this sealed file was cut short: it cannot be opened";
    let Ok(decryptor) = Decryptor::new_buffered(bytes) else { return Some(NO_AGE) };
    let is_key = name == IDENTITY;
    if decryptor.is_scrypt() != is_key {
        return Some("this was not sealed the way a file of this name is: it cannot be opened");
    }
    if is_key && work_of(bytes).is_none_or(|work| work > MOST_WORK) {
        return Some("this key file asks for more time and memory than any that Sameside writes: it is not opened");
    }
    let payload = payload(bytes)?;
    let (whole, rest) = (payload / CHUNK, payload % CHUNK);
    if payload < TAG || (rest > 0 && rest < TAG) || (rest == TAG && whole > 0) {
        return Some(SHORT);
    }
    let plain = payload - TAG * payload.div_ceil(CHUNK);
    let padded = !is_key && name != RECOVERY;
    (padded && !plain.is_multiple_of(STEP)).then_some(SHORT)
}

/// age's payload: chunks of 64 KiB, each with a tag of 16 bytes, after a nonce of 16.
const CHUNK: usize = (64 << 10) + TAG;
const TAG: usize = 16;

/// Bytes after the header and the nonce.
fn payload(bytes: &[u8]) -> Option<usize> {
    const MAC: &[u8] = b"\n--- ";
    let mac = bytes.windows(MAC.len()).position(|window| window == MAC)? + MAC.len();
    let line = bytes.get(mac..)?.iter().position(|byte| *byte == b'\n')?;
    (bytes.len()).checked_sub(mac + line + 1 + TAG)
}

/// The scrypt work factor that a key file asks for.
fn work_of(bytes: &[u8]) -> Option<u8> {
    let head = bytes.get(..bytes.len().min(512))?;
    let line = head.split(|byte| *byte == b'\n').find(|line| line.starts_with(b"-> scrypt "))?;
    let digits = std::str::from_utf8(line).ok()?.split(' ').nth(3)?;
    digits.starts_with(|first: char| matches!(first, '1'..='9')).then(|| digits.parse().ok()).flatten()
}

/// Name of the key file in a space that has a passphrase.
pub const IDENTITY: &str = "identity.age";
/// Name of the file that the recovery key opens.
pub const RECOVERY: &str = "recovery.age";

/// Whether a sealed document may have this name.
#[must_use]
pub fn is_sealed_name(name: &str) -> bool {
    let stem = name.strip_suffix(".age").unwrap_or_default();
    stem.len() == 32 && stem.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether this is a file of a space with a passphrase, going by its name.
#[must_use]
pub fn is_age(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "age")
}

/// The largest sealed file that is read, in bytes.
pub const LARGEST_SEALED: u64 = LARGEST + OVERHEAD;

/// SHA-256 as hexadecimal digits.
pub fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2 + 4), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
