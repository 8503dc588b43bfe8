//! The calm check: five taps before the invitation.

/// The answers to "is now a calm moment?". Not kept anywhere; only "not now" is noted (research rule 3).
///
/// Hunger, tiredness and hurry make a hard talk harder; a clear head matters because a yes should count
/// the day after as well; and nobody should be asked in front of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CalmCheck {
    /// Both slept well enough.
    pub rested: Option<bool>,
    /// Nobody is hungry.
    pub fed: Option<bool>,
    /// Nobody has been drinking or is otherwise clouded.
    pub clear_headed: Option<bool>,
    /// Nobody has to leave soon.
    pub unhurried: Option<bool>,
    /// The two are by themselves: no guests, no children awake beside them.
    pub alone_together: Option<bool>,
}

impl CalmCheck {
    /// The answers in the order in which they are asked.
    #[must_use]
    pub const fn answers(&self) -> [Option<bool>; 5] {
        [self.rested, self.fed, self.clear_headed, self.unhurried, self.alone_together]
    }

    /// Whether each was answered with yes: only then does the invitation follow.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.answers().iter().all(|answer| *answer == Some(true))
    }

    /// Whether one was answered with no: then the check ends there, and the next window will do.
    #[must_use]
    pub fn is_not_calm(&self) -> bool {
        self.answers().contains(&Some(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_five_times_yes_is_calm() {
        let yes = Some(true);
        let calm = CalmCheck { rested: yes, fed: yes, clear_headed: yes, unhurried: yes, alone_together: yes };
        assert!(calm.is_calm() && !calm.is_not_calm());
        for spoil in [None, Some(false)] {
            for slot in 0..5 {
                let mut check = calm;
                *[
                    &mut check.rested,
                    &mut check.fed,
                    &mut check.clear_headed,
                    &mut check.unhurried,
                    &mut check.alone_together,
                ][slot] = spoil;
                assert!(!check.is_calm());
                assert_eq!(check.is_not_calm(), spoil.is_some());
            }
        }
    }
}
