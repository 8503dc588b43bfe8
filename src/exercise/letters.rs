//! Capital and small letters, full stops and elisions at the seams of a sentence.

use crate::locale::Language;

/// Without one full stop at its end; "…", "!" and "?" stay.
pub(super) fn without_stop(text: &str) -> &str {
    let text = text.trim_end();
    match text.strip_suffix('.') {
        Some(shorter) if !shorter.ends_with('.') => shorter.trim_end(),
        Some(_) | None => text,
    }
}

/// Whether a sentence ends before the end of `text`.
pub(super) fn has_sentences(text: &str) -> bool {
    [". ", "! ", "? ", ".\n", "!\n", "?\n"].iter().any(|stop| text.contains(stop))
}

/// A person's words inside a sentence: the first letter becomes small when the first word is one of a short list
/// that can be no name (articles, pronouns and the like). "I" and all other words stay as they were typed.
pub(super) fn in_sentence(text: &str, language: Language) -> String {
    const EN: &str = "a after all an and as at because before being both but feeling for from having he her his how if in \
        it it's just maybe my no not of on or our she since so some that the their there these they this \
        those to very we we're what when where while who why with without you you're your";
    const FR: &str = "à au aux après avant avec ça car ce cela ces cet cette chez comme dans de depuis des du elle elles \
        en et être il ils je la le les leur leurs lorsque ma mais me mes moi mon ne nos notre nous on ou où \
        par parce pas peut-être plus pour quand que qui quoi sa sans se ses si son sur ta te tes ton \
        toujours tout très trop tu un une vos votre vous y";
    let first = text.split_whitespace().next().unwrap_or_default().trim_end_matches([',', ';', ':', '!', '?', '…']);
    let word = first.replace('’', "'").to_lowercase();
    let known = match language {
        Language::En => EN.split(' ').any(|safe| safe == word),
        // "J'ai", "L'argent", "Qu'il": what stands before the apostrophe is never a name, what follows keeps its case.
        Language::Fr => {
            let elided =
                ["c'", "d'", "j'", "l'", "m'", "n'", "qu'", "s'", "t'"].iter().any(|start| word.starts_with(start));
            elided || FR.split(' ').any(|safe| safe == word)
        }
    };
    if known { with_first(text, false) } else { text.to_owned() }
}

/// A label inside a sentence. Its capital is for the list, unless it begins with "I", a day, a month or an acronym,
/// or is several sentences of speech.
pub(super) fn in_sentence_label(label: &str, language: Language) -> String {
    const NAMES: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July \
        August September October November December English French";
    let label = without_stop(label.trim());
    let first = label.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let english_capital = first == "I" || NAMES.split(' ').any(|name| first.trim_end_matches('s') == name);
    let capitals = first.chars().skip(1).any(char::is_uppercase);
    if capitals || has_sentences(label) || (language == Language::En && english_capital) {
        label.to_owned()
    } else {
        with_first(label, false)
    }
}

/// `text` with a capital at its start.
pub(super) fn capitalised(text: &str) -> String {
    with_first(text, true)
}

/// `text` with its first letter made capital or small.
fn with_first(text: &str, capital: bool) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// "que" and "de" at the end of `text` lose their e when `answer` begins with a vowel: "qu’il", "d’être". Before h
/// nothing changes, since only a dictionary knows which h is silent.
pub(super) fn elided(text: &mut String, answer: &str) {
    let first = answer.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let vowel = first.starts_with(|letter| "aàâeéèêëiîïoôuùûœ".contains(letter));
    if !vowel || first == "oui" || first.starts_with("onz") {
        return;
    }
    let word = text.trim_end_matches(' ').rsplit([' ', '\u{a0}', '\n']).next().unwrap_or_default().to_lowercase();
    if text.ends_with(' ')
        && (word == "de" || word.ends_with("que") && word.len() <= "presque".len() && word != "presque")
    {
        let kept = text.trim_end_matches(' ').len() - 1;
        text.truncate(kept);
        text.push('’');
    }
}
