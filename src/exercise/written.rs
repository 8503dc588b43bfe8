//! What a person wrote, as a file to keep or to print: Markdown or plain text. Only their own words are in it.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::draft::{named, text_of};
use super::invitation::Invitation;
use super::model::{Exercise, Kind, Step};
use super::progress::{Answer, Progress, Run};
use crate::locale::Texts;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Markdown (CommonMark).
    #[default]
    Markdown,
    /// Plain text.
    Plain,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Plain];

    /// How the names of such files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Plain => "txt",
        }
    }

    /// What the name of a file asks for, if it ends in a way that is known.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Plain),
            _ => None,
        }
    }
}

/// The words of an answer, as a person would say them; empty for a step that was only done.
#[must_use]
pub fn in_words(texts: &Texts, step: &Step, answer: &Answer) -> String {
    match (answer, &step.kind) {
        (Answer::Text(text), _) => text.trim().to_owned(),
        (Answer::Chosen(chosen), Kind::Choose { options, .. }) => {
            let labels = options.iter().filter(|option| chosen.ids.contains(&option.id)).map(|option| &option.label);
            let mut parts: Vec<String> = labels.cloned().collect();
            parts.extend(Some(chosen.own.trim().to_owned()).filter(|own| !own.is_empty()));
            // Labels may be whole sentences: each on a line of its own.
            parts.join("\n")
        }
        (Answer::Scaled(number), Kind::Scale { steps, .. }) => {
            texts.with("player-number-line", &[("number", (*number).into()), ("count", (*steps).into())])
        }
        (Answer::Sorted(ids), Kind::Sort { items }) => {
            let lines =
                ids.iter().filter_map(|id| items.iter().find(|item| item.id == *id)).enumerate().map(|(at, item)| {
                    let args = [("place", (at + 1).into()), ("what", item.label.clone().into())];
                    texts.with("player-order-line", &args)
                });
            lines.collect::<Vec<_>>().join("\n")
        }
        (Answer::Done, Kind::CheckBack { .. }) => texts.get("player-looked-line"),
        _ => String::new(),
    }
}

/// The answers in one exercise.
#[must_use]
pub fn one(texts: &Texts, format: Format, exercise: &Exercise, progress: &Progress, zone: &TimeZone) -> String {
    let mut sheet = Sheet { format, text: String::new() };
    sheet.exercise(texts, 1, exercise, progress, zone);
    sheet.text
}

/// All that one person wrote: the answers in each exercise, in the order given, and the invitation.
#[must_use]
pub fn all<'a>(
    texts: &Texts,
    format: Format,
    exercises: impl IntoIterator<Item = (&'a Exercise, &'a Progress)>,
    invitation: &Invitation,
    zone: &TimeZone,
) -> String {
    let mut sheet = Sheet { format, text: String::new() };
    sheet.heading(1, &texts.get("written-title"));
    for (exercise, progress) in exercises {
        sheet.exercise(texts, 2, exercise, progress, zone);
    }
    let words = invitation.text();
    if !words.trim().is_empty() {
        sheet.heading(2, &texts.get("today-invitation-title"));
        sheet.words(&words);
    }
    sheet.text
}

/// A file in the making.
struct Sheet {
    format: Format,
    text: String,
}

impl Sheet {
    fn exercise(&mut self, texts: &Texts, level: usize, exercise: &Exercise, progress: &Progress, zone: &TimeZone) {
        self.heading(level, &exercise.title);
        for run in &progress.runs {
            let at = run.finished.unwrap_or(run.started);
            let key = if run.finished.is_some() { "written-done" } else { "written-begun" };
            self.note(&texts.with(key, &[("date", date(texts, at, zone).into())]));
            self.run(texts, level + 1, exercise, run);
        }
    }

    fn run(&mut self, texts: &Texts, level: usize, exercise: &Exercise, run: &Run) {
        for step in &exercise.steps {
            let answer = run.answers.get(&step.id);
            let words = match (answer, &step.kind) {
                (Some(answer), _) => in_words(texts, step, answer),
                // A sentence put together from the answers is theirs too, once any of it is there.
                (None, Kind::Draft { template, .. }) if named(template).any(|name| run.answers.contains_key(name)) => {
                    text_of(exercise, step, &run.answers, texts.language())
                }
                (None, _) => String::new(),
            };
            if words.is_empty() {
                continue;
            }
            self.heading(level, &step.title);
            if let Kind::Apart { question, .. } = &step.kind {
                self.note(question);
            }
            match answer {
                Some(Answer::Sorted(_)) => self.lines(&words),
                _ => self.words(&words),
            }
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.gap();
        match self.format {
            Format::Markdown => {
                self.text.push_str(&format!("{} {}\n", "#".repeat(level), escaped(words)));
            }
            Format::Plain => {
                self.text.push_str(words);
                self.text.push('\n');
                let rule = match level {
                    1 => "=",
                    2 => "-",
                    _ => return,
                };
                self.text.push_str(&rule.repeat(words.chars().count()));
                self.text.push('\n');
            }
        }
    }

    fn note(&mut self, words: &str) {
        self.gap();
        match self.format {
            Format::Markdown => self.text.push_str(&format!("*{}*\n", escaped(words))),
            Format::Plain => self.text.push_str(&format!("{words}\n")),
        }
    }

    /// A person's words: what they look like is kept, and nothing in them is taken for markup.
    fn words(&mut self, words: &str) {
        let lines: Vec<String> = words.lines().map(escaped).collect();
        match self.format {
            Format::Markdown => {
                self.gap();
                // A line break in the words is one on paper too; an empty line begins a paragraph.
                for (at, line) in lines.iter().enumerate() {
                    self.text.push_str(line.trim_end());
                    let goes_on =
                        !line.trim().is_empty() && lines.get(at + 1).is_some_and(|next| !next.trim().is_empty());
                    self.text.push_str(if goes_on { "\\\n" } else { "\n" });
                }
            }
            Format::Plain => self.lines(words),
        }
    }

    /// Lines as they are.
    fn lines(&mut self, words: &str) {
        if self.format == Format::Markdown {
            self.gap();
        }
        for line in words.lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }
}

fn date(texts: &Texts, at: Timestamp, zone: &TimeZone) -> String {
    let date = at.to_zoned(zone.clone()).date();
    // As text, so that no thousands separator gets into the year.
    texts.with("written-date", &[("date", texts.date(date).into()), ("year", date.year().to_string().into())])
}

/// A line in which Markdown finds no markup: every sign that could mean something has a backslash before it.
fn escaped(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let body = line.trim_start();
    // Four spaces would make code of it.
    let indent = line.len() - body.len();
    clean.push_str(if indent > 0 { "\u{a0}" } else { "" });
    let number = body.bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in body.char_indices() {
        let starts = at == 0 && matches!(letter, '#' | '+' | '-' | '=' | '~' | '|');
        let numbers = at == number && number > 0 && matches!(letter, '.' | ')');
        if starts || numbers || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&') {
            clean.push('\\');
        }
        clean.push(letter);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{Chosen, parse};
    use crate::locale::Language;

    const EXERCISE: &str = r#"(schema: 2, id: "x", title: "A *small* thing", summary: "S.", who: Both, stage: Ask, minutes: 1, why: "W.", steps: [
        (id: "write", title: "In words", text: "X.", kind: Write(hint: "", lines: 1)),
        (id: "choose", title: "Some", text: "X.", kind: Choose(options: [(id: "a", label: "Tea"), (id: "b", label: "Milk")], many: true, own_words: true)),
        (id: "scale", title: "How much", text: "X.", kind: Scale(steps: 5, low: "l", high: "h")),
        (id: "sort", title: "In order", text: "X.", kind: Sort(items: [(id: "a", label: "Sun"), (id: "b", label: "Rain")])),
        (id: "read", title: "Read", text: "X.", kind: Read()),
        (id: "apart", title: "Apart", text: "X.", kind: Apart(question: "What is good?", hint: "", lines: 1)),
    ])"#;

    fn made() -> (Exercise, Progress) {
        let exercise = parse("x", EXERCISE).unwrap();
        let mut progress = Progress::of("x");
        let now: jiff::Zoned = "2026-11-28T09:40[America/Toronto]".parse().unwrap();
        progress.start(&exercise, now.timestamp());
        progress.answer("write", Answer::Text("First line\n# not a heading\n\n1. _you_ & me\n    far in".into()));
        progress.answer("choose", Answer::Chosen(Chosen { ids: vec!["b".into()], own: "honey".into() }));
        progress.answer("scale", Answer::Scaled(4));
        progress.answer("sort", Answer::Sorted(vec!["b".into(), "a".into()]));
        progress.answer("read", Answer::Done);
        progress.answer("apart", Answer::Text("Tea.".into()));
        progress.finish(&exercise, &now);
        (exercise, progress)
    }

    #[test]
    fn markdown_keeps_the_words_and_takes_none_for_markup() {
        let (exercise, progress) = made();
        let zone = TimeZone::get("America/Toronto").unwrap();
        let text = one(&Texts::new(Language::En), Format::Markdown, &exercise, &progress, &zone);
        let expected = "# A \\*small\\* thing\n\n*Done on Saturday, November 28, 2026*\n\n## In words\n\nFirst line\\\n\\# not a heading\n\n1\\. \\_you\\_ \\& me\\\n\u{a0}far in\n\n## Some\n\nMilk\\\nhoney\n\n## How much\n\n4 of 5\n\n## In order\n\n1. Rain\n2. Sun\n\n## Apart\n\n*What is good?*\n\nTea.\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn plain_text_is_what_was_written() {
        let (exercise, progress) = made();
        let zone = TimeZone::get("America/Toronto").unwrap();
        let invitation = Invitation::default();
        let pairs = [(&exercise, &progress)];
        let text = all(&Texts::new(Language::Fr), Format::Plain, pairs, &invitation, &zone);
        let expected = "Ce que j’ai écrit\n=================\n\nA *small* thing\n---------------\n\nFait le samedi 28 novembre 2026\n\nIn words\nFirst line\n# not a heading\n\n1. _you_ & me\n    far in\n\nSome\nMilk\nhoney\n\nHow much\n4 sur 5\n\nIn order\n1. Rain\n2. Sun\n\nApart\n\nWhat is good?\nTea.\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_name_tells_the_format() {
        assert_eq!(Format::of(Path::new("a.TXT")), Some(Format::Plain));
        assert_eq!(Format::of(Path::new("a.b.md")), Some(Format::Markdown));
        assert_eq!(Format::of(Path::new("a.docx")), None);
        for format in Format::ALL {
            assert_eq!(Format::of(&Path::new("a").with_extension(format.extension())), Some(format));
        }
    }
}
