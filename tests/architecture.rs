//! Rules about the source itself: who may name iced, that every text is there and used.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The code of a file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn only_app_names_iced() {
    let source = root().join("src");
    for path in files(&source, "rs") {
        let inside = path.strip_prefix(&source).unwrap();
        if inside.starts_with("app") || inside == Path::new("app.rs") {
            continue;
        }
        let text = code(&path);
        let named = text.match_indices("iced").any(|(at, _)| {
            let before = text[..at].chars().next_back();
            !before.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        });
        assert!(!named, "{} names iced", inside.display());
    }
}

/// What each pure module may use of the crate.
#[test]
fn pure_modules_use_only_what_they_may() {
    let source = root().join("src");
    let base = ["fields", "couple", "document", "locale"];
    for (module, also) in [
        ("exercise", &[][..]),
        ("moment", &[][..]),
        ("directory", &[][..]),
        ("choice", &["directory"][..]),
        ("store", &["exercise", "moment", "directory", "choice"][..]),
    ] {
        let mut paths = files(&source.join(module), "rs");
        paths.push(source.join(format!("{module}.rs")));
        for path in paths {
            let text = code(&path);
            for part in text.split("crate::").skip(1) {
                let used: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let fine =
                    used.is_empty() || used == module || base.contains(&used.as_str()) || also.contains(&used.as_str());
                assert!(fine, "{} uses crate::{used}", path.display());
            }
        }
    }
}

fn keys(language: &str) -> BTreeSet<String> {
    files(&root().join("assets/locale").join(language), "ftl")
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let keys: Vec<String> = text
                .lines()
                .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
                .collect();
            let unique: BTreeSet<&String> = keys.iter().collect();
            assert_eq!(unique.len(), keys.len(), "{} has a key twice", path.display());
            keys
        })
        .collect()
}

#[test]
fn every_text_is_in_both_languages_and_used() {
    let english = keys("en");
    assert_eq!(english, keys("fr"));
    let source: String = files(&root().join("src"), "rs").iter().map(|path| code(path)).collect();
    let unused: Vec<&String> = english.iter().filter(|key| !source.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "no code uses {unused:?}");
}

#[test]
fn every_text_that_the_code_asks_for_exists() {
    let english = keys("en");
    for path in files(&root().join("src"), "rs") {
        let text = code(&path);
        for call in ["text(\"", "text_with(\"", "texts.get(\"", "texts.with(\"", "self.get(\"", "self.with(\""] {
            for part in text.split(call).skip(1) {
                let Some((key, _)) = part.split_once('"') else { continue };
                let is_key = key.contains('-') || english.contains(key);
                assert!(!is_key || english.contains(key), "{} asks for {key}", path.display());
            }
        }
    }
}

#[test]
fn french_keeps_its_spaces_and_apostrophes() {
    for path in files(&root().join("assets/locale/fr"), "ftl") {
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let Some((_, text)) = line.split_once(" =") else { continue };
            for wrong in [" :", " ?", " !", " ;", " »", "« ", "'"] {
                assert!(!text.contains(wrong), "{}:{}: {wrong:?} in {text}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn the_desktop_file_is_named_as_the_window() {
    let name = format!("{}.desktop", sameside::watch::APP_ID);
    let text = fs::read_to_string(root().join("assets/linux").join(&name)).unwrap();
    assert!(text.contains(&format!("StartupWMClass={}", sameside::watch::APP_ID)));
    assert!(text.contains("X-Purism-FormFactor=Workstation;Mobile;"));
}
