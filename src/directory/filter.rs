//! Filters: what a couple would rather not see in the list, and why each record is hidden.

use crate::directory::{Money, Therapist, YesNo, fold};

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
    /// Only those who take new couples.
    pub taking_new: bool,
    /// Only those whose fee is no more than this, or who have a sliding scale. Fees in another currency stay in sight.
    pub fee_up_to: Option<Money>,
    /// Only those who have a sliding scale.
    pub sliding_scale: bool,
    /// Only those who have evening or weekend hours.
    pub evenings_or_weekends: bool,
    /// Only those who accept one trial session.
    pub trial_session: bool,
    /// Only those who work in this language, as written in their record; case and accents do not count. Empty: any.
    pub language: String,
}

/// Why a record is hidden: the first of the filters that it does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Does not meet in person.
    NotInPerson,
    /// Does not meet online.
    NotOnline,
    /// Takes no new couples.
    NotTakingNew,
    /// Asks more than the fee that was set.
    Fee,
    /// Has no sliding scale.
    NoSlidingScale,
    /// Works neither in the evening nor on weekends.
    DaytimeOnly,
    /// Does not accept one trial session.
    NoTrialSession,
    /// Does not work in the language that was set.
    Language,
}

impl Reason {
    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotInPerson => "hidden-not-in-person",
            Self::NotOnline => "hidden-not-online",
            Self::NotTakingNew => "hidden-not-taking-new",
            Self::Fee => "hidden-fee",
            Self::NoSlidingScale => "hidden-no-sliding-scale",
            Self::DaytimeOnly => "hidden-daytime-only",
            Self::NoTrialSession => "hidden-no-trial-session",
            Self::Language => "hidden-language",
        }
    }
}

impl Filter {
    /// Whether nothing is filtered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why this filter hides `therapist`, or `None` when it lets it through.
    #[must_use]
    pub fn hides(&self, therapist: &Therapist) -> Option<Reason> {
        let rules = [
            (Reason::NotInPerson, self.setting == Some(Setting::InPerson) && therapist.in_person == YesNo::No),
            (Reason::NotOnline, self.setting == Some(Setting::Online) && therapist.online == YesNo::No),
            (Reason::NotTakingNew, self.taking_new && therapist.taking_new == YesNo::No),
            (Reason::Fee, self.fee_too_high(therapist)),
            (Reason::NoSlidingScale, self.sliding_scale && therapist.sliding_scale == YesNo::No),
            (Reason::DaytimeOnly, self.evenings_or_weekends && daytime_only(therapist)),
            (Reason::NoTrialSession, self.trial_session && therapist.trial_session == YesNo::No),
            (Reason::Language, self.other_language(therapist)),
        ];
        rules.into_iter().find_map(|(reason, hidden)| hidden.then_some(reason))
    }

    fn fee_too_high(&self, therapist: &Therapist) -> bool {
        let (Some(limit), Some(fee)) = (&self.fee_up_to, &therapist.fee) else { return false };
        let comparable = limit.currency == fee.currency || limit.currency.is_empty() || fee.currency.is_empty();
        comparable && fee.minor > limit.minor && therapist.sliding_scale != YesNo::Yes
    }

    fn other_language(&self, therapist: &Therapist) -> bool {
        let wanted = fold::fold(self.language.trim());
        !wanted.is_empty()
            && !therapist.languages.is_empty()
            && !therapist.languages.iter().any(|language| fold::fold(language).contains(&wanted))
    }
}

fn daytime_only(therapist: &Therapist) -> bool {
    therapist.evenings == YesNo::No && therapist.weekends == YesNo::No
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
            fee: Some(Money::new(16_000, "CAD")),
            sliding_scale: YesNo::No,
            evenings: YesNo::No,
            weekends: YesNo::No,
            trial_session: YesNo::No,
            languages: vec!["Français".into()],
            ..Therapist::default()
        }
    }

    #[test]
    fn the_empty_filter_hides_nobody() {
        assert_eq!(Filter::default().hides(&known()), None);
        assert!(Filter::default().is_empty());
    }

    #[test]
    fn each_filter_gives_its_reason() {
        let none = Filter::default;
        for (filter, reason) in [
            (Filter { setting: Some(Setting::InPerson), ..none() }, None),
            (Filter { setting: Some(Setting::Online), ..none() }, Some(Reason::NotOnline)),
            (Filter { taking_new: true, ..none() }, Some(Reason::NotTakingNew)),
            (Filter { fee_up_to: Some(Money::new(15_999, "CAD")), ..none() }, Some(Reason::Fee)),
            (Filter { fee_up_to: Some(Money::new(16_000, "CAD")), ..none() }, None),
            (Filter { fee_up_to: Some(Money::new(1, "USD")), ..none() }, None),
            (Filter { sliding_scale: true, ..none() }, Some(Reason::NoSlidingScale)),
            (Filter { evenings_or_weekends: true, ..none() }, Some(Reason::DaytimeOnly)),
            (Filter { trial_session: true, ..none() }, Some(Reason::NoTrialSession)),
            (Filter { language: "francais".into(), ..none() }, None),
            (Filter { language: "English".into(), ..none() }, Some(Reason::Language)),
        ] {
            assert_eq!(filter.hides(&known()), reason, "{filter:?}");
            assert_eq!(filter.hides(&Therapist::default()), None, "what is not known hides nothing: {filter:?}");
        }
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
}
