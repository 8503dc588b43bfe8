//! Fields of work in the US provider taxonomy (NUCC), and the US states.

/// Which fields of work to take out of a registry's file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Fields {
    /// Those in which couples are seen: family and marriage therapists, counsellors, psychologists, clinical social
    /// workers, psychoanalysts, and clinics of these.
    #[default]
    Couples,
    /// All.
    All,
    /// These codes, or all codes that begin so.
    Codes(Vec<String>),
}

/// Codes of fields in which couples are seen, and what to call each (NUCC provider taxonomy, January 2025).
const COUPLES: &[(&str, &str)] = &[
    ("101Y00000X", "Counselor"),
    ("101YM0800X", "Mental Health Counselor"),
    ("101YP1600X", "Pastoral Counselor"),
    ("101YP2500X", "Professional Counselor"),
    ("102L00000X", "Psychoanalyst"),
    ("103T00000X", "Psychologist"),
    ("103TA0700X", "Psychologist, Adult Development & Aging"),
    ("103TB0200X", "Psychologist, Cognitive & Behavioral"),
    ("103TC0700X", "Clinical Psychologist"),
    ("103TC1900X", "Counseling Psychologist"),
    ("103TF0000X", "Family Psychologist"),
    ("103TH0004X", "Health Psychologist"),
    ("103TM1800X", "Psychologist, Intellectual & Developmental Disabilities"),
    ("103TP0814X", "Psychologist, Psychoanalysis"),
    ("103TP2701X", "Psychologist, Group Psychotherapy"),
    ("103TW0100X", "Psychologist, Women"),
    ("104100000X", "Social Worker"),
    ("1041C0700X", "Clinical Social Worker"),
    ("106H00000X", "Marriage & Family Therapist"),
    ("261QM0801X", "Mental Health Clinic"),
    ("261QM0850X", "Adult Mental Health Clinic"),
    ("261QM0855X", "Adolescent and Children Mental Health Clinic"),
];

impl Fields {
    /// Whether work in the field of this code is wanted.
    #[must_use]
    pub fn takes(&self, code: &str) -> bool {
        match self {
            Self::Couples => name_of(code).is_some(),
            Self::All => true,
            Self::Codes(codes) => codes.iter().any(|wanted| code.starts_with(wanted.as_str())),
        }
    }

    /// Reads `couples`, `all`, or codes with commas between them; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "couples" => return Some(Self::Couples),
            "all" => return Some(Self::All),
            _ => {}
        }
        let codes: Vec<String> = text.split(',').map(|code| code.trim().to_uppercase()).collect();
        let good =
            |code: &String| (3..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        codes.iter().all(good).then_some(Self::Codes(codes))
    }
}

/// What to call a field in which couples are seen.
pub(super) fn name_of(code: &str) -> Option<&'static str> {
    COUPLES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Whether two letters are a US state, district, territory or forces' post.
#[must_use]
pub fn is_state(text: &str) -> bool {
    const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM \
        NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP";
    text.len() == 2 && STATES.split_whitespace().any(|state| state == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_chosen_by_code() {
        assert!(Fields::Couples.takes("106H00000X") && !Fields::Couples.takes("207X00000X"));
        assert!(Fields::All.takes("207X00000X"));
        let codes = Fields::parse("103t, 106H00000X").unwrap();
        assert!(codes.takes("103TC0700X") && codes.takes("106H00000X") && !codes.takes("101Y00000X"));
        assert_eq!(Fields::parse("ALL"), Some(Fields::All));
        for bad in ["", "x", "106H,", "106H 0000"] {
            assert_eq!(Fields::parse(bad), None, "{bad}");
        }
        assert!(is_state("NY") && !is_state("QC") && !is_state("ny"));
    }
}
