//! What the columns of a spreadsheet are, asked when their headings do not say.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Fault, Import, Stage, first_rows};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::screen::Action;
use crate::app::theme::space;
use crate::directory::import::{Mapping, Target};
use crate::locale::Texts;

/// What a column may be, in the order in which it is offered, and the name of the text for it.
const TARGETS: [(&str, &str); 22] = [
    ("Name", "therapist-name"),
    ("first name", "import-first-name"),
    ("last name", "import-last-name"),
    ("Phones", "therapist-phones"),
    ("Mails", "therapist-mails"),
    ("Web pages", "therapist-webs"),
    ("Practice", "therapist-practice"),
    ("Credential", "therapist-credential"),
    ("Street", "therapist-street"),
    ("City", "therapist-city"),
    ("Region", "therapist-region"),
    ("Postal code", "therapist-postcode"),
    ("Country", "therapist-country"),
    ("Fee", "therapist-fee"),
    ("Taking new couples", "therapist-taking-new"),
    ("Couples training", "therapist-training"),
    ("In person", "therapist-in-person"),
    ("Online", "therapist-online"),
    ("Languages", "therapist-languages"),
    ("Topics", "therapist-topics"),
    ("to notes", "therapist-notes"),
    ("nothing", "import-leave-out"),
];

/// The columns of a file, and what was said about them.
#[derive(Debug)]
pub(super) struct Columns {
    rows: Vec<Vec<String>>,
    mapping: Mapping,
    /// The column that is being answered.
    open: Option<usize>,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// A column was opened or closed.
    Folded(usize),
    /// A column was answered.
    Answered(usize, &'static str),
    /// The first row is headings, or a therapist.
    HeadingsSwitched,
    /// All of them were answered.
    Done,
}

impl Columns {
    fn heading(&self, at: usize) -> String {
        if self.mapping.no_headings {
            return (at + 1).to_string();
        }
        self.rows.first().and_then(|row| row.get(at)).cloned().unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// What a column is: as it was said, or as its heading says.
    fn target(&self, at: usize) -> Option<Target> {
        let heading = self.heading(at);
        let told = || (!self.mapping.no_headings).then(|| Target::of_heading(&heading)).flatten();
        self.mapping.get(&heading).cloned().or_else(told)
    }

    /// A name is needed.
    fn is_enough(&self) -> bool {
        let is_name = |target: Target| match target {
            Target::Field(heading) => heading == "Name",
            Target::FirstName | Target::LastName => true,
            Target::Notes | Target::Nothing => false,
        };
        (0..self.count()).filter_map(|at| self.target(at)).any(is_name)
    }
}

impl Import {
    pub(super) fn ask_columns(&mut self) -> Action<super::Message> {
        let path = match &self.stage {
            Stage::Preview(path, ..) => path.clone(),
            _ => PathBuf::from(&self.path),
        };
        Action::Run(first_rows(path))
    }

    pub(super) fn take_columns(
        &mut self,
        path: PathBuf,
        read: &Arc<Result<Vec<Vec<String>>, Fault>>,
        desk: &Desk,
        texts: &Texts,
    ) {
        match &**read {
            Ok(rows) => {
                let mapping = self.choice(desk).mapping;
                self.trouble = None;
                let mut columns = Columns { rows: rows.clone(), mapping, open: None };
                columns.open = (0..columns.count()).find(|at| columns.target(*at).is_none());
                self.stage = Stage::Mapping(path, columns);
            }
            Err(fault) => self.trouble = Some(fault.words(texts)),
        }
    }

    pub(super) fn answer_column(&mut self, message: Message, desk: &Desk) -> Action<super::Message> {
        let Stage::Mapping(path, columns) = &mut self.stage else { return Action::None };
        match message {
            Message::Folded(at) => columns.open = (columns.open != Some(at)).then_some(at),
            Message::Answered(at, target) => {
                let heading = columns.heading(at);
                if let Some(target) = Target::parse(target) {
                    columns.mapping.set(&heading, target);
                }
                columns.open = None;
            }
            Message::HeadingsSwitched => {
                columns.mapping.no_headings = !columns.mapping.no_headings;
            }
            Message::Done => {
                self.mapping = Some(columns.mapping.clone());
                let path = path.clone();
                return Action::Run(self.read(path, desk));
            }
        }
        Action::None
    }
}

/// Draws the columns.
pub(super) fn view<'a>(columns: &'a Columns, ctx: Ctx<'a>) -> Element<'a, super::Message> {
    let look = ctx.look;
    let mut lines: Column<'a, super::Message> = column![
        look.title(ctx.text("import-columns-title")),
        look.lead(ctx.text("import-columns-lead")),
        look.switch(
            &ctx.text("import-columns-headings"),
            !columns.mapping.no_headings,
            super::Message::Column(Message::HeadingsSwitched)
        ),
    ]
    .spacing(space::M);
    let mut all = column![].spacing(space::S);
    for at in 0..columns.count() {
        all = all.push(one(columns, at, ctx));
    }
    lines = lines.push(all);
    let done = columns.is_enough().then_some(super::Message::Column(Message::Done));
    if done.is_none() {
        lines = lines.push(look.note(ctx.text("import-columns-name-first")));
    }
    let buttons = row![
        look.primary(&ctx.text("import-columns-done"), done),
        look.link(&ctx.text("cancel"), super::Message::CancelChosen),
    ]
    .spacing(space::S);
    lines.push(buttons.wrap().vertical_spacing(space::S)).into()
}

fn one<'a>(columns: &'a Columns, at: usize, ctx: Ctx<'a>) -> Element<'a, super::Message> {
    let look = ctx.look;
    let heading = columns.heading(at);
    let skip = usize::from(!columns.mapping.no_headings);
    let sample = columns.rows.iter().skip(skip).filter_map(|row| row.get(at)).find(|cell| !cell.is_empty());
    let shown = if columns.mapping.no_headings || heading.is_empty() {
        ctx.text_with("import-column-number", &[("number", (at + 1).into())])
    } else {
        heading.clone()
    };
    let target = columns.target(at);
    let chosen = target.as_ref().map(Target::as_str);
    let label = TARGETS.iter().find(|(target, _)| chosen == Some(*target)).map(|(_, key)| ctx.text(key));
    let label = label.or_else(|| chosen.map(|_| ctx.text("import-column-known")));
    let is_open = columns.open == Some(at);
    let folded = super::Message::Column(Message::Folded(at));
    let line = look.fold(&shown, &label.unwrap_or_default(), is_open, folded);
    if !is_open {
        return line.into();
    }
    let mut inside: Column<'a, super::Message> = column![].spacing(space::XS);
    if let Some(sample) = sample {
        let short: String = sample.chars().take(80).collect();
        inside = inside.push(look.quiet_words(ctx.text_with("import-column-sample", &[("sample", short.into())])));
    }
    for (target, key) in TARGETS {
        let answered = super::Message::Column(Message::Answered(at, target));
        inside = inside.push(look.radio(&ctx.text(key), chosen == Some(target), answered));
    }
    column![line, look.card(inside)].spacing(space::S).into()
}
