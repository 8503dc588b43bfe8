//! Replies of the US registry's search (NPI Registry API 2.1), saved as a file.

use serde_json::Value;

use super::json::scalar;
use super::nppes::{phone, postcode};
use super::{Choice, Entry, Fields, Found, ImportError, RowFault, Sink, add_note, joined, taxonomy};
use crate::directory::Therapist;

fn is_provider(value: &Value) -> bool {
    value.get("number").is_some() && (value.get("basic").is_some() || value.get("taxonomies").is_some())
}

fn replies(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    }
}

fn errors(value: &Value) -> Option<&Value> {
    value.get("Errors").or_else(|| value.get("errors"))
}

/// Whether this is such a reply, an error among them, or a list of providers taken out of one.
pub(super) fn is_reply(value: &Value) -> bool {
    let replies = replies(value);
    let is_one = |value: &&Value| {
        value.get("result_count").is_some()
            || errors(value).is_some_and(Value::is_array)
            || value.get("results").and_then(Value::as_array).is_some_and(|all| all.iter().any(is_provider))
            || is_provider(value)
    };
    !replies.is_empty() && replies.iter().all(is_one)
}

/// Reads such a reply. A person chose these providers by searching, so that all fields of work are taken unless a
/// narrower choice was made.
pub(super) fn read(value: &Value, choice: &Choice, sink: Sink<'_>) -> Result<(), ImportError> {
    let replies = replies(value);
    let mut providers: Vec<&Value> = Vec::new();
    let mut said = Vec::new();
    for reply in &replies {
        if is_provider(reply) {
            providers.push(reply);
        }
        providers.extend(reply.get("results").and_then(Value::as_array).into_iter().flatten());
        let all = errors(reply).and_then(Value::as_array).into_iter().flatten();
        said.extend(
            all.map(|error| error.get("description").and_then(scalar).or_else(|| scalar(error)).unwrap_or_default()),
        );
    }
    if providers.is_empty() {
        said.retain(|said| !said.is_empty());
        let is_error = replies.iter().any(|reply| errors(reply).is_some());
        return Err(if is_error { ImportError::Registry { said: said.join("; ") } } else { ImportError::Nobody });
    }
    for (at, provider) in providers.into_iter().enumerate() {
        let line = u64::try_from(at + 1).unwrap_or(u64::MAX);
        if !sink(entry(provider, line, choice)) {
            return Err(ImportError::Cancelled);
        }
    }
    Ok(())
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(scalar).filter(|text| text != "--").unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn entry(provider: &Value, line: u64, choice: &Choice) -> Entry {
    let nothing = Value::Null;
    let basic = provider.get("basic").unwrap_or(&nothing);
    let npi = text(provider, "number");
    let (mut therapist, is_organisation) = identity(provider, basic, &npi);
    let state = address(provider, &mut therapist);
    let codes: Vec<String> = list(provider, "taxonomies").map(|work| text(work, "code")).collect();
    let wanted_field = match &choice.fields {
        Fields::Codes(_) => codes.iter().any(|code| choice.fields.takes(code)),
        Fields::Couples | Fields::All => true,
    };
    if !wanted_field || !(choice.states.is_empty() || choice.states.contains(&state.to_uppercase())) {
        return Entry::LeftOut;
    }
    if text(basic, "status").eq_ignore_ascii_case("D") {
        return Entry::Unusable { line, fault: RowFault::Deactivated { npi } };
    }
    if therapist.name.is_empty() {
        return Entry::Unusable { line, fault: RowFault::NoName };
    }
    work(provider, &mut therapist);
    therapist.webs = list(provider, "endpoints")
        .map(|endpoint| text(endpoint, "endpoint"))
        .filter(|web| web.starts_with("http"))
        .collect();
    Entry::Found(Found { line, therapist, is_organisation, ..Found::default() })
}

fn identity(provider: &Value, basic: &Value, npi: &str) -> (Therapist, bool) {
    let mut therapist = Therapist { npi: npi.to_owned(), ..Therapist::default() };
    let organisation = text(basic, "organization_name");
    let is_organisation = text(provider, "enumeration_type").ends_with('2')
        || (!organisation.is_empty() && text(basic, "last_name").is_empty());
    if is_organisation {
        let public =
            list(provider, "other_names").map(|other| text(other, "organization_name")).find(|name| !name.is_empty());
        let name = public.unwrap_or_else(|| organisation.clone());
        if name != organisation {
            add_note(&mut therapist, &organisation);
        }
        therapist.practice.clone_from(&name);
        therapist.name = if name.is_empty() { text(basic, "name") } else { name };
        return (therapist, true);
    }
    let prefix = [text(basic, "name_prefix"), text(basic, "prefix")].into_iter().find(|part| !part.is_empty());
    let suffix = [text(basic, "name_suffix"), text(basic, "suffix")].into_iter().find(|part| !part.is_empty());
    let (first, middle, last) = (text(basic, "first_name"), text(basic, "middle_name"), text(basic, "last_name"));
    let whole = if first.is_empty() && last.is_empty() { text(basic, "name") } else { String::new() };
    therapist.name = joined(
        [prefix.as_deref().unwrap_or_default(), &first, &middle, &last, suffix.as_deref().unwrap_or_default(), &whole],
        " ",
    );
    therapist.credential = text(basic, "credential");
    therapist.gender = text(basic, "gender");
    if therapist.gender.is_empty() {
        therapist.gender = text(basic, "sex");
    }
    (therapist, false)
}

/// The practice's address goes before the mailing address; gives the state.
fn address(provider: &Value, therapist: &mut Therapist) -> String {
    let all: Vec<&Value> = list(provider, "addresses").collect();
    let is_location = |address: &&&Value| text(address, "address_purpose").eq_ignore_ascii_case("LOCATION");
    if let Some(address) = all.iter().find(is_location).or_else(|| all.first()) {
        let (first, second) = (text(address, "address_1"), text(address, "address_2"));
        therapist.street = joined([first.as_str(), &second], ", ");
        therapist.city = text(address, "city");
        therapist.region = text(address, "state");
        therapist.postcode = postcode(&text(address, "postal_code"));
        therapist.country = text(address, "country_code");
        let number = phone(&text(address, "telephone_number"));
        therapist.phones.extend(Some(number).filter(|number| !number.is_empty()));
    }
    for place in list(provider, "practiceLocations").chain(list(provider, "practice_locations")) {
        let parts = ["address_1", "address_2", "city", "state"].map(|name| text(place, name));
        let postcode = postcode(&text(place, "postal_code"));
        let number = phone(&text(place, "telephone_number"));
        let parts = parts.iter().map(String::as_str).chain([postcode.as_str(), &number]);
        add_note(therapist, &joined(parts, ", "));
    }
    therapist.region.clone()
}

/// Licence and fields of work: the first field in which couples are seen, or else the main one, gives the licence.
fn work(provider: &Value, therapist: &mut Therapist) {
    let all: Vec<&Value> = list(provider, "taxonomies").collect();
    let is_primary = |work: &&&Value| work.get("primary").and_then(Value::as_bool).unwrap_or_default();
    let is_ours = |work: &&&Value| taxonomy::name_of(&text(work, "code")).is_some();
    let ours = all.iter().filter(is_ours).max_by_key(is_primary);
    if let Some(work) = ours.or_else(|| all.iter().find(is_primary)).or_else(|| all.first()) {
        therapist.licence_number = text(work, "license");
        therapist.licence_region = text(work, "state");
        if therapist.credential.is_empty() {
            therapist.credential = text(work, "desc");
        }
    }
    for work in all {
        let licence = joined([text(work, "state").as_str(), &text(work, "license")], " ");
        let licence = if licence.is_empty() { licence } else { format!("({licence})") };
        add_note(therapist, &joined([text(work, "code").as_str(), &text(work, "desc"), &licence], " "));
    }
}

#[cfg(test)]
mod tests;
