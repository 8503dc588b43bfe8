//! When the reminder speaks next, and why it is quiet.

use iced::Element;
use iced::widget::{Column, column};

use super::{Message, Moment, capital, unbroken};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::Stand;
use crate::moment::{Foresight, Plan, Rule, Verdict, decide, forecast};
use crate::watch::report::sentences;

/// How many moments are listed.
const NEXT: usize = 3;
/// How many days "why so quiet?" looks ahead.
const DAYS_AHEAD: u16 = 14;

impl Moment {
    /// The next moments in words, and the rule behind each silence.
    pub(super) fn ahead<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let plan = &ctx.desk.data.plan;
        let mut lines: Column<'a, Message> = column![look.heading(ctx.text("moment-ahead-title"))].spacing(space::S);
        match moments(ctx) {
            Ok(moments) => {
                if !plan.on {
                    lines = lines.push(look.body(ctx.text("moment-ahead-off")));
                }
                for moment in moments {
                    lines = lines.push(look.strong(moment));
                }
                lines = lines.push(look.note(ctx.text("moment-ahead-note")));
            }
            Err(rule) => lines = lines.push(look.body(ctx.text(rule.key()))),
        }
        let fold = if self.why { Icon::ChevronUp } else { Icon::ChevronDown };
        let why = look.link_icon(fold, &ctx.text("moment-why"), Message::WhySwitched).stand(Stand::Expanded(self.why));
        lines = lines.push(why);
        if self.why {
            lines = lines.push(look.note(ctx.text("moment-why-lead")));
            for line in silences(ctx) {
                lines = lines.push(look.body(capital(&line)));
            }
        }
        let fold = if self.rules { Icon::ChevronUp } else { Icon::ChevronDown };
        let unfold = look.link_icon(fold, &ctx.text("moment-rules"), Message::RulesSwitched);
        lines = lines.push(unfold.stand(Stand::Expanded(self.rules)));
        if self.rules {
            lines = lines.push(look.note(ctx.text("moment-rules-lead")));
            lines = lines.push(rules(ctx)).push(look.note(ctx.text("moment-rules-more")));
        }
        look.accent_card(lines)
    }
}

/// Every rule that rests on something, and what that is; rules that rest on the same stand together.
fn rules(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let rules: Vec<(Rule, &str)> = Rule::ALL.into_iter().filter_map(|rule| Some((rule, rule.basis_key()?))).collect();
    let mut lines: Column<'_, Message> = column![].spacing(12.0);
    for group in rules.chunk_by(|(_, one), (_, next)| one == next) {
        let mut words: Column<'_, Message> = column![].spacing(2.0);
        for (rule, _) in group {
            words = words.push(look.body(ctx.text(rule.key())));
        }
        let basis = group.first().map(|(_, basis)| look.note(ctx.text(basis)));
        lines = lines.push(words.push(basis));
    }
    lines.into()
}

/// The plan as it would be with the reminder on, so that one sees what one is about to switch on.
fn switched_on(plan: &Plan) -> Plan {
    Plan { on: true, safety_seen: true, ..plan.clone() }
}

/// The next moments in words, or the rule that keeps them away.
fn moments(ctx: Ctx<'_>) -> Result<Vec<String>, Rule> {
    let desk = ctx.desk;
    let word = desk.card(desk.here().other()).word;
    let (plan, spoken, now) = (switched_on(&desk.data.plan), &desk.data.spoken, desk.now());
    let days = plan.days_between().saturating_mul(3).saturating_add(28).min(400);
    let told: Vec<String> = forecast(&plan, spoken, word, &now, days)
        .into_iter()
        .filter_map(|window| match window.what {
            Foresight::Speaks(at, _) => {
                let date = capital(&ctx.texts.date(at.date()));
                let time = unbroken(ctx.texts, at.time());
                Some(ctx.text_with("moment-ahead-one", &[("date", date.into()), ("time", time.into())]))
            }
            Foresight::Silent(_) => None,
        })
        .take(NEXT)
        .collect();
    if !told.is_empty() {
        return Ok(told);
    }
    match decide(&plan, spoken, word, &now) {
        Verdict::Silent { rule, .. } => Err(rule),
        Verdict::Speak(..) => Ok(told),
    }
}

/// The quiet times to come, each with what happens in it: the same words as `sameside moments`.
fn silences(ctx: Ctx<'_>) -> Vec<String> {
    let desk = ctx.desk;
    let word = desk.card(desk.here().other()).word;
    sentences(ctx.texts, &forecast(&desk.data.plan, &desk.data.spoken, word, &desk.now(), DAYS_AHEAD))
}
