//! macOS: a LaunchAgent, read at the next login. No `KeepAlive`: the reminder ends when nothing is pending.

use std::path::Path;

#[cfg(target_os = "macos")]
use super::{AutostartError, Entry};

#[cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "only the text is tested elsewhere"))]
pub(super) const NAME: &str = "app.sameside.Sameside.watch.plist";

#[cfg(target_os = "macos")]
pub(super) fn folder() -> Option<std::path::PathBuf> {
    Some(directories::BaseDirs::new()?.home_dir().join("Library/LaunchAgents"))
}

pub(super) fn text(exe: &Path, root: &Path) -> String {
    let string = |text: &str| format!("<string>{}</string>", escaped(text));
    let arguments = [&exe.to_string_lossy(), "watch", "--data", &root.to_string_lossy()].map(string).concat();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>app.sameside.Sameside.watch</string>
<key>ProgramArguments</key><array>{arguments}</array>
<key>RunAtLoad</key><true/>
<key>ProcessType</key><string>Background</string>
</dict></plist>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(target_os = "macos")]
pub(super) fn install(entry: &Entry) -> Result<(), AutostartError> {
    super::write(entry)
}

#[cfg(target_os = "macos")]
pub(super) fn remove(path: &Path) -> Result<(), AutostartError> {
    super::delete(path)
}

#[cfg(target_os = "macos")]
pub(super) fn is_installed(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_paths_stay_inside_their_string() {
        let text = text(Path::new("/Applications/A & B/<x>"), Path::new("/Users/a/data"));
        assert!(text.contains("<string>/Applications/A &amp; B/&lt;x&gt;</string><string>watch</string>"), "{text}");
    }
}
