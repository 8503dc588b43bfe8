//! Typing one letter into an invitation of 2,000 words: the page, with the wording check, beside a bare text editor
//! of the same words; and the check alone, of the whole text and of what a letter changed: `cargo bench --bench draft`.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "a measurement may stop where it stands")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iced::widget::text_editor::{Action, Content, Edit, Motion};
use iced::{Element, Size};
use iced_test::Simulator;
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{Message as OnPage, invitation};
use sameside::app::{Message, Sameside};
use sameside::exercise::checked::Checked;
use sameside::exercise::words::Checker;
use sameside::locale::Language;
use sameside::store::When;
use sameside::system::Appearance;

const SIZE: Size = Size::new(1280.0, 800.0);

/// About 2,000 made-up words, some of which are noticed.
fn words() -> String {
    // No two sentences are the same: what was found in one does not help with the next.
    let some = |n: usize| {
        format!(
            "I miss evening {n}, and I would like to find it again with you. You never have to decide on day {n}. In week \
             {n} you never asked how I was. Would you come along {n} times, or just once, and then we each decide? "
        )
    };
    let each = some(0).split_whitespace().count();
    (0..=2_000 / each).map(some).collect()
}

fn draft() -> Sameside {
    let before = state(Preset::HalfWay, Language::En, |_| {});
    let mut desk = Desk::in_memory(before.desk().data.clone(), before.desk().now());
    desk.change_invitation(When::Now, |invitation| invitation.edit(&words()));
    Sameside::new(desk, Page::Invitation, Appearance::default(), &[])
}

fn settings() -> iced::Settings {
    iced::Settings { default_font: sameside::app::theme::REGULAR, ..iced::Settings::default() }
}

fn typed(content: &mut Content) {
    content.perform(Action::Edit(Edit::Insert('a')));
    content.perform(Action::Edit(Edit::Backspace));
}

fn bench(criterion: &mut Criterion) {
    sameside::app::pictures::load_fonts();
    let text = words();
    let mut group = criterion.benchmark_group("a letter typed and taken back in 2,000 words");
    group.sample_size(20);
    let mut page = draft();
    group.bench_function("the invitation, checked", |bencher| {
        bencher.iter(|| {
            for edit in [Edit::Insert('a'), Edit::Backspace] {
                let typed = invitation::Message::Typed(Action::Edit(edit));
                let _ = page.update(Message::Screen(OnPage::Invitation(typed)));
            }
            black_box(Simulator::with_size(settings(), SIZE, page.view()));
        });
    });
    let mut bare = Content::with_text(&text);
    bare.perform(Action::Move(Motion::DocumentEnd));
    group.bench_function("a bare text editor", |bencher| {
        bencher.iter(|| {
            typed(&mut bare);
            let editor: Element<'_, Action> = iced::widget::text_editor(&bare).on_action(|action| action).into();
            black_box(Simulator::with_size(settings(), SIZE, editor));
        });
    });
    group.finish();
    let checker = Checker::of(Language::En);
    criterion.bench_function("the check alone, 2,000 words", |bencher| {
        bencher.iter(|| black_box(checker.check(black_box(&text))));
    });
    let mut checked = Checked::default();
    checked.look_at(&text, Language::En);
    assert_eq!(checked.findings().count(), checker.check(&text).len());
    for (place, at) in [("at the end", text.len()), ("in the middle", text.len() / 2)] {
        let mut longer = text.clone();
        longer.insert(at, 'a');
        criterion.bench_function(
            &format!("the check of a letter typed and taken back {place} of 2,000 words"),
            |bencher| {
                bencher.iter(|| {
                    for text in [&longer, &text] {
                        checked.look_at(black_box(text), Language::En);
                    }
                    black_box(checked.findings().count())
                });
            },
        );
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
