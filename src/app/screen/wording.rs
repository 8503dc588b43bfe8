//! What the wording check noticed, said kindly under a text: what, why, what could stand there instead. It blocks
//! nothing, and what someone means that way is not said again.

use iced::Element;
use iced::widget::text_editor::Content;
use iced::widget::{Column, column};

use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::theme::space;
use crate::exercise::Meant;
use crate::exercise::checked::Checked;
use crate::exercise::notice::{Noticed, caret_of, missing, notice};
use crate::exercise::words::Part;
use crate::locale::Language;

/// How many are shown at once: more would be a lecture.
const SHOWN: usize = 3;

/// What was noticed in a text, and what a whole invitation could still have.
#[derive(Debug, Default)]
pub struct Wording {
    checked: Checked,
    noticed: Vec<Noticed>,
    missing: Vec<Part>,
}

impl Wording {
    /// Looks at `content`. While someone is `typing`, the word at the caret is left alone. What the person means that
    /// way in their invitation is passed over.
    pub fn look_at(&mut self, desk: &Desk, language: Language, content: &Content, typing: bool) {
        self.checked.look_at(&content.text(), language);
        self.missing = missing(&self.checked).into_iter().map(|missing| missing.part).collect();
        let caret = typing.then(|| caret_in(&self.checked, content));
        self.noticed = notice(&self.checked, &desk.space().invitation.meant, caret);
    }

    /// Draws it; nothing if nothing was noticed. `meant` is said when someone stands by their words.
    pub fn view<'a, M: Clone + 'a>(&self, ctx: Ctx<'a>, meant: impl Fn(Meant) -> M) -> Element<'a, M> {
        column![].spacing(space::S).push(noticed(ctx, &self.noticed, meant)).push(could_have(ctx, &self.missing)).into()
    }
}

/// Where the caret of `content` stands in its text.
fn caret_in(checked: &Checked, content: &Content) -> usize {
    let caret = content.cursor().position;
    caret_of(checked.text(), caret.line, caret.column)
}

/// The same under the draft of an exercise, which is written in `content`.
pub fn under<'a, M: Clone + 'a>(
    ctx: Ctx<'a>,
    checked: &Checked,
    content: &Content,
    meant: impl Fn(Meant) -> M,
) -> Option<Element<'a, M>> {
    let known = &ctx.desk.space().invitation.meant;
    noticed(ctx, &notice(checked, known, Some(caret_in(checked, content))), meant)
}

/// The same under one line, which is `text`. A field tells no caret: what is noticed waits for the end of the word.
pub fn under_line<'a, M: Clone + 'a>(ctx: Ctx<'a>, text: &str, meant: impl Fn(Meant) -> M) -> Option<Element<'a, M>> {
    let mut checked = Checked::default();
    checked.look_at(text, ctx.texts.language());
    let typed = Some(text.len()).filter(|_| text.ends_with(char::is_alphanumeric));
    noticed(ctx, &notice(&checked, &ctx.desk.space().invitation.meant, typed), meant)
}

/// Draws what was noticed; nothing if that is nothing.
fn noticed<'a, M: Clone + 'a>(ctx: Ctx<'a>, noticed: &[Noticed], meant: impl Fn(Meant) -> M) -> Option<Element<'a, M>> {
    let look = ctx.look;
    if noticed.is_empty() {
        return None;
    }
    let mut lines: Column<'a, M> =
        column![look.strong(ctx.text("wording-title")), look.note(ctx.text("wording-note"))].spacing(space::S);
    for one in noticed.iter().take(SHOWN) {
        let quoted = ctx.text_with("wording-quoted", &[("words", one.words.clone().into())]);
        let stand = ctx.text_with("wording-meant", &[("words", quoted.clone().into())]);
        let mut said: Column<'a, M> = column![look.strong(quoted)].spacing(space::XS);
        if one.first {
            said = said.push(look.note(ctx.text("wording-first")));
        }
        said = said
            .push(look.body(one.why.clone()))
            .push(look.quiet_words(one.instead.clone()))
            .push(look.link(&stand, meant(one.meant.clone())));
        lines = lines.push(look.hairline()).push(said);
    }
    if noticed.len() > SHOWN {
        let more = ctx.text_with("wording-more", &[("count", (noticed.len() - SHOWN).into())]);
        lines = lines.push(look.note(more));
    }
    Some(look.card(lines))
}

/// What could still be there, in one quiet line.
fn could_have<'a, M: 'a>(ctx: Ctx<'a>, missing: &[Part]) -> Option<Element<'a, M>> {
    let name = |part: &Part| {
        ctx.text(match part {
            Part::Choice => "wording-could-choice",
            Part::Feeling => "wording-could-feeling",
            Part::OneSession => "wording-could-one-session",
            Part::Thanks => "wording-could-thanks",
        })
    };
    let parts = missing.iter().map(name).collect::<Vec<_>>().join(", ");
    (!parts.is_empty()).then(|| ctx.look.note(ctx.text_with("wording-could", &[("parts", parts.into())])).into())
}
