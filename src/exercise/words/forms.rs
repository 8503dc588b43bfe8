//! The forms of regular verbs, by rule. Irregular ones stand in the `forms.ron` of each language.

/// The forms of an English verb: base, -s, -ed, -ing and the spoken -in.
pub(super) fn english(base: &str) -> Vec<String> {
    let vowel = |letter: char| "aeiou".contains(letter);
    let letters: Vec<char> = base.chars().collect();
    let (last, before) = (letters.last().copied().unwrap_or('x'), letters.iter().rev().nth(1).copied().unwrap_or('x'));
    let mut forms = vec![base.to_owned()];
    let mut endings = |past: &str, present: &str| {
        forms.push(format!("{past}ed"));
        forms.push(format!("{present}ing"));
        forms.push(format!("{present}in"));
    };
    if let Some(stem) = base.strip_suffix("ie") {
        endings(base.trim_end_matches('e'), &format!("{stem}y"));
    } else if let Some(stem) = base.strip_suffix('e').filter(|_| before != 'e') {
        endings(stem, stem);
    } else if last == 'y' && !vowel(before) {
        endings(&format!("{}i", &base[..base.len() - 1]), base);
    } else {
        endings(base, base);
    }
    let third = letters.iter().rev().nth(2).copied().unwrap_or('a');
    if !vowel(last) && !"wxy".contains(last) && vowel(before) && !vowel(third) {
        // "stop" doubles its letter and "listen" does not; the form that is wrong does no harm.
        let doubled = format!("{base}{last}");
        endings(&doubled, &doubled);
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| base.ends_with(ending));
    forms.push(if last == 'y' && !vowel(before) {
        format!("{}ies", &base[..base.len() - 1])
    } else if hisses || last == 'o' {
        format!("{base}es")
    } else {
        format!("{base}s")
    });
    forms
}

/// The forms of a French verb in -er, -ir (like "finir") or -re (like "perdre"), without accents.
pub(super) fn french(infinitive: &str) -> Vec<String> {
    let mut forms = vec![infinitive.to_owned()];
    let mut add = |stem: &str, endings: &str| {
        forms.extend(endings.split(' ').map(|ending| format!("{stem}{}", ending.trim_start_matches('-'))));
    };
    if let Some(stem) = infinitive.strip_suffix("er") {
        let soft = if stem.ends_with('g') { format!("{stem}e") } else { stem.to_owned() };
        add(stem, "e es ent ez ions iez er -ee -ees");
        add(&soft, "ons ais ait aient ant a as");
        add(stem, "erai eras era erons erez eront erais erait erions eriez eraient");
        if let Some(start) = stem.strip_suffix('y') {
            add(start, "ie ies ient ierai ieras iera ierons ierez ieront ierais ierait");
        }
    } else if let Some(stem) = infinitive.strip_suffix("ir") {
        add(stem, "is it issons issez issent isse isses issais issait issions issiez issaient issant i ie ies");
        add(infinitive, "ai as a ons ez ont ais ait ions iez aient");
    } else if let Some(stem) = infinitive.strip_suffix("re") {
        add(stem, "s - ons ez ent e es ais ait ions iez aient ant u ue us ues");
        add(&format!("{stem}r"), "ai as a ons ez ont ais ait ions iez aient");
    }
    forms
}

/// The forms of an irregular French verb out of a line of `forms.ron`: infinitive; present and subjunctive; stem of
/// the imperfect; stem of the future; participles, parted by `|`.
pub(super) fn french_irregular(line: &str) -> Option<(String, Vec<String>)> {
    let mut parts = line.split('|').map(str::trim);
    let infinitive = parts.next().filter(|infinitive| !infinitive.is_empty())?.to_owned();
    let mut forms = vec![infinitive.clone()];
    let words = |part: Option<&str>| part.unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    forms.extend(words(parts.next()));
    for (stem, endings) in
        [(parts.next(), "ais ait ions iez aient ant"), (parts.next(), "ai as a ons ez ont ais ait ions iez aient")]
    {
        for stem in words(stem) {
            forms.extend(endings.split(' ').map(|ending| format!("{stem}{ending}")));
        }
    }
    forms.extend(words(parts.next()));
    Some((infinitive, forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_have_their_forms() {
        for (base, some) in [
            ("listen", "listen listens listened listening listenin"),
            ("stop", "stops stopped stopping"),
            ("blame", "blames blamed blaming"),
            ("try", "tries tried trying"),
            ("watch", "watches watched watching"),
            ("agree", "agrees agreeing"),
            ("lie", "lies lied lying"),
        ] {
            let forms = english(base);
            for form in some.split(' ') {
                assert!(forms.iter().any(|known| known == form), "{form} in {forms:?}");
            }
        }
        for (base, some) in [
            ("ecouter", "ecoutes ecoute ecoutais ecouteras ecoutee ecoutez"),
            ("finir", "finis finit finissais fini finiras"),
            ("perdre", "perds perd perdais perdu perdras"),
            ("changer", "changeais changes changeons"),
            ("essayer", "essaies essayes essaieras"),
        ] {
            let forms = french(base);
            for form in some.split(' ') {
                assert!(forms.iter().any(|known| known == form), "{form} in {forms:?}");
            }
        }
    }

    #[test]
    fn irregular_french_verbs_are_one_line() {
        let (infinitive, forms) =
            french_irregular("dire | dis dit disons dites disent dise dises | dis | dir | dit dite").unwrap();
        assert_eq!(infinitive, "dire");
        for form in ["disais", "diras", "dirais", "dit", "dise"] {
            assert!(forms.iter().any(|known| known == form), "{form}");
        }
    }
}
