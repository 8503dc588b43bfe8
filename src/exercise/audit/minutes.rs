//! How long an exercise takes, from what there is to read, to write and to wait for.
//!
//! Reading: 238 words a minute silently and 183 aloud, the means over 190 studies (Brysbaert 2019, Journal of Memory and
//! Language 109, 104047, for English prose; French is counted the same, which is on the slow side for it, since it takes
//! a few more words to say a thing).
//!
//! Writing: two fingers on a phone copy 36 words a minute (Palin et al. 2019, MobileHCI, 37,000 people). Whoever looks
//! for words about themselves is slower; half of that is taken, as a guess. How many words: those of the hint, which
//! shows how much is meant.
//!
//! Everything else is a guess of ours, made to be rather too long than too short: a moment to think before an answer, and
//! the time that a tap takes. Nobody was timed. A person who lingers needs longer, and may.

use crate::exercise::model::{Exercise, Item, Kind, Step};
use crate::exercise::names::Who;
use crate::exercise::reading::words;

/// Words read silently in a minute.
const SILENT: f32 = 238.0;
/// Words read aloud in a minute.
const ALOUD: f32 = 183.0;
/// Words written in a minute by someone who looks for them.
const WRITTEN: f32 = 18.0;
/// Seconds to think before one writes.
const THOUGHT: f32 = 12.0;
/// Seconds to choose from a list that was read, or a number.
const CHOICE: f32 = 6.0;
/// Seconds to put one thing of a list in its place.
const PLACED: f32 = 3.0;
/// Seconds to change a word in a draft.
const CHANGED: f32 = 15.0;
/// Seconds to hand the device over, and for the other to be there.
const HANDED: f32 = 10.0;
/// Seconds between two turns, with the device where both see it.
const SWAPPED: f32 = 5.0;
/// Seconds in which one says back what one heard in a sentence or two, and the other answers.
const SAID_BACK: f32 = 30.0;
/// Seconds to tap on to the next step.
const TAPPED: f32 = 2.0;

/// How many minutes `exercise` takes by the rules of this module, from "Begin" to its end, with every step done. For two
/// people with one device, it counts both; turns in an exercise that one does alone say themselves that they may be left
/// out, and are.
#[must_use]
pub fn estimate(exercise: &Exercise) -> f32 {
    let is_done = |step: &&Step| exercise.who == Who::Both || !matches!(step.kind, Kind::Turns { .. });
    exercise.steps.iter().filter(is_done).map(of_step).sum::<f32>() / 60.0
}

fn silent(text: &str) -> f32 {
    words(text) as f32 / SILENT * 60.0
}

fn aloud(text: &str) -> f32 {
    words(text) as f32 / ALOUD * 60.0
}

fn written(hint: &str) -> f32 {
    silent(hint) + THOUGHT + words(hint) as f32 / WRITTEN * 60.0
}

fn of_step(step: &Step) -> f32 {
    let list = |items: &[Item]| items.iter().map(|item| silent(&item.label)).sum::<f32>();
    let text = if matches!(step.kind, Kind::Read { aloud: true }) { aloud(&step.text) } else { silent(&step.text) };
    let done = match &step.kind {
        Kind::Read { .. } => 0.0,
        Kind::Write { hint, .. } => written(hint),
        Kind::Choose { options, .. } => list(options) + CHOICE,
        Kind::Scale { low, high, .. } => silent(low) + silent(high) + CHOICE,
        Kind::Sort { items } => list(items) + PLACED * items.len() as f32,
        Kind::Breathe { seconds, .. } => f32::from(*seconds),
        Kind::Timer { minutes } => f32::from(*minutes) * 60.0,
        Kind::Turns { minutes, rounds, speaker, listener } => {
            let turn = f32::from(*minutes) * 60.0 + SWAPPED;
            silent(speaker) + silent(listener) + 2.0 * f32::from(*rounds) * turn
        }
        Kind::Paraphrase { listener, speaker } => 2.0 * (silent(listener) + silent(speaker) + SAID_BACK),
        // Both write, look through what they wrote, and read the other's.
        Kind::Apart { question, hint, .. } => {
            2.0 * (silent(question) + written(hint) + silent(hint) + CHOICE + HANDED + silent(hint))
        }
        Kind::Draft { template, .. } => aloud(template) + CHANGED,
        Kind::CheckBack { .. } => CHOICE,
    };
    silent(&step.title) + text + done + TAPPED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Library;
    use crate::locale::Language;

    #[test]
    fn the_minutes_that_are_told_are_about_those_it_takes() {
        let mut wrong = Vec::new();
        for language in Language::ALL {
            for exercise in Library::new(language, &[]).exercises {
                let (told, takes) = (f32::from(exercise.minutes), estimate(&exercise));
                // Told in whole minutes; rather too many than too few.
                if told + 0.5 < takes || told > takes * 1.5 + 0.5 {
                    wrong.push(format!("{}/{}: told {told}, takes {takes:.1}", language.code(), exercise.id));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    }

    #[test]
    fn short_ones_are_short_full_ones_full_and_talking_in_turns_ends_in_time() {
        for language in Language::ALL {
            for exercise in Library::new(language, &[]).exercises {
                let (id, takes) = (&exercise.id, estimate(&exercise));
                if id == "speaker-listener" {
                    assert!((9.5..=12.5).contains(&takes), "{id}: {takes}");
                } else if exercise.approach.is_some() {
                    // Each approach has one under 5 minutes and one of 5 to 8.
                    let fits =
                        if exercise.minutes < 5 { (2.0..5.0).contains(&takes) } else { (4.0..=8.5).contains(&takes) };
                    assert!(fits, "{id}: {takes}");
                }
            }
        }
    }
}
