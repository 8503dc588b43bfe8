//! What is kept about one therapist.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::couple::Member;
use crate::directory::Money;
use crate::document;

/// What is known about a question that is answered by yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum YesNo {
    /// Nobody has asked, or nobody has written it down.
    #[default]
    Unknown,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl YesNo {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Unknown, Self::Yes, Self::No];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "yes-no-unknown",
            Self::Yes => "yes-no-yes",
            Self::No => "yes-no-no",
        }
    }
}

/// How a therapist leads the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Style {
    /// Not known.
    #[default]
    Unknown,
    /// Leads step by step, with a plan.
    Structured,
    /// Follows what comes up.
    Exploratory,
    /// Some of both.
    Mixed,
}

impl Style {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Structured, Self::Exploratory, Self::Mixed];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "style-unknown",
            Self::Structured => "style-structured",
            Self::Exploratory => "style-exploratory",
            Self::Mixed => "style-mixed",
        }
    }
}

document! {
    /// One therapist, as the couple knows them. Only `name` is required; everything else may stay empty.
    ///
    /// The fields follow what couples ask about and what differs between therapists (domain research, section 5).
    pub struct Therapist: "therapist", 1 {
        /// Full name as one would say it; the one field that must not be empty.
        pub name: String,
        /// Such as `she/her`.
        pub pronouns: String,
        /// Name of the practice or clinic.
        pub practice: String,
        /// Licence or degree, such as `RMFT` or `PhD, psychologist`.
        pub credential: String,
        /// Licence number, as the board writes it.
        pub licence_number: String,
        /// State, province or order that gave the licence.
        pub licence_region: String,
        /// Web address where the board shows the licence.
        pub licence_board: String,
        /// US National Provider Identifier: ten digits, or empty.
        pub npi: String,

        /// Phone numbers as written by a person, the best one first.
        pub phones: Vec<String>,
        /// Mail addresses, the best one first.
        pub mails: Vec<String>,
        /// Web pages, the best one first.
        pub webs: Vec<String>,
        /// Street, number, floor.
        pub street: String,
        /// Town.
        pub city: String,
        /// State or province.
        pub region: String,
        /// Postal code as written.
        pub postcode: String,
        /// Country, as a name or a code.
        pub country: String,

        /// Share of the practice that is couples: 0 to 100 percent.
        pub couples_share: Option<u8>,
        /// Training in couples work, with its level: `Gottman level 2`, `EFT certified`.
        pub couples_training: Vec<String>,
        /// Fellow of the American Association for Marriage and Family Therapy.
        pub aamft_fellow: YesNo,
        /// Years of work as a therapist.
        pub years: Option<u8>,

        /// How they lead the hour.
        pub style: Style,
        /// Gives tasks to do between sessions.
        pub homework: YesNo,
        /// Length of a session in minutes.
        pub session_minutes: Option<u16>,

        /// Meets in person.
        pub in_person: YesNo,
        /// Meets online.
        pub online: YesNo,
        /// The place can be reached without steps.
        pub step_free: YesNo,
        /// Has evening hours.
        pub evenings: YesNo,
        /// Has weekend hours.
        pub weekends: YesNo,
        /// Takes new couples now.
        pub taking_new: YesNo,
        /// The day on which someone last asked whether they take new couples.
        pub taking_new_checked: Option<Date>,
        /// Weeks until a first session.
        pub wait_weeks: Option<u16>,
        /// Languages in which they work: BCP 47 tags, and names of languages without one in [`crate::directory::languages`].
        pub languages: Vec<String>,

        /// Fee of one couple session.
        pub fee: Option<Money>,
        /// Asks less of those who earn less.
        pub sliding_scale: YesNo,
        /// Insurers that pay, or what to know about it.
        pub insurance: String,
        /// Gives a receipt that an insurer accepts (a "superbill").
        pub receipt: YesNo,
        /// The first short talk costs nothing.
        pub free_consult: YesNo,
        /// What a late cancellation costs, in their words.
        pub cancellation: String,

        /// Topics they know well.
        pub topics: Vec<String>,
        /// Who they are at home with: culture, faith, LGBTQ+, open relationships, neurodivergence.
        pub welcomes: Vec<String>,
        /// Gender, if it matters to the couple.
        pub gender: String,
        /// Age or age group, if it matters to the couple.
        pub age: String,

        /// Keeps no secrets between the two (a "no-secrets policy").
        pub no_secrets: YesNo,
        /// Also sees each of the two alone.
        pub sees_alone: YesNo,
        /// Asks each alone about safety at home.
        pub safety_screening: YesNo,
        /// Their stance on staying together or parting, in their words.
        pub stance: String,
        /// Accepts one trial session, after which each decides.
        pub trial_session: YesNo,

        /// The name of the photo's file beside the record, without its ending; empty if there is none. In an entry of
        /// another program's file that was just read: the photo's own name ([`Photo::name`](crate::directory::Photo::name)).
        pub photo: String,
        /// The couple's shared notes.
        pub notes: String,
        /// Where the record comes from: a file, a web page, a friend.
        pub source: String,
        /// The day on which someone last looked whether all this still holds.
        pub checked: Option<Date>,
        /// Who put it on the list.
        pub added_by: Option<Member>,
        /// Taken off the list. The file stays, so that the other device learns of it and it can be undone.
        pub deleted: bool,
    }
}

impl Therapist {
    /// Street, town, region, postal code and country on one line, for showing, copying and a map.
    #[must_use]
    pub fn address(&self) -> String {
        let town = [&self.city, &self.region, &self.postcode].map(|part| part.trim()).to_vec();
        let town = town.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        [self.street.trim(), &town, self.country.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    #[test]
    fn a_record_survives_the_file() {
        let therapist = Therapist {
            name: "Ève «Test» d’Exemple".into(),
            phones: vec!["+1 418 555-0100".into()],
            fee: Some(Money::new(15_000, "CAD")),
            taking_new: YesNo::Yes,
            taking_new_checked: Some(jiff::civil::date(2026, 11, 20)),
            added_by: Some(Member::Two),
            couples_share: Some(80),
            style: Style::Mixed,
            ..Therapist::default()
        };
        assert_eq!(Therapist::take(&therapist.put()), (therapist, Vec::new()));
    }

    #[test]
    fn one_spoilt_field_leaves_the_rest() {
        let mut values = Therapist { name: "Exemple".into(), ..Therapist::default() }.put();
        values.insert("couples_share".into(), "Some(900)".into());
        let (read, bad) = Therapist::take(&values);
        assert_eq!(read.name, "Exemple");
        assert_eq!(bad.len(), 1);
    }

    #[test]
    fn an_address_leaves_out_what_is_empty() {
        let mut therapist = Therapist { city: "Ville".into(), postcode: "G0A 0A0".into(), ..Therapist::default() };
        assert_eq!(therapist.address(), "Ville G0A 0A0");
        therapist.street = "1, rue Exemple".into();
        therapist.country = "Canada".into();
        assert_eq!(therapist.address(), "1, rue Exemple, Ville G0A 0A0, Canada");
        assert_eq!(Therapist::default().address(), "");
    }
}
