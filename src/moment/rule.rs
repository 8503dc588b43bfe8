//! The rules that keep the reminder quiet, each with what it rests on.

/// Why the reminder stays quiet. The numbers are those of the timing table in the domain research; where a
/// number is a judgement rather than a finding, it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The reminder is switched off.
    Off,
    /// The private safety page was not shown yet (rule 17: asking can be unsafe where there is fear).
    SafetyFirst,
    /// The partner's word: "not now until …" or "please don't ask again" (rule 9, autonomy; no override, no hint
    /// of until when, so the two read the same).
    NothingPlanned,
    /// The answer was yes (rule 13, judgement).
    AskingEnded,
    /// The answer was yes, and the one note about the next step that the user wished for is still to come (rule 13).
    NextStep,
    /// The asking has ended, and why is in a space that cannot be read here: see [`super::Plan::ended`].
    NothingLeft,
    /// The answer was no a fourth time, after 30, 60 and 90 days of quiet (rule 8, numbers are judgements).
    Stopped,
    /// The answer was no: 30, then 60, then 90 days of quiet (rule 8; pressure calls up resistance the same day).
    AfterNo,
    /// The partner chose a day; nothing before it (rule 7: "later" gets a time that the partner chooses).
    PartnersDay,
    /// A pause whose reason is in a space that cannot be read here: see [`super::Plan::quiet_until`].
    Paused,
    /// They argued less than 24 hours ago (rule 4: raise it the day after, cooled but remembered).
    Argued,
    /// A break was taken in an exercise, and it is not over (rule 5).
    OnABreak,
    /// It spoke in this window already (rule 8, judgement).
    OncePerWindow,
    /// It was raised less than 14 days ago, or less than the longer time that the user set (rule 8, the number is
    /// a judgement).
    TooSoon,
    /// No quiet window is painted (rule 1).
    NoWindows,
    /// No quiet window is open (rule 1: fixed windows do as well as clever timing).
    OutsideWindow,
    /// The day is marked busy (rule 2).
    Busy,
    /// Less than two hours from bedtime (rule 2: short sleep feeds conflict; the hours are a judgement).
    Bedtime,
    /// The first hour after work (rule 2: stress carries over; the hour is a judgement).
    AfterWork,
}

impl Rule {
    /// All of them, for the page that explains them.
    pub const ALL: [Self; 19] = [
        Self::Off,
        Self::SafetyFirst,
        Self::NothingPlanned,
        Self::AskingEnded,
        Self::NextStep,
        Self::Stopped,
        Self::NothingLeft,
        Self::AfterNo,
        Self::PartnersDay,
        Self::Paused,
        Self::Argued,
        Self::OnABreak,
        Self::OncePerWindow,
        Self::TooSoon,
        Self::NoWindows,
        Self::OutsideWindow,
        Self::Busy,
        Self::Bedtime,
        Self::AfterWork,
    ];

    /// The key of its text in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Off => "moment-rule-off",
            Self::SafetyFirst => "moment-rule-safety-first",
            Self::NothingPlanned => "moment-rule-nothing-planned",
            Self::AskingEnded => "moment-rule-asking-ended",
            Self::NextStep => "moment-rule-next-step",
            Self::NothingLeft => "moment-rule-nothing-left",
            Self::Paused => "moment-rule-paused",
            Self::Stopped => "moment-rule-stopped",
            Self::AfterNo => "moment-rule-after-no",
            Self::PartnersDay => "moment-rule-partners-day",
            Self::Argued => "moment-rule-argued",
            Self::OnABreak => "moment-rule-on-a-break",
            Self::OncePerWindow => "moment-rule-once-per-window",
            Self::TooSoon => "moment-rule-too-soon",
            Self::NoWindows => "moment-rule-no-windows",
            Self::OutsideWindow => "moment-rule-outside-window",
            Self::Busy => "moment-rule-busy",
            Self::Bedtime => "moment-rule-bedtime",
            Self::AfterWork => "moment-rule-after-work",
        }
    }

    /// Its name in what programs read: `too-soon`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.key().trim_start_matches("moment-rule-")
    }

    /// The key of what it rests on: a finding with its limits, or a judgement. The rules that only say how things
    /// stand (it is off, nothing is painted) rest on nothing.
    #[must_use]
    pub const fn basis_key(self) -> Option<&'static str> {
        Some(match self {
            Self::SafetyFirst => "moment-basis-safety-first",
            Self::NothingPlanned => "moment-basis-nothing-planned",
            Self::AskingEnded | Self::NextStep => "moment-basis-asking-ended",
            Self::Stopped | Self::AfterNo => "moment-basis-after-no",
            Self::PartnersDay => "moment-basis-partners-day",
            Self::Argued => "moment-basis-argued",
            Self::OnABreak => "moment-basis-on-a-break",
            Self::OncePerWindow | Self::TooSoon => "moment-basis-too-soon",
            Self::OutsideWindow => "moment-basis-outside-window",
            Self::Busy => "moment-basis-busy",
            Self::Bedtime => "moment-basis-bedtime",
            Self::AfterWork => "moment-basis-after-work",
            Self::Off | Self::NothingLeft | Self::Paused | Self::NoWindows => return None,
        })
    }

    /// Whether nothing will come of waiting: only the window can change it, and the background process may end.
    /// The partner's word is not among them: it must not show from outside, and the partner may change it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Off | Self::SafetyFirst | Self::AskingEnded | Self::Stopped | Self::NothingLeft | Self::NoWindows
        )
    }
}
