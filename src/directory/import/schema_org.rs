//! What web pages say about people and places in JSON-LD, in the words of schema.org.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::json::scalar;
use super::{Entry, Found, ImportError, RowFault, Sink, add_note};
use crate::directory::{Money, Therapist, YesNo};

/// Types of people and places that may be a therapist.
const PEOPLE: [&str; 3] = ["Person", "IndividualPhysician", "Patient"];
const PLACES: [&str; 16] = [
    "Physician",
    "PhysiciansOffice",
    "MedicalBusiness",
    "MedicalOrganization",
    "MedicalClinic",
    "LocalBusiness",
    "ProfessionalService",
    "Organization",
    "HealthAndBeautyBusiness",
    "Psychiatric",
    "Psychologist",
    "CommunityHealth",
    "Hospital",
    "NGO",
    "Corporation",
    "MedicalTherapy",
];

/// Properties that lead from a page, a list or a service to those it is about.
const LEADS: [&str; 10] = [
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "about",
    "itemListElement",
    "item",
    "hasPart",
    "provider",
    "itemOffered",
    "serviceProvider",
];

/// How deep people are looked for in each other.
const DEPTH: usize = 24;

type Object = Map<String, Value>;

/// A property by its plain name, in whichever of the ways it is written: `name`, `schema:name`, a whole address.
fn get<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| object.iter().find(|(key, _)| bare(key) == name).map(|(_, value)| value))
}

/// `https://schema.org/Person`, `schema:Person` and `Person` are one.
fn bare(name: &str) -> &str {
    let last = name.rsplit(['/', '#']).next().unwrap_or(name);
    last.strip_prefix("schema:").unwrap_or(last)
}

fn types(object: &Object) -> Vec<&str> {
    many(object.get("@type")).into_iter().filter_map(Value::as_str).map(bare).collect()
}

/// One value or several, and what lists and sets hold.
fn many(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().flat_map(|value| many(Some(value))).collect(),
        Some(Value::Object(object))
            if object.len() == 1 && (object.contains_key("@list") || object.contains_key("@set")) =>
        {
            object.values().flat_map(|value| many(Some(value))).collect()
        }
        Some(value) => vec![value],
    }
}

/// Whether anything in it bears the marks of JSON-LD.
pub(super) fn is_marked(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(is_marked),
        Value::Object(object) => ["@context", "@graph", "@type"].iter().any(|mark| object.contains_key(*mark)),
        _ => false,
    }
}

/// Reads the people and places of a document.
pub(super) fn read(value: &Value, sink: Sink<'_>) -> Result<(), ImportError> {
    let mut found = Vec::new();
    collect(value, 0, None, &mut found);
    if found.is_empty() {
        return Err(ImportError::Nobody);
    }
    let mut named = Named::new();
    name_all(value, 0, &mut named);
    // A practice that somebody's entry names is that person's place, and not one more of those to choose from.
    let people = || found.iter().filter(|(object, _)| is_one_of(object, &PEOPLE));
    let places: BTreeSet<&str> = people()
        .flat_map(|(object, _)| WORK.iter().flat_map(|name| many(get(object, name))))
        .filter_map(reference)
        .collect();
    let is_place = |object: &Object| !is_one_of(object, &PEOPLE) && id_of(object).is_some_and(|id| places.contains(id));
    let rest = found.iter().filter(|(object, _)| !is_place(object));
    for (at, (object, place)) in rest.enumerate() {
        let line = u64::try_from(at + 1).unwrap_or(u64::MAX);
        if !sink(entry(object, *place, &named, line)) {
            return Err(ImportError::Cancelled);
        }
    }
    Ok(())
}

/// What leads from a person to where they work.
const WORK: [&str; 3] = ["worksFor", "practicesAt", "affiliation"];

/// The objects of a document that have a name to refer to them by.
type Named<'a> = BTreeMap<&'a str, &'a Object>;

fn id_of(object: &Object) -> Option<&str> {
    object.get("@id").and_then(Value::as_str)
}

/// The name that a value consists of, if it only refers to an object elsewhere: `{"@id": "#practice"}`.
fn reference(value: &Value) -> Option<&str> {
    value.as_object().filter(|object| object.len() == 1).and_then(id_of)
}

fn name_all<'a>(value: &'a Value, depth: usize, named: &mut Named<'a>) {
    match value {
        Value::Array(values) if depth < DEPTH => values.iter().for_each(|value| name_all(value, depth + 1, named)),
        Value::Object(object) if depth < DEPTH => {
            if let Some(id) = id_of(object).filter(|_| object.len() > 1) {
                named.entry(id).or_insert(object);
            }
            object.values().for_each(|value| name_all(value, depth + 1, named));
        }
        _ => {}
    }
}

fn is_one_of(object: &Object, wanted: &[&str]) -> bool {
    types(object).iter().any(|kind| wanted.contains(kind))
}

/// People wherever they stand, and places that nobody was found in. `place` is where a person works.
fn collect<'a>(
    value: &'a Value,
    depth: usize,
    place: Option<&'a Object>,
    found: &mut Vec<(&'a Object, Option<&'a Object>)>,
) {
    match value {
        Value::Array(values) if depth < DEPTH => {
            values.iter().for_each(|value| collect(value, depth + 1, place, found));
        }
        Value::Object(object) if is_one_of(object, &PEOPLE) => found.push((object, place)),
        Value::Object(object) if is_one_of(object, &PLACES) => {
            let before = found.len();
            for name in
                ["employee", "employees", "member", "members", "founder", "physician", "subOrganization", "department"]
            {
                get(object, name).into_iter().for_each(|value| collect(value, depth + 1, Some(object), found));
            }
            if found.len() == before {
                found.push((object, place));
            }
        }
        // What is neither must say that it is about somebody: the customer of a bill or the author of a page is nobody
        // whom a couple looks for.
        Value::Object(object) if depth < DEPTH => {
            let leads = |key: &str| object.get("@type").is_none() || LEADS.contains(&bare(key));
            let values = object.iter().filter(|(key, _)| key.as_str() != "@context" && leads(key));
            values.for_each(|(_, value)| collect(value, depth + 1, place, found));
        }
        _ => {}
    }
}

/// The texts of a property: of a string itself, of an object its name.
fn texts(object: &Object, name: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Object(inner) => {
            ["@value", "name", "url", "@id"].iter().find_map(|name| get(inner, name).and_then(scalar))
        }
        value => scalar(value),
    };
    many(get(object, name)).into_iter().filter_map(text).collect()
}

fn text(object: &Object, name: &str) -> String {
    texts(object, name).into_iter().next().unwrap_or_default()
}

fn entry(object: &Object, place: Option<&Object>, named: &Named<'_>, line: u64) -> Entry {
    let is_organisation = !is_one_of(object, &PEOPLE);
    let mut found = Found { line, is_organisation, ..Found::default() };
    let therapist = &mut found.therapist;
    therapist.name = name(object);
    if therapist.name.is_empty() {
        return Entry::Unusable { line, fault: RowFault::NoName };
    }
    if is_organisation {
        therapist.practice.clone_from(&therapist.name);
    }
    reach(object, therapist);
    for inner in WORK.iter().flat_map(|name| many(get(object, name))) {
        let referred = reference(inner).and_then(|id| named.get(id).copied());
        if let Some(inner) = referred.or_else(|| inner.as_object()) {
            if therapist.practice.is_empty() {
                therapist.practice = name(inner);
            }
            reach(inner, therapist);
        } else if therapist.practice.is_empty() {
            therapist.practice = scalar(inner).unwrap_or_default();
        }
    }
    if let Some(place) = place {
        if therapist.practice.is_empty() {
            therapist.practice = name(place);
        }
        reach(place, therapist);
    }
    about(object, therapist);
    money(object, &mut found);
    Entry::Found(found)
}

fn name(object: &Object) -> String {
    let whole = text(object, "name");
    let parts = ["honorificPrefix", "givenName", "additionalName", "familyName"].map(|name| text(object, name));
    let built = super::joined(parts.iter().map(String::as_str), " ");
    if !whole.is_empty() {
        whole
    } else if built.is_empty() {
        text(object, "legalName")
    } else {
        built
    }
}

fn add(list: &mut Vec<String>, texts: impl IntoIterator<Item = String>) {
    for text in texts {
        if !text.is_empty() && !list.contains(&text) {
            list.push(text);
        }
    }
}

/// Phones, mails, pages and the address, as far as they are not known yet.
fn reach(object: &Object, therapist: &mut Therapist) {
    let strip = |texts: Vec<String>, scheme: &'static str| {
        texts.into_iter().map(move |text| text.strip_prefix(scheme).map_or(text.clone(), str::to_owned))
    };
    let points = many(get(object, "contactPoint")).into_iter().chain(many(get(object, "contactPoints")));
    for one in std::iter::once(object).chain(points.filter_map(Value::as_object)) {
        add(&mut therapist.phones, strip(texts(one, "telephone"), "tel:"));
        add(&mut therapist.mails, strip(texts(one, "email"), "mailto:"));
    }
    let is_web = |web: &String| web.contains('.') && !web.contains(char::is_whitespace);
    add(&mut therapist.webs, texts(object, "url").into_iter().filter(is_web));
    let places = many(get(object, "location")).into_iter().chain(many(get(object, "workLocation")));
    let inner = places.filter_map(Value::as_object).flat_map(|place| many(get(place, "address")).into_iter().chain([]));
    let direct = many(get(object, "address"));
    let at_place: Vec<&Value> = inner.collect();
    if therapist.address().is_empty()
        && let Some(address) = direct.into_iter().chain(at_place).next()
    {
        match address {
            Value::Object(address) => {
                therapist.street = super::joined(
                    texts(address, "streetAddress")
                        .iter()
                        .chain(&texts(address, "postOfficeBoxNumber"))
                        .map(String::as_str),
                    ", ",
                );
                therapist.city = text(address, "addressLocality");
                therapist.region = text(address, "addressRegion");
                therapist.postcode = text(address, "postalCode");
                therapist.country = text(address, "addressCountry");
                if therapist.address().is_empty() {
                    therapist.street = text(address, "name");
                }
            }
            address => therapist.street = scalar(address).unwrap_or_default(),
        }
    }
}

/// What they are, what they know, what they speak.
fn about(object: &Object, therapist: &mut Therapist) {
    let npi = text(object, "usNPI");
    let digits: String = npi.chars().filter(char::is_ascii_digit).collect();
    therapist.npi = if digits.len() == 10 { digits } else { npi };
    if therapist.npi.is_empty() {
        therapist.npi = identifier(object);
    }
    for name in ["jobTitle", "hasCredential", "honorificSuffix", "occupationalCategory", "hasOccupation"] {
        let found = super::joined(texts(object, name).iter().map(String::as_str), ", ");
        if therapist.credential.is_empty() {
            therapist.credential = found;
        } else if !therapist.credential.contains(&found) {
            add_note(therapist, &found);
        }
    }
    therapist.gender = text(object, "gender");
    therapist.gender = bare(&therapist.gender).to_owned();
    add(&mut therapist.languages, texts(object, "knowsLanguage"));
    add(&mut therapist.languages, texts(object, "availableLanguage"));
    for name in ["medicalSpecialty", "knowsAbout", "availableService", "hasOfferCatalog"] {
        let is_link = |text: &String| text.starts_with("http");
        let tidy = |text: String| if is_link(&text) { bare(&text).to_owned() } else { text };
        add(&mut therapist.topics, texts(object, name).into_iter().map(tidy));
    }
    therapist.taking_new = match get(object, "isAcceptingNewPatients") {
        Some(Value::Bool(true)) => YesNo::Yes,
        Some(Value::Bool(false)) => YesNo::No,
        Some(other) => scalar(other).map_or(YesNo::Unknown, |text| match bare(&text).to_lowercase().as_str() {
            "true" | "yes" => YesNo::Yes,
            "false" | "no" => YesNo::No,
            _ => YesNo::Unknown,
        }),
        None => YesNo::Unknown,
    };
    for name in ["description", "openingHours", "disambiguatingDescription"] {
        for line in texts(object, name) {
            add_note(therapist, &line);
        }
    }
}

/// An identifier that says it is an NPI.
fn identifier(object: &Object) -> String {
    let is_npi =
        |inner: &&Object| ["propertyID", "name"].iter().any(|name| text(inner, name).to_lowercase().contains("npi"));
    let all = many(get(object, "identifier")).into_iter().filter_map(Value::as_object);
    all.filter(is_npi).map(|inner| text(inner, "value")).next().unwrap_or_default()
}

/// The fee, if it is one amount; else what is said of it goes into the notes.
fn money(object: &Object, found: &mut Found) {
    let offers = many(get(object, "makesOffer")).into_iter().chain(many(get(object, "offers")));
    let mut prices: Vec<(String, String)> = Vec::new();
    for offer in offers.filter_map(Value::as_object) {
        let specifications = many(get(offer, "priceSpecification")).into_iter().filter_map(Value::as_object);
        for one in std::iter::once(offer).chain(specifications) {
            let price = text(one, "price");
            if !price.is_empty() {
                prices.push((price, text(one, "priceCurrency")));
            }
        }
    }
    prices.dedup();
    if let [(price, currency)] = prices.as_slice() {
        found.therapist.fee = Money::parse(format!("{price} {currency}").trim());
    }
    if found.therapist.fee.is_none() {
        for (price, currency) in &prices {
            add_note(&mut found.therapist, &format!("{price} {currency}"));
            found.aside.push("price".to_owned());
        }
    }
    let range = text(object, "priceRange");
    match Money::parse(&range) {
        Some(fee) if found.therapist.fee.is_none() => found.therapist.fee = Some(fee),
        _ => add_note(&mut found.therapist, &range),
    }
}

#[cfg(test)]
mod tests;
