//! XDG autostart: a desktop file that every desktop and phone shell reads at login (Desktop Entry 1.5, Autostart 0.5).

use std::path::{Path, PathBuf};

use super::{AutostartError, Entry};
use crate::locale::{Language, Texts};
use crate::watch::APP_ID;

pub(super) const NAME: &str = "app.sameside.Sameside.watch.desktop";

pub(super) fn folder() -> Option<PathBuf> {
    Some(directories::BaseDirs::new()?.config_dir().join("autostart"))
}

pub(super) fn text(exe: &Path, root: &Path) -> String {
    let (english, french) = (Texts::new(Language::En), Texts::new(Language::Fr));
    let (name, comment) = ("watch-autostart-name", "watch-autostart-comment");
    let exec = format!("{} watch --data {}", quoted(exe), quoted(root));
    [
        "[Desktop Entry]".to_owned(),
        "Type=Application".to_owned(),
        format!("Name={}", english.get(name)),
        format!("Name[fr]={}", french.get(name)),
        format!("Comment={}", english.get(comment)),
        format!("Comment[fr]={}", french.get(comment)),
        format!("Exec={exec}"),
        format!("Icon={APP_ID}"),
        "Terminal=false".to_owned(),
        "NoDisplay=true".to_owned(),
        "StartupNotify=false".to_owned(),
        "X-GNOME-Autostart-enabled=true".to_owned(),
        String::new(),
    ]
    .join("\n")
}

/// One argument of `Exec`: quoted as the specification asks, then escaped as any string in a desktop file.
fn quoted(path: &Path) -> String {
    let mut text = String::from("\"");
    for letter in path.to_string_lossy().chars() {
        match letter {
            '"' | '`' | '$' => text.extend(["\\\\", &letter.to_string()]),
            '\\' => text.push_str(r"\\\\"),
            '%' => text.push_str("%%"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

pub(super) fn install(entry: &Entry) -> Result<(), AutostartError> {
    super::write(entry)
}

pub(super) fn remove(path: &Path) -> Result<(), AutostartError> {
    super::delete(path)
}

/// An entry that the desktop's own settings switched off does not count.
pub(super) fn is_installed(path: &Path) -> bool {
    let off = |line: &str| matches!(line.trim(), "Hidden=true" | "X-GNOME-Autostart-enabled=false");
    std::fs::read_to_string(path).is_ok_and(|text| !text.lines().any(off))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::autostart::Autostart;

    /// Reads `Exec` the way the specification describes: string escapes first, then quotes.
    fn arguments(text: &str) -> Vec<String> {
        let exec = text.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
        let mut plain = String::new();
        let mut letters = exec.chars();
        while let Some(letter) = letters.next() {
            plain.push(match letter {
                '\\' => match letters.next().unwrap() {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    's' => ' ',
                    other => other,
                },
                other => other,
            });
        }
        let (mut arguments, mut inside, mut word) = (Vec::new(), false, String::new());
        let mut letters = plain.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => inside = !inside,
                '\\' if inside => word.push(letters.next().unwrap()),
                '%' => word.push(letters.next().unwrap()),
                ' ' if !inside => arguments.push(std::mem::take(&mut word)),
                other => word.push(other),
            }
        }
        arguments.push(word);
        arguments
    }

    #[test]
    fn odd_paths_come_back_as_they_were() {
        let exe = "/opt/my apps/a\"b`c$d\\e%f;g'h/same side";
        let root = "/home/zoë/data\nfolder";
        let text = text(Path::new(exe), Path::new(root));
        assert_eq!(arguments(&text), [exe, "watch", "--data", root]);
    }

    #[test]
    fn an_entry_comes_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let autostart = Autostart::in_folder(folder.path().join("autostart"));
        let (exe, root) = (Path::new("/usr/bin/sameside"), Path::new("/home/a/sameside"));
        assert!(!autostart.is_installed());
        autostart.remove().unwrap();
        autostart.install(exe, root).unwrap();
        autostart.install(exe, root).unwrap();
        assert!(autostart.is_installed());
        let entry = autostart.describe(exe, root);
        assert_eq!(std::fs::read_to_string(&entry.path).unwrap(), entry.text);
        assert_eq!(std::fs::read_dir(folder.path().join("autostart")).unwrap().count(), 1);
        std::fs::write(&entry.path, entry.text.replace("enabled=true", "enabled=false")).unwrap();
        assert!(!autostart.is_installed(), "switched off in the desktop's settings");
        autostart.remove().unwrap();
        assert!(!entry.path.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let error = Autostart::in_folder("/proc/nowhere").install(Path::new("/x"), Path::new("/y")).unwrap_err();
        assert!(error.to_string().contains("/proc/nowhere"), "{error}");
    }
}
