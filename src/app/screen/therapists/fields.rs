//! The fields of a therapist as the form and the page show them: their labels, their order, how they are typed.
//!
//! Every field reads and writes text, so that the form, the page and the choice between two answers need one way only.

use crate::app::ctx::Ctx;
use crate::directory::{Money, Style, Therapist, YesNo, languages};
use crate::locale::{Language, Texts};

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Several texts with commas between them.
    List,
    /// Several languages with commas between them, by their names or BCP 47 tags.
    Languages,
    /// A whole number.
    Number,
    /// A number of percent.
    Percent,
    /// A date, year first.
    Date,
    /// An amount of money.
    Fee,
    /// `yes`, `no` or nothing.
    Answer,
    /// How the hour is led: the name of a [`Style`] or nothing.
    Style,
    /// The name of a photo's file, which nobody types.
    Photo,
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name in [`Therapist`].
    pub name: &'static str,
    /// Name of the text for its label.
    pub label: &'static str,
    /// What such a text looks like, in letters that both languages share.
    pub example: &'static str,
    /// What kind of text it takes.
    pub kind: Kind,
    /// The value as text, empty when nothing is known.
    pub get: fn(&Therapist) -> String,
    /// Takes a text; false when it is not understood, and then nothing is known any more (only a name stays as it was).
    pub set: fn(&mut Therapist, &str) -> bool,
}

/// Fields that belong together.
#[derive(Debug)]
pub struct Group {
    /// Name of the text for its heading.
    pub title: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

macro_rules! field {
    (text $field:ident, $label:literal) => { field!(text $field, $label, "") };
    (text $field:ident, $label:literal, $example:literal) => {
        Field {
            name: stringify!($field),
            label: $label,
            example: $example,
            kind: Kind::Text,
            get: |therapist| therapist.$field.clone(),
            set: |therapist, text| {
                text.trim().clone_into(&mut therapist.$field);
                true
            },
        }
    };
    (list $field:ident, $label:literal, $example:literal) => {
        Field {
            name: stringify!($field),
            label: $label,
            example: $example,
            kind: Kind::List,
            get: |therapist| write_list(&therapist.$field),
            set: |therapist, text| {
                therapist.$field = read_list(text);
                true
            },
        }
    };
    (number $kind:ident $field:ident, $label:literal, $example:literal) => {
        Field {
            name: stringify!($field),
            label: $label,
            example: $example,
            kind: Kind::$kind,
            get: |therapist| therapist.$field.map(|number| number.to_string()).unwrap_or_default(),
            set: |therapist, text| {
                therapist.$field = text.trim().trim_end_matches(['%', ' ', '\u{a0}']).parse().ok();
                therapist.$field.is_some() || text.trim().is_empty()
            },
        }
    };
    (date $field:ident, $label:literal) => {
        Field {
            name: stringify!($field),
            label: $label,
            example: "2026-11-20",
            kind: Kind::Date,
            get: |therapist| therapist.$field.map(|date| date.to_string()).unwrap_or_default(),
            set: |therapist, text| {
                therapist.$field = text.trim().replace('/', "-").parse().ok();
                therapist.$field.is_some() || text.trim().is_empty()
            },
        }
    };
    (answer $field:ident, $label:literal) => {
        Field {
            name: stringify!($field),
            label: $label,
            example: "",
            kind: Kind::Answer,
            get: |therapist| write_answer(therapist.$field).to_owned(),
            set: |therapist, text| {
                therapist.$field = read_answer(text);
                true
            },
        }
    };
}

/// The one field that is needed.
pub static NAME: Field = Field {
    set: |therapist, text| {
        let given = !text.trim().is_empty();
        if given {
            text.trim().clone_into(&mut therapist.name);
        }
        given
    },
    ..field!(text name, "therapist-name", "")
};

/// What one looks for first; always in sight in the form.
pub static FIRST: &[Field] =
    &[field!(list phones, "therapist-phones", "418 555-0123"), field!(answer taking_new, "therapist-taking-new"), FEE];

const FEE: Field = Field {
    name: "fee",
    label: "therapist-fee",
    example: "160 CAD",
    kind: Kind::Fee,
    get: |therapist| therapist.fee.as_ref().map(ToString::to_string).unwrap_or_default(),
    set: |therapist, text| {
        therapist.fee = Money::parse(text);
        therapist.fee.is_some() || text.trim().is_empty()
    },
};

/// Everything else, in the order of the form.
pub static GROUPS: &[Group] = &[
    Group {
        title: "therapist-group-contact",
        fields: &[
            field!(list mails, "therapist-mails", "name@example.org"),
            field!(list webs, "therapist-webs", "www.example.org"),
            field!(text practice, "therapist-practice"),
            field!(text street, "therapist-street"),
            field!(text city, "therapist-city"),
            field!(text region, "therapist-region"),
            field!(text postcode, "therapist-postcode"),
            field!(text country, "therapist-country"),
            field!(text pronouns, "therapist-pronouns"),
        ],
    },
    Group {
        title: "therapist-group-couples",
        fields: &[
            field!(list couples_training, "therapist-training", "Gottman, EFT"),
            field!(number Percent couples_share, "therapist-share", "80"),
            field!(number Number years, "therapist-years", "12"),
            Field {
                name: "style",
                label: "therapist-style",
                example: "",
                kind: Kind::Style,
                get: |therapist| write_style(therapist.style).to_owned(),
                set: |therapist, text| {
                    therapist.style = read_style(text);
                    true
                },
            },
            field!(answer homework, "therapist-homework"),
            field!(number Number session_minutes, "therapist-minutes", "75"),
            field!(text credential, "therapist-credential"),
            field!(text licence_number, "therapist-licence-number"),
            field!(text licence_region, "therapist-licence-region"),
            field!(text licence_board, "therapist-licence-board", "www.example.org"),
            field!(text npi, "therapist-npi"),
            field!(answer aamft_fellow, "therapist-aamft"),
        ],
    },
    Group {
        title: "therapist-group-money",
        fields: &[
            field!(answer sliding_scale, "therapist-sliding"),
            field!(answer free_consult, "therapist-free-consult"),
            field!(text insurance, "therapist-insurance"),
            field!(answer receipt, "therapist-receipt"),
            field!(text cancellation, "therapist-cancellation"),
        ],
    },
    Group {
        title: "therapist-group-times",
        fields: &[
            field!(answer in_person, "therapist-in-person"),
            field!(answer online, "therapist-online"),
            field!(answer step_free, "therapist-step-free"),
            field!(answer evenings, "therapist-evenings"),
            field!(answer weekends, "therapist-weekends"),
            field!(number Number wait_weeks, "therapist-wait", "3"),
            field!(date taking_new_checked, "therapist-taking-new-checked"),
            Field {
                name: "languages",
                label: "therapist-languages",
                example: "English, français",
                kind: Kind::Languages,
                get: |therapist| write_list(&therapist.languages),
                set: |therapist, text| {
                    let (wrong, good): (Vec<String>, Vec<String>) =
                        read_list(text).into_iter().partition(|one| languages::is_wrong(one));
                    therapist.languages = good.iter().map(|one| languages::kept(one)).collect();
                    wrong.is_empty()
                },
            },
        ],
    },
    Group {
        title: "therapist-group-fit",
        fields: &[
            field!(list topics, "therapist-topics", ""),
            field!(list welcomes, "therapist-welcomes", ""),
            field!(text gender, "therapist-gender"),
            field!(text age, "therapist-age"),
        ],
    },
    Group {
        title: "therapist-group-ethics",
        fields: &[
            field!(answer no_secrets, "therapist-no-secrets"),
            field!(answer sees_alone, "therapist-sees-alone"),
            field!(answer safety_screening, "therapist-safety-screening"),
            field!(answer trial_session, "therapist-trial"),
            field!(text stance, "therapist-stance"),
        ],
    },
    Group {
        title: "therapist-group-notes",
        fields: &[field!(text source, "therapist-source"), field!(date checked, "therapist-checked"), NOTES],
    },
];

/// Several lines; the form has an area of its own for it.
pub const NOTES: Field = field!(text notes, "therapist-notes");

/// Only for the choice between two of them.
static PHOTO: Field = Field { kind: Kind::Photo, ..field!(text photo, "therapist-photo") };

/// The field of this name.
#[must_use]
pub fn of(name: &str) -> Option<&'static Field> {
    let all = [&NAME, &PHOTO].into_iter().chain(FIRST).chain(GROUPS.iter().flat_map(|group| group.fields));
    all.into_iter().find(|field| field.name == name)
}

impl Field {
    /// Name of the text that says how to write a value that was not understood.
    #[must_use]
    pub const fn wrong(&self) -> &'static str {
        match self.kind {
            Kind::Number | Kind::Percent => "therapist-wrong-number",
            Kind::Date => "therapist-wrong-date",
            Kind::Fee => "therapist-wrong-fee",
            Kind::Languages => "therapist-wrong-languages",
            Kind::Text | Kind::List | Kind::Answer | Kind::Style | Kind::Photo => "hint-name-missing",
        }
    }

    /// The value as a person reads it, if anything is known.
    #[must_use]
    pub fn shown(&self, therapist: &Therapist, ctx: Ctx<'_>) -> Option<String> {
        let text = (self.get)(therapist);
        if text.is_empty() {
            return None;
        }
        Some(match self.kind {
            Kind::Languages => languages(therapist, ctx.texts),
            Kind::Text | Kind::List | Kind::Number => text,
            Kind::Percent => ctx.text_with("therapist-percent", &[("count", text.into())]),
            Kind::Date => text.parse().map(|date| dated(ctx, date)).unwrap_or(text),
            Kind::Fee => therapist.fee.as_ref().map(|fee| money(fee, ctx.texts)).unwrap_or(text),
            Kind::Answer => ctx.text(read_answer(&text).key()),
            Kind::Style => ctx.text(read_style(&text).key()),
            Kind::Photo => ctx.text("therapist-photo-there"),
        })
    }
}

/// An amount as it is written in the language.
#[must_use]
pub fn money(fee: &Money, texts: &Texts) -> String {
    let text = fee.to_string().replace(' ', "\u{a0}");
    match texts.language() {
        Language::En => text,
        Language::Fr => text.replace('.', ","),
    }
}

/// The languages of a therapist by their names in the reader's language.
#[must_use]
pub fn languages(therapist: &Therapist, texts: &Texts) -> String {
    let french = texts.language() == Language::Fr;
    write_list(&therapist.languages.iter().map(|one| languages::shown(one, french)).collect::<Vec<_>>())
}

/// A date, with its year unless it is this one.
#[must_use]
pub fn dated(ctx: Ctx<'_>, date: jiff::civil::Date) -> String {
    let words = ctx.texts.date(date);
    if date.year() == ctx.desk.now().year() {
        return words;
    }
    ctx.text_with("therapist-date-year", &[("date", words.into()), ("year", date.year().to_string().into())])
}

const fn write_answer(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Unknown => "",
        YesNo::Yes => "yes",
        YesNo::No => "no",
    }
}

fn read_answer(text: &str) -> YesNo {
    YesNo::ALL.into_iter().find(|answer| write_answer(*answer) == text).unwrap_or_default()
}

const fn write_style(style: Style) -> &'static str {
    match style {
        Style::Unknown => "",
        Style::Structured => "structured",
        Style::Exploratory => "exploratory",
        Style::Mixed => "mixed",
    }
}

fn read_style(text: &str) -> Style {
    Style::ALL.into_iter().find(|style| write_style(*style) == text).unwrap_or_default()
}

/// What an answer may be, in the order of the form: the text that a field takes and the name of the text for it.
pub const ANSWERS: [(&str, &str); 3] = [("yes", "yes"), ("no", "no"), ("", "therapist-not-known")];

/// The same for how the hour is led.
pub const STYLES: [(&str, &str); 4] = [
    ("structured", "style-structured"),
    ("exploratory", "style-exploratory"),
    ("mixed", "style-mixed"),
    ("", "therapist-not-known"),
];

/// With commas; with semicolons when a text has a comma of its own.
fn write_list(texts: &[String]) -> String {
    if !texts.iter().any(|text| text.contains(',')) {
        return texts.join(", ");
    }
    let mut all = texts.join("; ");
    if texts.len() == 1 {
        all.push(';');
    }
    all
}

fn read_list(text: &str) -> Vec<String> {
    let sign = if text.contains(';') { ';' } else { ',' };
    text.split(sign).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
