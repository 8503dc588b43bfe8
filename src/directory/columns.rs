//! One table of all fields of a record: their headings in spreadsheets, how they are written and read.
//!
//! Search, import and export all go by this table, so that a new field has one place to be added.

use crate::directory::cells::{
    read_date, read_list, read_number, read_style, read_yes_no, write_list, write_some, write_style, write_yes_no,
};
use crate::directory::fold::fold;
use crate::directory::{Money, Style, Therapist, YesNo};

/// One field of a record as a column.
#[derive(Debug)]
pub(super) struct Column {
    /// The heading that an export writes.
    pub heading: &'static str,
    /// Other headings for the same thing in English and French, in the form of [`heading_key`].
    pub also: &'static [&'static str],
    /// Whether search looks into it. The name is searched apart, because it ranks first; languages are by their names.
    pub searched: bool,
    /// The cell for a record.
    pub get: fn(&Therapist) -> String,
    /// Puts a cell that is not empty into a record; `false` when it is not understood or the place is taken.
    pub set: fn(&mut Therapist, &str) -> bool,
}

/// Writes the columns of one kind of field.
macro_rules! column {
    (text $field:ident, $heading:literal, [$($also:literal),*]) => { column!(text $field, $heading, [$($also),*], true) };
    (text $field:ident, $heading:literal, [$($also:literal),*], $searched:literal) => {
        Column {
            heading: $heading,
            also: &[$($also),*],
            searched: $searched,
            get: |therapist| therapist.$field.clone(),
            set: |therapist, cell| {
                let free = therapist.$field.is_empty();
                if free {
                    cell.clone_into(&mut therapist.$field);
                }
                free
            },
        }
    };
    (list $field:ident, $heading:literal, [$($also:literal),*]) => { column!(list $field, $heading, [$($also),*], true) };
    (list $field:ident, $heading:literal, [$($also:literal),*], $searched:literal) => {
        Column {
            heading: $heading,
            also: &[$($also),*],
            searched: $searched,
            get: |therapist| write_list(&therapist.$field),
            set: |therapist, cell| {
                therapist.$field.extend(read_list(cell));
                true
            },
        }
    };
    (yes_no $field:ident, $heading:literal, [$($also:literal),*]) => {
        column!(value $field, $heading, [$($also),*], |value: &YesNo| write_yes_no(*value).to_owned(), read_yes_no)
    };
    (number $field:ident, $heading:literal, [$($also:literal),*]) => {
        column!(value $field, $heading, [$($also),*],
            write_some, |cell| read_number(cell).map(Some))
    };
    (date $field:ident, $heading:literal, [$($also:literal),*]) => {
        column!(value $field, $heading, [$($also),*],
            write_some, |cell| read_date(cell).map(Some))
    };
    (value $field:ident, $heading:literal, [$($also:literal),*], $write:expr, $read:expr) => {
        Column {
            heading: $heading,
            also: &[$($also),*],
            searched: false,
            get: |therapist| ($write)(&therapist.$field),
            set: |therapist, cell| match ($read)(cell) {
                Some(value) if is_nothing(&therapist.$field) || therapist.$field == value => {
                    therapist.$field = value;
                    true
                }
                _ => false,
            },
        }
    };
}

/// Whether a field says nothing yet. The first of two columns for the same thing counts; the other one is not lost.
fn is_nothing<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// All columns, in the order of an export.
pub(super) const COLUMNS: &[Column] = &[
    column!(text name, "Name", ["full name", "display name", "therapist", "therapist name", "counsellor", "counselor", "provider name", "provider", "practitioner", "practitioner name", "psychologist", "psychotherapist", "contact", "contact name", "professional", "nom complet", "nom", "nom et prenom", "prenom et nom", "intervenant", "intervenante", "professionnel", "professionnelle", "praticien", "psychotherapeute", "therapeute", "nom du therapeute", "nom de la therapeute", "psychologue", "nom du professionnel", "nom de la professionnelle", "nom de lintervenant", "nom de lintervenante", "nom du psychologue", "nom de la psychologue", "nom du praticien", "nom affiche", "therapist or clinic", "clinician", "clinician name", "doctor", "nom du clinicien"], false),
    column!(text pronouns, "Pronouns", ["pronoun", "pronoms", "pronom"]),
    column!(text practice, "Practice", ["clinic", "practice name", "clinic name", "company", "organization", "organisation", "organization name", "organisation name", "office", "business name", "practice location", "group", "clinique", "cabinet", "bureau", "entreprise", "societe", "practice or clinic", "cabinet ou clinique"]),
    column!(text credential, "Credential", ["credentials", "licence type", "license type", "degree", "profession", "title", "job title", "organization title", "type de permis", "titre", "titre professionnel", "diplome", "title or licence", "titre ou permis", "titres de competence", "qualifications", "designation", "designations", "titre demploi", "fonction", "poste", "titres"]),
    column!(text licence_number, "Licence number", ["license number", "licence no", "license no", "licence", "license", "permit number", "numero de permis", "no de permis", "n de permis", "permis"]),
    column!(text licence_region, "Licence region", ["license region", "licence state", "license state", "licence province", "ordre professionnel", "ordre", "region du permis", "licence given by", "permis donne par"]),
    column!(text licence_board, "Licence board", ["license board", "licensing board", "board", "registre", "verification du permis", "page of the licence board", "page de lordre"]),
    column!(text npi, "NPI", ["npi number", "npi number us", "numero npi e u"]),
    column!(list phones, "Phones", ["phone", "telephone", "tel", "phone number", "telephone number", "phone numbers", "mobile", "cell", "cell phone", "mobile phone", "business phone", "work phone", "primary phone", "phone value", "home phone", "other phone", "company main phone", "contact number", "office phone", "direct phone", "telephone no", "phone no", "no de telephone", "no de tel", "no telephone", "telephone cellulaire", "telephone mobile", "telephone principal", "tel cellulaire", "tel mobile", "telephones", "numero de telephone", "cellulaire", "portable", "tel bureau", "telephone bureau", "telephone societe", "tel domicile", "telephone domicile", "tel professionnel", "telephone professionnel", "telephone personnel"]),
    column!(list mails, "Mails", ["mail", "email", "emails", "email address", "mail address", "email value", "primary email", "work email", "business email", "contact email", "mel", "courriel", "courriels", "adresse courriel", "adresse email", "adresse de messagerie", "adresse courriel professionnelle", "courriel professionnel", "e mail", "adresse electronique"]),
    column!(list webs, "Web pages", ["web", "website", "websites", "web page", "web site", "url", "homepage", "link", "profile", "profile link", "website value", "personal web page", "web address", "website url", "profile url", "site web", "adresse web", "url du site", "site", "sites web", "page web", "lien", "site internet"]),
    column!(text street, "Street", ["address", "street address", "address line", "business street", "work street", "address street", "street line", "home street", "mailing address", "office address", "practice address", "address street line", "address street address", "business address street", "rue", "adresse", "adresse postale", "adresse civique", "adresse du bureau", "rue bureau", "rue domicile", "adresse bureau", "adresse rue", "adresse ligne", "street name"]),
    column!(text city, "City", ["town", "municipality", "business city", "address city", "home city", "location", "ville", "municipalite", "commune", "localite", "ville bureau", "ville domicile", "adresse ville"]),
    column!(text region, "Region", ["province", "state", "state province", "province state", "county", "business state", "address region", "home state", "address state", "etat", "province or state", "province ou etat", "dep region bureau", "dep region domicile", "region bureau", "adresse province", "etat province"]),
    column!(text postcode, "Postal code", ["postcode", "post code", "zip", "zip postal code", "zip code", "zipcode", "business postal code", "address postal code", "address zip", "home postal code", "zip or postal code", "code postal", "cp", "code postal bureau", "code postal domicile", "adresse code postal"]),
    column!(text country, "Country", ["country region", "business country", "address country", "business country region", "home country", "home country region", "pays", "pays region bureau", "pays region domicile", "pays region", "pays bureau"]),
    column!(number couples_share, "Couples share (%)", ["percent couples", "couples percent", "share of couples", "part de couples", "pourcentage de couples", "share of their work that is couples", "part du travail faite avec des couples"]),
    column!(list couples_training, "Couples training", ["training", "couple training", "couples therapy training", "certifications", "formation", "formations", "formation de couple", "formation en therapie de couple", "training for couples work", "formation pour le travail de couple", "types de therapie", "type de therapie", "approches", "approche", "approche therapeutique", "approches therapeutiques", "types of therapy", "type of therapy", "treatment approach", "treatment approaches", "approach", "approaches", "orientation"]),
    column!(yes_no aamft_fellow, "AAMFT fellow", ["aamft", "membre aamft", "membre emerite de laamft"]),
    column!(number years, "Years of experience", ["years", "experience years", "years in practice", "annees dexperience", "annees de pratique", "years of work", "annees de travail"]),
    column!(value style, "Style", ["approach style", "style dapproche", "how they lead the hour", "facon de mener la seance"], |value: &Style| write_style(*value).to_owned(), read_style),
    column!(yes_no homework, "Homework", ["gives homework", "devoirs", "exercices a la maison", "gives things to do at home", "donne des choses a faire a la maison"]),
    column!(number session_minutes, "Session minutes", ["session length", "length", "duration", "minutes", "duree", "duree de la seance", "duree en minutes", "length of a session in minutes", "duree dune seance en minutes"]),
    column!(yes_no in_person, "In person", ["inperson", "in office", "face to face", "en personne", "en presence", "presentiel", "seances en personne", "in person sessions", "en cabinet", "au bureau", "in person therapy", "offers in person therapy"]),
    column!(yes_no online, "Online", ["video", "virtual", "telehealth", "teletherapy", "remote", "en ligne", "virtuel", "a distance", "teletherapie", "seances en ligne", "therapie en ligne", "teleconsultation", "en virtuel", "online sessions", "online therapy", "video sessions", "offers online therapy", "seances virtuelles", "par video", "visioconference"]),
    column!(yes_no step_free, "Step-free access", ["accessible", "wheelchair", "wheelchair access", "accessibility", "stepfree", "acces sans marches", "accessibilite", "fauteuil roulant", "no steps to get in"]),
    column!(yes_no evenings, "Evenings", ["evening", "evening hours", "soirs", "soir", "soiree", "heures de soir"]),
    column!(yes_no weekends, "Weekends", ["weekend", "weekend hours", "fins de semaine", "fin de semaine", "heures de fin de semaine"]),
    column!(yes_no taking_new, "Taking new couples", ["accepting new couples", "new couples", "accepts new clients", "accepting new clients", "accepting new patients", "accepting", "accepts new couples", "new clients", "taking new clients", "accepte de nouveaux couples", "nouveaux clients", "accepte de nouveaux clients", "places disponibles", "takes new couples", "prend de nouveaux couples"]),
    column!(date taking_new_checked, "New couples checked", ["date asked", "disponibilite verifiee", "asked about new couples on", "demande pour les nouveaux couples le"]),
    column!(number wait_weeks, "Wait (weeks)", ["wait", "waiting time", "wait time", "delai", "attente", "attente semaines", "delai semaines", "weeks until a first session", "semaines avant une premiere seance", "temps dattente", "liste dattente semaines", "weeks to first appointment"]),
    column!(list languages, "Languages", ["language", "langues", "langue", "languages spoken", "spoken languages", "services offered in", "langues parlees", "langue parlee", "langues de consultation", "language s"], false),
    column!(value fee, "Fee", ["fees", "price", "cost", "rate", "session fee", "fee per session", "couple session fee", "session rate", "session cost", "cost per session", "rate per session", "price per session", "fee for couples", "tarif", "tarif par seance", "prix par seance", "cout par seance", "tarif couple", "tarifs", "prix", "honoraires", "cout", "frais", "fee for a session", "tarif dune seance", "cout par seance de couple", "tarif de couple", "tarif pour couples", "tarif par seance de couple", "tarif de la seance", "prix de la seance", "cost per couple session", "couples session fee", "couple fee", "couples fee", "fee per couple session", "honoraires par seance"],
        write_some, |cell| Money::parse(cell).map(Some)),
    column!(yes_no sliding_scale, "Sliding scale", ["reduced fee", "echelle mobile", "tarif selon le revenu", "tarif adapte", "tarif reduit", "lower fee for those who earn less", "tarif plus bas pour un petit revenu"]),
    column!(text insurance, "Insurance", ["insurers", "insurance accepted", "assurance", "assurances", "assureurs", "assurances acceptees", "assurance acceptee", "accepted insurance", "insurances", "insurance plans"]),
    column!(yes_no receipt, "Receipt", ["superbill", "receipts", "insurance receipt", "recu", "recus", "recu pour assurance", "receipt for insurance", "recu pour lassurance"]),
    column!(yes_no free_consult, "Free consult", ["free consultation", "free call", "consultation gratuite", "premier appel gratuit", "first short talk is free", "premier court appel gratuit", "appel de consultation gratuit", "consultation initiale gratuite", "free phone consultation", "free initial consultation", "appel gratuit"]),
    column!(text cancellation, "Cancellation", ["cancellation fee", "cancellation policy", "annulation", "frais dannulation", "politique dannulation", "if you cancel late", "si vous annulez tard"]),
    column!(list topics, "Topics", ["specialties", "specialities", "specialty", "speciality", "issues", "expertise", "areas of expertise", "specialites", "specialite", "sujets", "domaines", "topics they know well", "sujets bien connus", "champs de pratique", "domaines de pratique", "problematiques", "motifs de consultation", "practice areas", "areas of practice"]),
    column!(list welcomes, "Welcomes", ["populations", "communities", "experience with", "clientele", "clienteles", "communautes", "at home with", "a laise avec", "clientele desservie", "clients served", "client focus"]),
    column!(text gender, "Gender", ["sex", "genre", "sexe", "gender if it matters to you", "genre si cela compte pour vous"]),
    column!(text age, "Age", ["age group", "groupe dage", "age if it matters to you", "age si cela compte pour vous"]),
    column!(yes_no no_secrets, "No-secrets policy", ["no secrets", "nosecrets", "politique sans secrets", "sans secrets", "keeps no secrets between you two", "ne garde pas de secrets entre vous deux"]),
    column!(yes_no sees_alone, "Sees each alone", ["individual sessions", "rencontre chacun seul", "seances individuelles", "also sees each of you alone", "rencontre aussi chacun de vous separement"]),
    column!(yes_no safety_screening, "Asks about safety", ["safety screening", "ipv screening", "depistage de la violence", "demande si chacun est en securite", "asks each alone about safety", "demande a chacun en prive si tout est sur a la maison"]),
    column!(text stance, "Stance", ["stance on separation", "position", "position sur la separation", "on staying or parting", "sa position sur une separation"]),
    column!(yes_no trial_session, "Trial session", ["accepts trial session", "one trial session", "seance dessai", "accepte une seance dessai", "offers one trial session", "offre une seance dessai"]),
    column!(text notes, "Notes", ["note", "comments", "comment", "remarks", "description", "remarques", "remarque", "commentaires", "commentaire", "notes for both of you", "notes pour vous deux", "observations"]),
    column!(text source, "Source", ["found at", "found on", "referred by", "provenance", "trouve sur", "recommande par", "where you found them", "ou lavezvous trouve"]),
    column!(date checked, "Checked", ["last checked", "checked on", "date checked", "verifie le", "derniere verification", "verifie", "last checked on"]),
];

/// Headings for a first name, in the form of [`heading_key`].
pub(super) const FIRST_NAME: &[&str] =
    &["first", "first name", "given name", "firstname", "forename", "prenom", "prenoms"];

/// Headings for a last name, in the form of [`heading_key`].
pub(super) const LAST_NAME: &[&str] =
    &["last", "last name", "family name", "lastname", "surname", "nom de famille", "patronyme"];

/// Headings for a second first name, in the form of [`heading_key`].
pub(super) const MIDDLE_NAME: &[&str] =
    &["middle name", "middle", "additional name", "second prenom", "deuxieme prenom"];

/// Headings for how one meets, in words.
pub(super) const FORMAT: &[&str] = &[
    "format",
    "session format",
    "modality",
    "modalities",
    "service delivery",
    "type de rencontre",
    "modalite",
    "modalites",
    "mode de rencontre",
];

/// Headings of columns that other programs fill with what means nothing here: the labels of their own columns.
pub(super) const IGNORED: &[&str] = &[
    "email type",
    "email label",
    "phone type",
    "phone label",
    "address type",
    "address label",
    "website type",
    "website label",
    "organization type",
    "organization label",
    "group membership",
    "labels",
    "email display name",
    "priority",
    "private",
    "sensitivity",
    "photo",
    "phonetic first name",
    "phonetic middle name",
    "phonetic last name",
    "file as",
    "birthday",
    "anniversaire",
    "address formatted",
    "type de messagerie",
    "nom complet de ladresse de messagerie",
    "critere de diffusion",
    "priorite",
    "prive",
];

/// The currency that a heading names, as in `Fee (CAD)` or `Tarif en €`.
pub(super) fn currency_in(heading: &str) -> Option<&'static str> {
    const CODES: [&str; 7] = ["CAD", "USD", "EUR", "GBP", "CHF", "AUD", "NZD"];
    let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric() && c != '€' && c != '£').collect();
    if heading.contains('€') || words.iter().any(|word| word.eq_ignore_ascii_case("euros")) {
        return Some("EUR");
    }
    if heading.contains('£') {
        return Some("GBP");
    }
    CODES.into_iter().find(|code| words.contains(code))
}

/// A heading as it is compared: folded, words parted by one space, without numbers (`E-mail 1 - Value` → `email value`).
pub(super) fn heading_key(heading: &str) -> String {
    let spaced: String = fold(heading).chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The column that a heading names.
pub(super) fn column_of(heading: &str) -> Option<&'static Column> {
    let mut key = heading_key(heading);
    if let Some(currency) = currency_in(heading) {
        let words =
            key.split(' ').filter(|word| !word.eq_ignore_ascii_case(currency) && !["en", "in", "euros"].contains(word));
        key = words.collect::<Vec<_>>().join(" ");
    }
    COLUMNS.iter().find(|column| column.also.contains(&key.as_str()) || heading_key(column.heading) == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fields::Document;

    #[test]
    fn every_heading_names_one_column() {
        let mut seen = BTreeSet::new();
        for column in COLUMNS {
            assert!(seen.insert(heading_key(column.heading)), "{}", column.heading);
        }
        let others = [FIRST_NAME, LAST_NAME, MIDDLE_NAME, FORMAT, IGNORED].into_iter().flatten();
        for name in COLUMNS.iter().flat_map(|column| column.also).chain(others) {
            assert_eq!(heading_key(name), *name, "write it in its compared form");
            assert!(seen.insert((*name).to_owned()), "{name} is there twice");
        }
    }

    #[test]
    fn every_field_has_a_column() {
        // Who added it and whether it is deleted mean nothing outside this couple's folder; a photo is no text.
        assert_eq!(COLUMNS.len() + 3, Therapist::default().put().len());
    }

    #[test]
    fn headings_are_found_as_people_write_them() {
        for (heading, expected) in [
            ("E-mail 1 - Value", "Mails"),
            ("COURRIEL", "Mails"),
            ("Téléphone", "Phones"),
            ("Phone 2", "Phones"),
            ("No. de permis", "Licence number"),
            ("Années d’expérience", "Years of experience"),
            ("ZIP/Postal code", "Postal code"),
            ("Zip_Code", "Postal code"),
            ("Fee (CAD)", "Fee"),
            ("Tarif en €", "Fee"),
            ("Business Country/Region", "Country"),
            ("Organization 1 - Name", "Practice"),
            ("Favourite colour", "none"),
            ("", "none"),
        ] {
            assert_eq!(column_of(heading).map_or("none", |column| column.heading), expected, "{heading}");
        }
    }
}
