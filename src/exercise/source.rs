//! Where each value stands in a RON text, so that a fault can be pointed at.
//!
//! RON's reader tells places only for what it cannot read. This goes over the text once more, without
//! understanding it: it only follows brackets, names, strings and comments.

use std::collections::BTreeMap;

use crate::fields;

/// Path of a value, such as `steps[2].kind.template` → byte at which its field name (or, in a list, the value) begins.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    text: &'a str,
    found: BTreeMap<String, usize>,
}

/// One open bracket.
struct Open {
    /// Path of the bracket itself.
    path: String,
    /// For `[`: how many values came before.
    list: Option<usize>,
    /// For `(` and `{`: the last field name or key.
    name: String,
    /// Whether a value of the list has begun since the last comma.
    begun: bool,
}

impl Open {
    /// Path of what comes next in this bracket.
    fn inner(&self) -> String {
        match self.list {
            Some(index) => format!("{}[{index}]", self.path),
            // An unnamed bracket such as `Some(…)` or a variant's `(`: its content keeps the outer path.
            None if self.name.is_empty() => self.path.clone(),
            None if self.path.is_empty() => self.name.clone(),
            None => format!("{}.{}", self.path, self.name),
        }
    }
}

impl<'a> Places<'a> {
    /// Goes over `text`, which RON could read.
    pub(super) fn of(text: &'a str) -> Self {
        let mut places = Self { text, found: BTreeMap::new() };
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let token = token_length(text.get(at..).unwrap_or_default(), first);
            let word = text.get(at..at + token).unwrap_or_default();
            let comment = word.starts_with("//") || word.starts_with("/*");
            if !comment && !first.is_whitespace() {
                places.take(&mut open, at, first, word);
            }
            at += token;
        }
        places
    }

    fn take(&mut self, open: &mut Vec<Open>, at: usize, first: char, word: &str) {
        if matches!(first, ')' | ']' | '}') {
            open.pop();
            return;
        }
        if let Some(last) = open.last_mut() {
            if first == ',' {
                last.list = last.list.map(|index| index + 1);
                last.begun = false;
                last.name.clear();
                return;
            }
            if last.list.is_some() && !last.begun {
                last.begun = true;
                self.found.insert(last.inner(), at);
            } else if last.list.is_none() && last.name.is_empty() && is_name(self.text, at + word.len(), first) {
                word.trim_matches('"').clone_into(&mut last.name);
                self.found.insert(last.inner(), at);
            }
        }
        if matches!(first, '(' | '[' | '{') {
            let path = open.last().map(Open::inner).unwrap_or_default();
            open.push(Open { path, list: (first == '[').then_some(0), name: String::new(), begun: false });
        }
    }

    /// Byte at which the value at `path` begins, or that of the nearest value around it.
    pub(super) fn offset(&self, path: &str) -> usize {
        let mut path = path;
        loop {
            if let Some(offset) = self.found.get(path) {
                return *offset;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = path.get(..end).unwrap_or_default(),
                None => return 0,
            }
        }
    }

    /// Line and column of [`Self::offset`].
    pub(super) fn line_column(&self, path: &str) -> (usize, usize) {
        let offset = self.offset(path);
        fields::line_column(self.text, &(offset..offset))
    }

    /// Line and column of the first `needle` at or after the value at `path`; of the value if there is none.
    pub(super) fn inside(&self, path: &str, needle: &str) -> (usize, usize) {
        let start = self.offset(path);
        let offset = self.text.get(start..).and_then(|rest| rest.find(needle)).map_or(start, |found| start + found);
        fields::line_column(self.text, &(offset..offset))
    }
}

/// Whether the name or string that ends at `end` is followed by a colon, and so names a field.
fn is_name(text: &str, end: usize, first: char) -> bool {
    (first == '"' || first == '_' || first.is_alphabetic())
        && text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Length in bytes of the token at the start of `rest`: a string, a comment, a word or one character.
fn token_length(rest: &str, first: char) -> usize {
    let to = |end: Option<usize>| end.unwrap_or(rest.len());
    if rest.starts_with("//") {
        return to(rest.find('\n'));
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if first == '"' {
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, character)| {
            let end = *character == '"' && !escaped;
            escaped = *character == '\\' && !escaped;
            end
        });
        return to(end.map(|(end, _)| end + 1));
    }
    if first == 'r' {
        let hashes = rest.bytes().skip(1).take_while(|byte| *byte == b'#').count();
        let fence = format!("\"{}", "#".repeat(hashes));
        let body = hashes + 2;
        if rest.get(1 + hashes..).is_some_and(|after| after.starts_with('"')) {
            return to(rest.get(body..).and_then(|after| after.find(&fence)).map(|end| body + end + fence.len()));
        }
    }
    if first.is_alphanumeric() || first == '_' {
        return to(rest.find(|character: char| !(character.is_alphanumeric() || character == '_')));
    }
    first.len_utf8()
}

/// Length of the block comment at the start of `rest`; RON lets them nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(left) = rest.get(at..).filter(|left| !left.is_empty()) {
        if left.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if left.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += left.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_path() {
        let text = "// id: \"no\"\n(\n  id: \"a, (b\", /* [ */ safety: Some(\"x: y\"),\n  list: [\"p\", r#\"q\"]\"#, \"é\"],\n  steps: [\n    (id: \"one\"),\n    (id: \"two\", kind: Choose(options: [(id: \"o\"), (id: \"é\", label: \"{x}\")])),\n  ],\n)";
        let places = Places::of(text);
        assert_eq!(places.line_column("id"), (3, 3));
        assert_eq!(places.line_column("safety"), (3, 24));
        assert_eq!(places.line_column("list[2]"), (4, 25));
        assert_eq!(places.line_column("steps[0].id"), (6, 6));
        assert_eq!(places.line_column("steps[1].kind.options[1].label"), (7, 61));
        assert_eq!(places.inside("steps[1].kind.options[1].label", "x}"), (7, 70));
        assert_eq!(places.line_column("steps[1].kind.nothing"), places.line_column("steps[1].kind"));
        assert_eq!(places.line_column("steps[7].id"), places.line_column("steps"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_gone_over_without_trouble(text in "\\PC{0,80}") {
            let _ = Places::of(&text);
        }

        #[test]
        fn ron_like_text_too(text in "[\\[\\](){}\"/*#r,:a \\\\\n]{0,80}") {
            let _ = Places::of(&text);
        }
    }
}
