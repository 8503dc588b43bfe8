//! A page to print and take to the phone: those on the list, and room for the answers to the questions of a first call.

use crate::directory::{Style, Therapist, YesNo, languages};
use crate::locale::{Language, Texts};

/// The look of the page: black on white, nothing that needs colour, a therapist never cut by the end of a page.
const STYLE: &str = "\
body{font:12pt/1.45 'Nunito Sans',system-ui,sans-serif;color:#222;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:0}p{margin:.2rem 0}\
article{border:1px solid #999;border-radius:.6rem;padding:1rem;margin:1rem 0;break-inside:avoid}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.5rem 0}dt{color:#555}dd{margin:0}\
ol{padding-left:1.4rem;margin:.6rem 0 0}li{margin:.2rem 0}.line{display:block;border-bottom:1px solid #aaa;height:1.5rem}\
@media print{body{margin:0}}";

/// A text that is safe between tags and in attributes.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push_str("<br>"),
            c => safe.push(c),
        }
    }
    safe
}

/// What one wants to have before one's eyes while calling: label and value.
fn facts(therapist: &Therapist, texts: &Texts) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut put = |key: &str, value: String| {
        if !value.trim().is_empty() {
            facts.push((texts.get(key), value));
        }
    };
    let answer = |answer: YesNo| if answer == YesNo::Unknown { String::new() } else { texts.get(answer.key()) };
    put("therapist-phones", therapist.phones.join(", "));
    put("therapist-mails", therapist.mails.join(", "));
    put("therapist-webs", therapist.webs.join(", "));
    put("sheet-address", therapist.address());
    let asked = therapist.taking_new_checked.map(|date| format!(" ({date})")).unwrap_or_default();
    let taking = answer(therapist.taking_new);
    put("therapist-taking-new", if taking.is_empty() { taking } else { taking + &asked });
    let fee = therapist.fee.as_ref().map(ToString::to_string).unwrap_or_default();
    put("therapist-fee", if texts.language() == Language::Fr { fee.replace('.', ",") } else { fee });
    put("therapist-sliding", answer(therapist.sliding_scale));
    put("therapist-in-person", answer(therapist.in_person));
    put("therapist-online", answer(therapist.online));
    put("therapist-training", therapist.couples_training.join(", "));
    put("therapist-evenings", answer(therapist.evenings));
    put("therapist-weekends", answer(therapist.weekends));
    let french = texts.language() == Language::Fr;
    let languages: Vec<String> = therapist.languages.iter().map(|one| languages::shown(one, french)).collect();
    put("therapist-languages", languages.join(", "));
    put(
        "therapist-style",
        if therapist.style == Style::Unknown { String::new() } else { texts.get(therapist.style.key()) },
    );
    put("therapist-trial", answer(therapist.trial_session));
    put("therapist-notes", therapist.notes.clone());
    facts
}

/// The page, whole in itself: nothing is fetched when it is opened.
#[must_use]
pub fn export_sheet<'a>(
    therapists: impl IntoIterator<Item = &'a Therapist>,
    questions: &[String],
    texts: &Texts,
) -> String {
    let tag = match texts.language() {
        Language::En => "en-CA",
        Language::Fr => "fr-CA",
    };
    let title = safe(&texts.get("sheet-title"));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n<p>{}</p>\n",
        safe(&texts.get("sheet-lead"))
    );
    for therapist in therapists {
        let who = [&therapist.credential, &therapist.pronouns, &therapist.practice];
        let who: Vec<&str> = who.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        page.push_str(&format!("<article><h2>{}</h2>\n", safe(&therapist.name)));
        if !who.is_empty() {
            page.push_str(&format!("<p>{}</p>\n", safe(&who.join(" · "))));
        }
        page.push_str("<dl>");
        for (label, value) in facts(therapist, texts) {
            page.push_str(&format!("<dt>{}</dt><dd>{}</dd>\n", safe(&label), safe(&value)));
        }
        page.push_str("</dl>\n<ol>");
        for question in questions {
            page.push_str(&format!("<li>{}<span class=\"line\"></span></li>\n", safe(question)));
        }
        page.push_str("</ol></article>\n");
    }
    page.push_str("</body></html>\n");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_whole_and_safe() {
        let bad = "<script>alert(1)</script>\"'&";
        let therapist = Therapist {
            name: bad.into(),
            notes: bad.into(),
            phones: vec!["418 555-0100".into()],
            ..Therapist::default()
        };
        for language in Language::ALL {
            let page = export_sheet([&therapist], &["Why <now>?".into()], &Texts::new(language));
            assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("href="), "{page}");
            assert!(
                page.contains("&lt;script&gt;") && page.contains("Why &lt;now&gt;?") && page.contains("418 555-0100")
            );
        }
    }
}
