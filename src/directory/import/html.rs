//! A saved web page: the JSON-LD in it is read, and nothing else.

use serde_json::Value;

use super::{Choice, ImportError, Sink, json, schema_org};

/// Reads the JSON-LD of a page. Blocks that are damaged are overlooked as long as one is whole, as browsers do.
pub(super) fn read(text: &str, _choice: &Choice, sink: Sink<'_>) -> Result<(), ImportError> {
    let mut blocks = Vec::new();
    let mut fault = None;
    for block in scripts(text) {
        match serde_json::from_str::<Value>(block.trim()) {
            Ok(value) => blocks.push(value),
            Err(error) => fault = Some(json::broken(&error)),
        }
    }
    if blocks.is_empty() {
        return Err(fault.unwrap_or(ImportError::OtherKind));
    }
    schema_org::read(&Value::Array(blocks), sink)
}

/// The contents of `<script type="application/ld+json">`.
fn scripts(text: &str) -> Vec<&str> {
    // ASCII letters keep their places when they are made small.
    let small = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = small.get(at..).and_then(|rest| rest.find("<script")).map(|start| at + start) {
        let Some(open) = small.get(start..).and_then(|rest| rest.find('>')).map(|open| start + open + 1) else { break };
        let end = small.get(open..).and_then(|rest| rest.find("</script")).map_or(text.len(), |end| open + end);
        if small.get(start..open).is_some_and(|tag| tag.contains("ld+json")) {
            found.extend(text.get(open..end));
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::import::Entry;

    #[test]
    fn the_json_ld_of_a_page_is_read() {
        let page = r#"<!DOCTYPE html><script>var a = "<b>";</script>
            <SCRIPT class=x type='application/ld+json'>{"@context":"https://schema.org","@type":"Person","name":"Zoé Exemple"}</SCRIPT>"#;
        let mut names = Vec::new();
        let mut sink = |entry| {
            if let Entry::Found(found) = entry {
                names.push(found.therapist.name);
            }
            true
        };
        assert_eq!(read(page, &Choice::default(), &mut sink), Ok(()));
        assert_eq!(names, ["Zoé Exemple"]);
        assert_eq!(read("<html><p>nobody", &Choice::default(), &mut |_| true), Err(ImportError::OtherKind));
        assert!(matches!(
            read("<script type=\"application/ld+json\">{", &Choice::default(), &mut |_| true),
            Err(ImportError::Broken { .. })
        ));
    }
}
