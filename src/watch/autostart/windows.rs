//! Windows: a value of the user's Run key, written by the system's own `reg.exe`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{AutostartError, Entry};

pub(super) const NAME: &str = "Sameside";
const KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

pub(super) fn folder() -> Option<PathBuf> {
    Some(KEY.into())
}

pub(super) fn text(exe: &Path, root: &Path) -> String {
    // A path on Windows cannot hold a quote.
    format!("\"{}\" watch --data \"{}\"", exe.display(), root.display())
}

pub(super) fn install(entry: &Entry) -> Result<(), AutostartError> {
    reg(&["add", KEY, "/v", NAME, "/t", "REG_SZ", "/d", &entry.text, "/f"])
}

pub(super) fn remove(path: &Path) -> Result<(), AutostartError> {
    if is_installed(path) { reg(&["delete", KEY, "/v", NAME, "/f"]) } else { Ok(()) }
}

pub(super) fn is_installed(_path: &Path) -> bool {
    reg(&["query", KEY, "/v", NAME]).is_ok()
}

fn reg(arguments: &[&str]) -> Result<(), AutostartError> {
    let mut command = Command::new("reg.exe");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(AutostartError::Refused(status.to_string())),
        Err(error) => Err(AutostartError::Refused(error.to_string())),
    }
}
