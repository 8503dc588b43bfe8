//! Where one can be, and how one got there.

/// A page of the app. Its state, if it has any, is made anew when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// The three first cards.
    FirstRun,
    /// The path and one next step.
    #[default]
    Today,
    /// The library.
    Exercises,
    /// One exercise: why, and its steps.
    Exercise(String),
    /// The invitation in the making.
    Invitation,
    /// The invitation gone through before it is said.
    Rehearsal,
    /// What is in the way, and what goes with it.
    Hesitations,
    /// The invitation, large, to hold while speaking.
    Card,
    /// Quiet windows and the reminder.
    Moment,
    /// "Is now a calm moment?"
    CalmCheck,
    /// "How did it go?"
    Afterwards,
    /// The list of therapists, and one of them beside it where there is room.
    Therapists(Option<String>),
    /// The form for one therapist; `None` for a new one.
    EditTherapist(Option<String>),
    /// Therapists out of a file.
    Import,
    /// Marking, and the result.
    Choose,
    /// The one session.
    Session,
    /// Everything that does not fit into the bar.
    More,
    /// Settings.
    Settings,
    /// A backup in one file, the way back, and deleting for good.
    Keeping,
    /// Where the shared folder lies.
    Sharing,
    /// Help when it is not safe.
    Safety,
    /// Keys and words.
    Help,
    /// One's own space and what guards it.
    Space,
    /// What stands before a locked space. It is never on the way back.
    Door,
}

/// One of the four places in the bar or rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Today.
    Today,
    /// Exercises.
    Exercises,
    /// Calm moment.
    Moment,
    /// Therapists.
    Therapists,
}

impl Tab {
    /// The four, in the order of their shortcuts.
    pub const ALL: [Self; 4] = [Self::Today, Self::Exercises, Self::Moment, Self::Therapists];

    /// The page it opens.
    #[must_use]
    pub const fn page(self) -> Page {
        match self {
            Self::Today => Page::Today,
            Self::Exercises => Page::Exercises,
            Self::Moment => Page::Moment,
            Self::Therapists => Page::Therapists(None),
        }
    }

    /// The place a page belongs to, if any.
    #[must_use]
    pub const fn of(page: &Page) -> Option<Self> {
        match page {
            Page::Today => Some(Self::Today),
            Page::Exercises
            | Page::Exercise(_)
            | Page::Rehearsal
            | Page::Hesitations
            | Page::Invitation
            | Page::Card => Some(Self::Exercises),
            Page::Moment | Page::CalmCheck | Page::Afterwards => Some(Self::Moment),
            Page::Therapists(_) | Page::EditTherapist(_) | Page::Import => Some(Self::Therapists),
            Page::FirstRun
            | Page::Choose
            | Page::Session
            | Page::More
            | Page::Settings
            | Page::Safety
            | Page::Help
            | Page::Space
            | Page::Keeping
            | Page::Sharing
            | Page::Door => None,
        }
    }
}

/// The pages behind the one that is shown.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    behind: Vec<Page>,
    here: Page,
}

/// More pages than anyone steps back through.
const LONGEST: usize = 30;

impl Trail {
    /// Begins at `page`.
    #[must_use]
    pub const fn new(page: Page) -> Self {
        Self { behind: Vec::new(), here: page }
    }

    /// The page that is shown.
    #[must_use]
    pub const fn here(&self) -> &Page {
        &self.here
    }

    /// Whether there is a way back.
    #[must_use]
    pub fn has_back(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Goes on to `page`. A place of the bar begins a new trail that leads back to Today.
    pub fn open(&mut self, page: Page) {
        if page == self.here {
            return;
        }
        let is_tab = Tab::ALL.into_iter().any(|tab| tab.page() == page);
        if is_tab {
            self.behind.clear();
            if page != Page::Today {
                self.behind.push(Page::Today);
            }
        } else if self.here == Page::Safety {
            // Nothing afterwards shows that one was there, not even the way back.
        } else {
            self.behind.push(std::mem::take(&mut self.here));
            if self.behind.len() > LONGEST {
                self.behind.remove(0);
            }
        }
        self.here = page;
    }

    /// Goes on to `page` without keeping the present one as a way back.
    pub fn replace(&mut self, page: Page) {
        self.here = page;
    }

    /// Goes back; false when there is nowhere to go.
    pub fn back(&mut self) -> bool {
        match self.behind.pop() {
            Some(page) => {
                self.here = page;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_where_one_came_from() {
        let mut trail = Trail::new(Page::Today);
        trail.open(Page::Exercises);
        trail.open(Page::Exercise("impact".into()));
        trail.open(Page::Safety);
        assert!(trail.back());
        assert_eq!(trail.here(), &Page::Exercise("impact".into()));
        assert!(trail.back() && trail.back());
        assert_eq!(trail.here(), &Page::Today);
        assert!(!trail.back());
    }

    #[test]
    fn no_way_back_leads_to_safety() {
        let mut trail = Trail::new(Page::Today);
        trail.open(Page::Settings);
        trail.open(Page::Safety);
        trail.open(Page::Help);
        assert!(trail.back());
        assert_eq!(trail.here(), &Page::Settings);
    }

    #[test]
    fn a_place_of_the_bar_begins_anew() {
        let mut trail = Trail::new(Page::Today);
        trail.open(Page::More);
        trail.open(Page::Settings);
        trail.open(Page::Moment);
        assert!(trail.back());
        assert_eq!(trail.here(), &Page::Today);
    }
}
