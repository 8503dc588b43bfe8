//! Every crate that is built in has a licence that goes with ours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

use std::process::Command;

use serde_json::Value;

/// Licences that may be combined with GPL-3.0-or-later.
const FINE: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "MPL-2.0",
    "GPL-3.0-or-later",
];

/// Whether an SPDX expression can be met with the licences above.
fn is_fine(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ");
    let plain = plain.trim();
    // Parentheses: judge the innermost first.
    if let Some(open) = plain.rfind('(') {
        let rest = &plain[open + 1..];
        let Some(close) = rest.find(')') else { return false };
        let inner = if is_fine(&rest[..close]) { "MIT" } else { "none" };
        return is_fine(&format!("{}{inner}{}", &plain[..open], &rest[close + 1..]));
    }
    plain.split(" OR ").any(|one| one.split(" AND ").all(|all| FINE.contains(&all.trim())))
}

#[test]
fn expressions_are_judged() {
    assert!(is_fine("MIT OR Apache-2.0"));
    assert!(is_fine("MIT/Apache-2.0"));
    assert!(is_fine("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_fine("MIT AND SSPL-1.0"));
    assert!(!is_fine("(SSPL-1.0 OR BUSL-1.1) AND MIT"));
    assert!(!is_fine(""));
}

#[test]
fn all_dependencies_are_free_to_use() {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("SAMESIDE_REAL_TESTS").is_none() {
        // Only what was fetched to build this: a fresh machine downloads nothing more for the test.
        command.args(["--filter-platform", &host()]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    let bad: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_fine))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}
