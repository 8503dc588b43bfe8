//! What filters and sorting look at in a record, packed so that 100,000 records are gone through for every key press.

use crate::directory::fold::fold;
use crate::directory::places::{self, Spot};
use crate::directory::{Therapist, YesNo, languages};

/// A question with a yes or no that a filter or a private wish can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Ask {
    /// Takes new couples.
    TakingNew,
    /// Meets in person.
    InPerson,
    /// Meets online.
    Online,
    /// Has evening hours.
    Evenings,
    /// Has weekend hours.
    Weekends,
    /// Can be reached without steps.
    StepFree,
    /// Asks less of those who earn less.
    SlidingScale,
    /// Gives a receipt that an insurer accepts.
    Receipt,
    /// The first short talk costs nothing.
    FreeConsult,
    /// Keeps no secrets between the two.
    NoSecrets,
    /// Also sees each of the two alone.
    SeesAlone,
    /// Asks each alone about safety at home.
    SafetyScreening,
    /// Gives tasks to do between sessions.
    Homework,
    /// Accepts one trial session.
    TrialSession,
}

impl Ask {
    /// All of them, in the order in which they are packed.
    pub const ALL: [Self; 14] = [
        Self::TakingNew,
        Self::InPerson,
        Self::Online,
        Self::Evenings,
        Self::Weekends,
        Self::StepFree,
        Self::SlidingScale,
        Self::Receipt,
        Self::FreeConsult,
        Self::NoSecrets,
        Self::SeesAlone,
        Self::SafetyScreening,
        Self::Homework,
        Self::TrialSession,
    ];

    /// The answer in a record.
    #[must_use]
    pub const fn of(self, therapist: &Therapist) -> YesNo {
        match self {
            Self::TakingNew => therapist.taking_new,
            Self::InPerson => therapist.in_person,
            Self::Online => therapist.online,
            Self::Evenings => therapist.evenings,
            Self::Weekends => therapist.weekends,
            Self::StepFree => therapist.step_free,
            Self::SlidingScale => therapist.sliding_scale,
            Self::Receipt => therapist.receipt,
            Self::FreeConsult => therapist.free_consult,
            Self::NoSecrets => therapist.no_secrets,
            Self::SeesAlone => therapist.sees_alone,
            Self::SafetyScreening => therapist.safety_screening,
            Self::Homework => therapist.homework,
            Self::TrialSession => therapist.trial_session,
        }
    }
}

/// Some training in couples work is known.
const TRAINED: u32 = 1 << 31;

/// Between two parts of [`Facts::texts`]; taken out of the texts themselves.
const BETWEEN: char = '\u{1f}';

/// The texts that are kept folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// The languages: the tag of each, or what it is called where no tag is known.
    Languages,
    /// The training in couples work.
    Training,
    /// The gender, if it was noted.
    Gender,
    /// Town, region, postal code and country.
    Place,
}

/// See the module's documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Two bits for each of [`Ask::ALL`], and [`TRAINED`].
    answers: u32,
    /// Fee in minor units and its currency in capitals, zeros where it was not said.
    pub fee: Option<(u32, [u8; 3])>,
    /// Where they work, as far as it is known.
    pub spot: Option<Spot>,
    /// Share of the practice that is couples, in percent.
    pub couples_share: Option<u8>,
    /// Weeks until a first session.
    pub wait_weeks: Option<u16>,
    /// The day on which someone last looked, in days since 1970.
    pub checked: Option<i32>,
    /// Folded languages, training, gender and place.
    texts: Box<str>,
}

/// The currency of an amount, three bytes long.
#[must_use]
pub fn currency(code: &str) -> [u8; 3] {
    let mut bytes = [0; 3];
    for (slot, byte) in bytes.iter_mut().zip(code.bytes()) {
        *slot = byte.to_ascii_uppercase();
    }
    bytes
}

impl Facts {
    /// The facts of a record.
    #[must_use]
    pub fn of(therapist: &Therapist) -> Self {
        let answers = Ask::ALL.iter().rev().fold(0, |bits, ask| {
            bits << 2
                | match ask.of(therapist) {
                    YesNo::Unknown => 0,
                    YesNo::Yes => 1,
                    YesNo::No => 2,
                }
        });
        let answers = answers | if therapist.couples_training.is_empty() { 0 } else { TRAINED };
        let mut texts = String::new();
        let mut put = |text: &str, after: char| {
            texts.extend(fold(text.trim()).chars().filter(|c| *c != BETWEEN));
            texts.push(after);
        };
        for language in &therapist.languages {
            put(languages::primary(language).as_deref().unwrap_or(language), '\n');
        }
        put("", BETWEEN);
        for text in &therapist.couples_training {
            put(text, '\n');
        }
        put("", BETWEEN);
        put(&therapist.gender, BETWEEN);
        for text in [&therapist.city, &therapist.region, &therapist.postcode, &therapist.country] {
            if !text.trim().is_empty() {
                put(text, '\n');
            }
        }
        let epoch = jiff::civil::date(1970, 1, 1);
        Self {
            answers,
            fee: therapist
                .fee
                .as_ref()
                .map(|fee| (u32::try_from(fee.minor).unwrap_or(u32::MAX), currency(&fee.currency))),
            spot: places::of(therapist),
            couples_share: therapist.couples_share,
            wait_weeks: therapist.wait_weeks,
            checked: therapist.checked.and_then(|day| day.since(epoch).ok()).map(|span| span.get_days()),
            texts: texts.into_boxed_str(),
        }
    }

    /// What is known of `ask`.
    #[must_use]
    pub fn answer(&self, ask: Ask) -> YesNo {
        match self.answers >> (2 * ask as u32) & 3 {
            1 => YesNo::Yes,
            2 => YesNo::No,
            _ => YesNo::Unknown,
        }
    }

    /// A text, folded; several values stand on lines of their own.
    #[must_use]
    pub fn text(&self, text: Text) -> &str {
        self.texts.split(BETWEEN).nth(text as usize).unwrap_or_default()
    }

    /// How many bytes the texts take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.texts.len()
    }

    /// How well the record fits a couple that knows nothing more about it: for what is known to be so, 0 to 100.
    ///
    /// The weights follow what couples weigh most and what most often fails (domain research, section 5): whether they
    /// take new couples, how much of their work is couples, training, one trial session, and whether the record is
    /// recent. What is not known counts nothing, what is known to be otherwise takes away.
    #[must_use]
    pub fn fit(&self, today: i32) -> u8 {
        let weigh = |ask, weight: i32| match self.answer(ask) {
            YesNo::Yes => weight,
            YesNo::No => -weight,
            YesNo::Unknown => 0,
        };
        let share = match self.couples_share {
            Some(50..) => 15,
            Some(25..) => 8,
            Some(_) => -5,
            None => 0,
        };
        let training = if self.answers & TRAINED == 0 { 0 } else { 12 };
        let recent = match self.checked {
            Some(day) if today - day <= 60 => 8,
            Some(day) if today - day <= 180 => 4,
            _ => 0,
        };
        let soon = match self.wait_weeks {
            Some(0..=4) => 8,
            Some(5..=8) => 4,
            _ => 0,
        };
        let points = 32
            + weigh(Ask::TakingNew, 15)
            + weigh(Ask::TrialSession, 10)
            + weigh(Ask::SlidingScale, 3)
            + weigh(Ask::Evenings, 3)
            + share
            + training
            + recent
            + soon;
        u8::try_from(points.clamp(0, 100)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Money;

    #[test]
    fn every_answer_is_kept_apart() {
        for (place, ask) in Ask::ALL.into_iter().enumerate() {
            assert_eq!(ask as usize, place);
        }
        let therapist = Therapist { taking_new: YesNo::No, trial_session: YesNo::Yes, ..Therapist::default() };
        let facts = Facts::of(&therapist);
        for ask in Ask::ALL {
            assert_eq!(facts.answer(ask), ask.of(&therapist), "{ask:?}");
        }
    }

    #[test]
    fn texts_and_numbers_are_kept() {
        let facts = Facts::of(&Therapist {
            languages: vec!["Français".into(), "EN".into()],
            city: "Lévis".into(),
            fee: Some(Money::new(15_000, "CAD")),
            checked: Some(jiff::civil::date(2026, 11, 1)),
            ..Therapist::default()
        });
        assert_eq!(facts.text(Text::Languages), "fr\nen\n");
        assert_eq!((facts.text(Text::Training), facts.text(Text::Gender)), ("", ""));
        assert_eq!(facts.text(Text::Place), "levis\n");
        assert_eq!((facts.fee, facts.checked), (Some((15_000, *b"CAD")), Some(20_758)));
        assert_eq!(facts.spot, places::find("Lévis"));
        assert!(size_of::<Facts>() <= 56, "{}", size_of::<Facts>());
    }

    #[test]
    fn what_is_known_to_be_good_fits_better() {
        let unknown = Facts::of(&Therapist::default()).fit(20_000);
        let good = Therapist { taking_new: YesNo::Yes, couples_share: Some(80), ..Therapist::default() };
        let bad = Therapist { taking_new: YesNo::No, ..Therapist::default() };
        assert!(Facts::of(&good).fit(20_000) > unknown && Facts::of(&bad).fit(20_000) < unknown);
    }
}
