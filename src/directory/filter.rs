//! Filters: what a couple would rather not see in the list, and why each record is hidden.

use crate::directory::facts::{Ask, Facts, Text, currency};
use crate::directory::fold::fold;
use crate::directory::places::{self, Spot};
use crate::directory::{Money, Therapist, YesNo, languages};

/// Where a session takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// In one room.
    InPerson,
    /// By video.
    Online,
}

/// What to show. The default shows everyone.
///
/// A filter hides a record only for what is known: a therapist of whom nobody has asked the fee stays in sight,
/// because a call can settle it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those who work this way.
    pub setting: Option<Setting>,
    /// Only those near this town or postal code; a text that the table of places does not know is looked for in the
    /// records' own addresses. Empty: anywhere. Whoever is known to meet online stays, unless in person was asked for.
    pub near: String,
    /// How near, in kilometres; 0 for any distance, which leaves the place for sorting alone.
    pub within_km: u16,
    /// Only those who take new couples.
    pub taking_new: bool,
    /// Only those with a first session within so many weeks.
    pub within_weeks: Option<u16>,
    /// Only those whose fee is no more than this, or who have a sliding scale. Fees in another currency stay in sight.
    pub fee_up_to: Option<Money>,
    /// Only those who have a sliding scale.
    pub sliding_scale: bool,
    /// Only those of whose work at least so many percent is with couples.
    pub couples_share: Option<u8>,
    /// Only those whose couples training holds this text; case and accents do not count. Empty: any.
    pub training: String,
    /// Only those who work in this language, by its name in English or French, the beginning of one, or its tag. Empty: any.
    pub language: String,
    /// Only those who have evening or weekend hours.
    pub evenings_or_weekends: bool,
    /// Only those with evening hours.
    pub evenings: bool,
    /// Only those with weekend hours.
    pub weekends: bool,
    /// Only those who accept one trial session.
    pub trial_session: bool,
}

/// Why a record is hidden: the first of the filters that it does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Does not meet in person.
    NotInPerson,
    /// Does not meet online.
    NotOnline,
    /// Is too far away.
    TooFar,
    /// Takes no new couples.
    NotTakingNew,
    /// Has no opening soon enough.
    LongWait,
    /// Asks more than the fee that was set.
    Fee,
    /// Has no sliding scale.
    NoSlidingScale,
    /// Sees too few couples.
    FewCouples,
    /// Has no such training.
    Training,
    /// Does not work in the language that was set.
    Language,
    /// Works neither in the evening nor on weekends.
    DaytimeOnly,
    /// Has no evening hours.
    NoEvenings,
    /// Has no weekend hours.
    NoWeekends,
    /// Accepts no trial session.
    NoTrialSession,
    /// Does not fit a private wish; nothing tells whose.
    Private,
}

impl Reason {
    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotInPerson => "hidden-not-in-person",
            Self::NotOnline => "hidden-not-online",
            Self::TooFar => "hidden-too-far",
            Self::NotTakingNew => "hidden-not-taking-new",
            Self::LongWait => "hidden-long-wait",
            Self::Fee => "hidden-fee",
            Self::NoSlidingScale => "hidden-no-sliding-scale",
            Self::FewCouples => "hidden-few-couples",
            Self::Training => "hidden-training",
            Self::Language => "hidden-language",
            Self::DaytimeOnly => "hidden-daytime-only",
            Self::NoEvenings => "hidden-no-evenings",
            Self::NoWeekends => "hidden-no-weekends",
            Self::NoTrialSession => "hidden-no-trial-session",
            Self::Private => "hidden-private",
        }
    }
}

impl Filter {
    /// Whether nothing is filtered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many things are asked for. A place without a distance asks for nothing.
    #[must_use]
    pub fn count(&self) -> usize {
        let near = !self.near.trim().is_empty() && (self.within_km > 0 || places::find(&self.near).is_none());
        let asked = [
            self.setting.is_some(),
            near,
            self.taking_new,
            self.within_weeks.is_some(),
            self.fee_up_to.is_some(),
            self.sliding_scale,
            self.couples_share.is_some(),
            !self.training.trim().is_empty(),
            !self.language.trim().is_empty(),
            self.evenings_or_weekends,
            self.evenings,
            self.weekends,
            self.trial_session,
        ];
        asked.into_iter().filter(|asked| *asked).count()
    }

    /// The filter ready for going through many records: texts folded, the place looked up.
    #[must_use]
    pub fn ready(&self) -> Sieve<'_> {
        let near = self.near.trim();
        let origin = if near.is_empty() { None } else { places::find(near) };
        Sieve {
            filter: self,
            origin,
            near: if origin.is_some() { String::new() } else { fold(near) },
            training: fold(self.training.trim()),
            language: fold(self.language.trim()),
            tags: languages::meant(&self.language)
                .iter()
                .filter_map(|tag| Some(languages::primary(tag)?.into_owned()))
                .collect(),
            fee: self.fee_up_to.as_ref().map(|fee| (fee.minor, currency(&fee.currency))),
        }
    }

    /// Why this filter hides `therapist`, or `None` when it lets it through.
    #[must_use]
    pub fn hides(&self, therapist: &Therapist) -> Option<Reason> {
        self.ready().hides(&Facts::of(therapist))
    }
}

/// A [`Filter`] ready for use.
#[derive(Debug, Clone)]
pub struct Sieve<'a> {
    filter: &'a Filter,
    /// Where distances are counted from, if the place is known.
    pub origin: Option<Spot>,
    near: String,
    training: String,
    language: String,
    /// The languages that are meant by it.
    tags: Vec<String>,
    fee: Option<(u64, [u8; 3])>,
}

impl Sieve<'_> {
    /// Why the filter hides a record, or `None` when it lets it through.
    #[must_use]
    pub fn hides(&self, facts: &Facts) -> Option<Reason> {
        let filter = self.filter;
        let no = |asked: bool, ask| asked && facts.answer(ask) == YesNo::No;
        if no(filter.setting == Some(Setting::InPerson), Ask::InPerson) {
            Some(Reason::NotInPerson)
        } else if no(filter.setting == Some(Setting::Online), Ask::Online) {
            Some(Reason::NotOnline)
        } else if self.too_far(facts) {
            Some(Reason::TooFar)
        } else if no(filter.taking_new, Ask::TakingNew) {
            Some(Reason::NotTakingNew)
        } else if more(facts.wait_weeks, filter.within_weeks) {
            Some(Reason::LongWait)
        } else if self.fee_too_high(facts) {
            Some(Reason::Fee)
        } else if no(filter.sliding_scale, Ask::SlidingScale) {
            Some(Reason::NoSlidingScale)
        } else if more(filter.couples_share, facts.couples_share) {
            Some(Reason::FewCouples)
        } else if lacks(facts, Text::Training, &self.training) {
            Some(Reason::Training)
        } else if self.lacks_language(facts) {
            Some(Reason::Language)
        } else if no(filter.evenings_or_weekends, Ask::Evenings) && facts.answer(Ask::Weekends) == YesNo::No {
            Some(Reason::DaytimeOnly)
        } else if no(filter.evenings, Ask::Evenings) {
            Some(Reason::NoEvenings)
        } else if no(filter.weekends, Ask::Weekends) {
            Some(Reason::NoWeekends)
        } else if no(filter.trial_session, Ask::TrialSession) {
            Some(Reason::NoTrialSession)
        } else {
            None
        }
    }

    /// The way to a record in kilometres, if both places are known.
    #[must_use]
    pub fn km(&self, facts: &Facts) -> Option<u16> {
        Some(self.origin?.km_to(facts.spot?))
    }

    fn too_far(&self, facts: &Facts) -> bool {
        if facts.answer(Ask::Online) == YesNo::Yes && self.filter.setting != Some(Setting::InPerson) {
            return false;
        }
        if self.origin.is_some() {
            let within = self.filter.within_km;
            return within > 0
                && facts.spot.zip(self.origin).is_some_and(|(spot, origin)| {
                    // A degree of latitude is 111 km: most are told apart by this alone.
                    u32::from(spot.north.abs_diff(origin.north)) * 111 > u32::from(within) * 100 + 200
                        || origin.km_to(spot) > within
                });
        }
        lacks(facts, Text::Place, &self.near)
    }

    fn lacks_language(&self, facts: &Facts) -> bool {
        // First: this is asked of each of very many.
        if self.language.is_empty() {
            return false;
        }
        let known = facts.text(Text::Languages);
        // The name of a language that has no tag here is looked for as it is written.
        let speaks =
            |one: &str| self.tags.iter().any(|tag| tag == one) || one.len() > 3 && one.contains(&self.language);
        !known.is_empty() && !known.lines().any(speaks)
    }

    fn fee_too_high(&self, facts: &Facts) -> bool {
        let (Some((limit, wanted)), Some((fee, currency))) = (self.fee, facts.fee) else { return false };
        let comparable = wanted == currency || wanted == [0; 3] || currency == [0; 3];
        comparable && u64::from(fee) > limit && facts.answer(Ask::SlidingScale) != YesNo::Yes
    }
}

/// Whether both are known and the first is more.
fn more<T: PartialOrd>(one: Option<T>, two: Option<T>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one > two)
}

/// Whether the text is known and does not hold what is wanted.
fn lacks(facts: &Facts, text: Text, wanted: &str) -> bool {
    if wanted.is_empty() {
        return false;
    }
    let text = facts.text(text);
    !text.is_empty() && memchr::memmem::find(text.as_bytes(), wanted.as_bytes()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Therapist {
        Therapist {
            name: "Exemple".into(),
            in_person: YesNo::Yes,
            online: YesNo::No,
            taking_new: YesNo::No,
            wait_weeks: Some(6),
            fee: Some(Money::new(16_000, "CAD")),
            sliding_scale: YesNo::No,
            couples_share: Some(40),
            couples_training: vec!["Gottman level 2".into()],
            languages: vec!["Français".into()],
            evenings: YesNo::No,
            weekends: YesNo::No,
            trial_session: YesNo::No,
            city: "Gatineau".into(),
            region: "QC".into(),
            ..Therapist::default()
        }
    }

    #[test]
    fn the_empty_filter_hides_nobody() {
        assert_eq!(Filter::default().hides(&known()), None);
        assert!(Filter::default().is_empty());
        assert_eq!(Filter::default().count(), 0);
    }

    #[test]
    fn each_filter_gives_its_reason() {
        let none = Filter::default;
        for (filter, reason) in [
            (Filter { setting: Some(Setting::InPerson), ..none() }, None),
            (Filter { setting: Some(Setting::Online), ..none() }, Some(Reason::NotOnline)),
            (Filter { taking_new: true, ..none() }, Some(Reason::NotTakingNew)),
            (Filter { within_weeks: Some(5), ..none() }, Some(Reason::LongWait)),
            (Filter { within_weeks: Some(6), ..none() }, None),
            (Filter { fee_up_to: Some(Money::new(15_999, "CAD")), ..none() }, Some(Reason::Fee)),
            (Filter { fee_up_to: Some(Money::new(16_000, "CAD")), ..none() }, None),
            (Filter { fee_up_to: Some(Money::new(1, "USD")), ..none() }, None),
            (Filter { fee_up_to: Some(Money::new(1, "")), ..none() }, Some(Reason::Fee)),
            (Filter { sliding_scale: true, ..none() }, Some(Reason::NoSlidingScale)),
            (Filter { couples_share: Some(50), ..none() }, Some(Reason::FewCouples)),
            (Filter { couples_share: Some(40), ..none() }, None),
            (Filter { training: "gottman".into(), ..none() }, None),
            (Filter { training: "EFT".into(), ..none() }, Some(Reason::Training)),
            (Filter { language: "francais".into(), ..none() }, None),
            (Filter { language: "English".into(), ..none() }, Some(Reason::Language)),
            (Filter { evenings_or_weekends: true, ..none() }, Some(Reason::DaytimeOnly)),
            (Filter { evenings: true, ..none() }, Some(Reason::NoEvenings)),
            (Filter { weekends: true, ..none() }, Some(Reason::NoWeekends)),
            (Filter { trial_session: true, ..none() }, Some(Reason::NoTrialSession)),
            (Filter { near: "Ottawa, ON".into(), within_km: 50, ..none() }, None),
            (Filter { near: "Toronto".into(), within_km: 50, ..none() }, Some(Reason::TooFar)),
            (Filter { near: "M5V 2T6".into(), within_km: 100, ..none() }, Some(Reason::TooFar)),
            (Filter { near: "Outaouais".into(), within_km: 50, ..none() }, Some(Reason::TooFar)),
            (Filter { near: "gatin".into(), within_km: 50, ..none() }, None),
        ] {
            assert_eq!(filter.hides(&known()), reason, "{filter:?}");
            assert_eq!(filter.hides(&Therapist::default()), None, "what is not known hides nothing: {filter:?}");
            assert_eq!(filter.count(), 1);
        }
        let far = Filter { near: "Toronto".into(), ..none() };
        assert_eq!((far.hides(&known()), far.count()), (None, 0), "a place alone only sorts");
    }

    #[test]
    fn one_of_evenings_and_weekends_is_enough() {
        let filter = Filter { evenings_or_weekends: true, ..Filter::default() };
        assert_eq!(filter.hides(&Therapist { weekends: YesNo::Yes, ..known() }), None);
        assert_eq!(filter.hides(&Therapist { evenings: YesNo::Unknown, ..known() }), None);
    }

    #[test]
    fn a_sliding_scale_lifts_the_fee() {
        let therapist = Therapist { sliding_scale: YesNo::Yes, ..known() };
        assert_eq!(Filter { fee_up_to: Some(Money::new(1, "CAD")), ..Filter::default() }.hides(&therapist), None);
    }

    #[test]
    fn whoever_meets_online_is_near_unless_in_person_was_asked_for() {
        let therapist = Therapist { online: YesNo::Yes, ..known() };
        let near = Filter { near: "Toronto".into(), within_km: 50, ..Filter::default() };
        assert_eq!(near.hides(&therapist), None);
        let in_person = Filter { setting: Some(Setting::InPerson), ..near };
        assert_eq!(in_person.hides(&therapist), Some(Reason::TooFar));
    }
}
