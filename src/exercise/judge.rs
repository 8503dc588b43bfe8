//! The rules that an exercise has to keep beyond being readable.

use std::collections::BTreeSet;

use super::draft::{self, Piece};
use super::model::{Exercise, Fault, Item, Kind, Step, is_id};
use super::source::Places;

const ONLY: &str = "use only a to z, 0 to 9 and -, at most 64 of them";

/// Judges `exercise`, read from `text` in the file `<name>.ron`.
pub(super) fn judge(name: &str, text: &str, exercise: &Exercise) -> Result<(), Fault> {
    Judge { places: Places::of(text) }.exercise(name, exercise)
}

struct Judge<'a> {
    places: Places<'a>,
}

impl Judge<'_> {
    fn fault<T>(&self, path: &str, what: impl Into<String>) -> Result<T, Fault> {
        let (line, column) = self.places.line_column(path);
        Err(Fault { line, column, what: what.into() })
    }

    fn filled(&self, path: &str, text: &str) -> Result<(), Fault> {
        if text.trim().is_empty() { self.fault(path, "this is empty; write something here") } else { Ok(()) }
    }

    fn within(&self, path: &str, number: u16, from: u16, to: u16) -> Result<(), Fault> {
        if (from..=to).contains(&number) {
            Ok(())
        } else {
            self.fault(path, format!("{number} is not possible here; give a number from {from} to {to}"))
        }
    }

    fn exercise(&self, name: &str, exercise: &Exercise) -> Result<(), Fault> {
        if exercise.schema == 0 {
            return self.fault("schema", "schemas begin at 1");
        }
        let id = &exercise.id;
        if !is_id(id) {
            return self.fault("id", format!("\"{id}\" cannot be an id; {ONLY}"));
        }
        if id != name {
            return self
                .fault("id", format!("the id \"{id}\" and the file name \"{name}.ron\" differ; make them the same"));
        }
        self.filled("title", &exercise.title)?;
        self.filled("summary", &exercise.summary)?;
        self.within("minutes", exercise.minutes.into(), 1, 60)?;
        self.filled("why", &exercise.why)?;
        if let Some(safety) = &exercise.safety {
            self.filled("safety", safety)?;
        }
        if exercise.steps.is_empty() {
            return self.fault("steps", "there are no steps; add at least one");
        }
        for (index, step) in exercise.steps.iter().enumerate() {
            let earlier = exercise.steps.get(..index).unwrap_or_default();
            self.step(exercise.schema, &format!("steps[{index}]"), step, earlier)?;
        }
        Ok(())
    }

    fn step(&self, schema: u32, path: &str, step: &Step, earlier: &[Step]) -> Result<(), Fault> {
        let id = &step.id;
        let id_path = format!("{path}.id");
        if !is_id(id) {
            return self.fault(&id_path, format!("\"{id}\" cannot be an id; {ONLY}"));
        }
        if earlier.iter().any(|other| other.id == *id) {
            return self.fault(&id_path, format!("an earlier step has the id \"{id}\" as well; give this one another"));
        }
        self.filled(&format!("{path}.title"), &step.title)?;
        self.filled(&format!("{path}.text"), &step.text)?;
        let at = |field: &str| format!("{path}.kind.{field}");
        let since = step.kind.since();
        if since > schema {
            let what = format!("this kind of step came with schema {since}; write `schema: {since}` at the top");
            return self.fault(&format!("{path}.kind"), what);
        }
        match &step.kind {
            Kind::Read { .. } => Ok(()),
            Kind::Write { lines, .. } => self.within(&at("lines"), (*lines).into(), 1, 12),
            Kind::Choose { options, .. } => self.items(&at("options"), options, 1),
            Kind::Scale { steps, low, high } => {
                self.within(&at("steps"), (*steps).into(), 2, 10)?;
                self.filled(&at("low"), low)?;
                self.filled(&at("high"), high)
            }
            Kind::Sort { items } => self.items(&at("items"), items, 2),
            Kind::Breathe { seconds, breathe_in, breathe_out } => {
                self.within(&at("seconds"), *seconds, 10, 600)?;
                self.within(&at("breathe_in"), (*breathe_in).into(), 1, 20)?;
                self.within(&at("breathe_out"), (*breathe_out).into(), 1, 20)
            }
            Kind::Timer { minutes } => self.within(&at("minutes"), (*minutes).into(), 1, 60),
            Kind::Turns { minutes, rounds, speaker, listener } => {
                self.within(&at("minutes"), (*minutes).into(), 1, 30)?;
                self.within(&at("rounds"), (*rounds).into(), 1, 6)?;
                self.filled(&at("speaker"), speaker)?;
                self.filled(&at("listener"), listener)
            }
            Kind::Paraphrase { listener, speaker } => {
                self.filled(&at("listener"), listener)?;
                self.filled(&at("speaker"), speaker)
            }
            Kind::Apart { question, lines, .. } => {
                self.filled(&at("question"), question)?;
                self.within(&at("lines"), (*lines).into(), 1, 12)
            }
            Kind::Draft { template, .. } => self.template(&at("template"), template, earlier),
            Kind::CheckBack { days } => self.within(&at("days"), *days, 1, 90),
        }
    }

    fn items(&self, path: &str, items: &[Item], least: usize) -> Result<(), Fault> {
        if items.len() < least {
            let here = items.len();
            return self.fault(path, format!("there is too little to choose from: {here}; add more, {least} at least"));
        }
        let mut seen = BTreeSet::new();
        for (index, item) in items.iter().enumerate() {
            let id_path = format!("{path}[{index}].id");
            let id = &item.id;
            if !is_id(id) {
                return self.fault(&id_path, format!("\"{id}\" cannot be an id; {ONLY}"));
            }
            if !seen.insert(id) {
                return self
                    .fault(&id_path, format!("\"{id}\" is there twice in this step; give one of them another id"));
            }
            self.filled(&format!("{path}[{index}].label"), &item.label)?;
        }
        Ok(())
    }

    fn template(&self, path: &str, template: &str, earlier: &[Step]) -> Result<(), Fault> {
        self.filled(path, template)?;
        let pieces = match draft::pieces(template) {
            Ok(pieces) => pieces,
            Err(stray) => {
                let (line, column) = self.places.inside(path, stray);
                let what = "a { without its }, or the other way round; write {step-id}".to_owned();
                return Err(Fault { line, column, what });
            }
        };
        for piece in pieces {
            let Piece::Answer(name) = piece else { continue };
            let what = match earlier.iter().find(|step| step.id == name) {
                Some(step) if step.kind.asks() => continue,
                Some(_) => format!("the step \"{name}\" has no answer that could stand here"),
                None => format!("no earlier step has the id \"{name}\""),
            };
            let (line, column) = self.places.inside(path, &format!("{{{name}}}"));
            return Err(Fault { line, column, what });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::parse;

    const GOOD: &str = r#"(
  schema: 1,
  id: "a-b",
  title: "Title",
  summary: "One sentence.",
  who: Asker,
  stage: Prepare,
  approach: Some(Impact),
  minutes: 5,
  why: "Because.",
  evidence: [],
  safety: None,
  steps: [
    (id: "calm", title: "T", text: "X.", kind: Choose(options: [(id: "o", label: "O"), (id: "p", label: "P")], many: true, own_words: false)),
    (id: "read", title: "T", text: "X.", kind: Read(aloud: true)),
    (id: "much", title: "T", text: "X.", kind: Scale(steps: 5, low: "L", high: "H")),
    (id: "say", title: "T", text: "X.", kind: Draft(template: "When {calm}, {much}.", part: Some(Plan))),
  ],
)"#;

    /// Line and column of the fault after `from` became `to`, and what was said.
    fn spoilt(from: &str, to: &str) -> (usize, usize, String) {
        assert!(GOOD.contains(from), "{from} is not in the text");
        let fault = parse("a-b.ron", &GOOD.replacen(from, to, 1)).expect_err(to);
        (fault.line, fault.column, fault.what)
    }

    #[test]
    fn a_good_one_is_read() {
        let exercise = parse("a-b.ron", GOOD).expect("good");
        assert_eq!(exercise.steps.len(), 4);
        assert_eq!(parse("a-b", &format!("\u{feff}{}", GOOD.replace('\n', "\r\n"))).expect("Windows"), exercise);
    }

    #[test]
    fn every_rule_names_its_place() {
        let cases = [
            ("minutes: 5", "minutes: 0", (9, 3), "from 1 to 60"),
            ("minutes: 5", "minutes: 61", (9, 3), "from 1 to 60"),
            ("id: \"a-b\"", "id: \"a-c\"", (3, 3), "file name"),
            ("id: \"a-b\"", "id: \"A b\"", (3, 3), "cannot be an id"),
            ("title: \"Title\"", "title: \" \"", (4, 3), "empty"),
            ("id: \"read\"", "id: \"calm\"", (15, 6), "earlier step"),
            ("id: \"read\"", "id: \"réad\"", (15, 6), "cannot be an id"),
            ("{calm}", "{later}", (17, 69), "no earlier step"),
            ("{calm}", "{say}", (17, 69), "no earlier step"),
            ("{calm}", "{read}", (17, 69), "no answer"),
            ("{calm}", "{calm", (17, 69), "without its"),
            ("{calm}", "calm}", (17, 73), "without its"),
            ("steps: 5", "steps: 1", (16, 54), "from 2 to 10"),
            ("steps: 5", "steps: 11", (16, 54), "from 2 to 10"),
            ("id: \"p\"", "id: \"o\"", (14, 89), "twice"),
            ("label: \"P\"", "label: \"\"", (14, 98), "empty"),
            ("[(id: \"o\", label: \"O\"), (id: \"p\", label: \"P\")]", "[]", (14, 55), "add more"),
        ];
        for (from, to, place, part) in cases {
            let (line, column, what) = spoilt(from, to);
            assert_eq!((line, column), place, "{from} → {to}: {what}");
            assert!(what.contains(part), "{from} → {to}: {what}");
        }
    }

    #[test]
    fn what_ron_cannot_read_is_named_too() {
        let (line, _, what) = spoilt("who: Asker", "who: Everyone");
        assert_eq!(line, 6, "{what}");
        let (line, _, what) = spoilt("summary: ", "sumary: ");
        assert_eq!(line, 5, "{what}");
    }

    #[test]
    fn a_newer_file_is_called_newer() {
        let text = GOOD.replace("schema: 1,", "schema: 3, sound: Some(Sea(2)),");
        let fault = parse("a-b", &text).expect_err("newer");
        assert_eq!((fault.line, fault.column), (2, 3));
        assert!(fault.what.contains("schema 3"), "{fault}");
    }

    #[test]
    fn a_kind_that_came_later_needs_its_schema() {
        let apart = "Apart(question: \"Q?\", hint: \"\", lines: 2)";
        let (line, column, what) = spoilt("Read(aloud: true)", apart);
        assert_eq!((line, column), (15, 42), "{what}");
        assert!(what.contains("schema: 2"), "{what}");
        let text = GOOD.replace("schema: 1", "schema: 2").replace("Read(aloud: true)", apart);
        assert!(parse("a-b", &text).is_ok(), "what was kept in a file of the older schema stays good");
        let fault = parse("a-b", &text.replace("Q?", " ")).expect_err("empty");
        assert!(fault.what.contains("empty"), "{fault}");
    }
}
