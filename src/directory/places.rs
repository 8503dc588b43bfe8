//! Where a postal code or a town lies, roughly: a small table for Canada and the United States (`assets/places`).

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::directory::Therapist;
use crate::directory::fold::fold;

const POSTCODES: &str = include_str!("../../assets/places/postcodes.tsv");
const TOWNS: &str = include_str!("../../assets/places/towns.tsv");

/// Provinces, territories and states whose full names people write instead of their codes.
const REGIONS: &[(&str, &str)] = &[
    ("alberta", "ab"),
    ("british columbia", "bc"),
    ("colombiebritannique", "bc"),
    ("manitoba", "mb"),
    ("new brunswick", "nb"),
    ("nouveaubrunswick", "nb"),
    ("newfoundland and labrador", "nl"),
    ("terreneuveetlabrador", "nl"),
    ("nova scotia", "ns"),
    ("nouvelleecosse", "ns"),
    ("ontario", "on"),
    ("prince edward island", "pe"),
    ("ileduprinceedouard", "pe"),
    ("quebec", "qc"),
    ("saskatchewan", "sk"),
    ("yukon", "yt"),
    ("northwest territories", "nt"),
    ("nunavut", "nu"),
    ("alabama", "al"),
    ("alaska", "ak"),
    ("arizona", "az"),
    ("arkansas", "ar"),
    ("california", "ca"),
    ("colorado", "co"),
    ("connecticut", "ct"),
    ("delaware", "de"),
    ("district of columbia", "dc"),
    ("florida", "fl"),
    ("georgia", "ga"),
    ("hawaii", "hi"),
    ("idaho", "id"),
    ("illinois", "il"),
    ("indiana", "in"),
    ("iowa", "ia"),
    ("kansas", "ks"),
    ("kentucky", "ky"),
    ("louisiana", "la"),
    ("maine", "me"),
    ("maryland", "md"),
    ("massachusetts", "ma"),
    ("michigan", "mi"),
    ("minnesota", "mn"),
    ("mississippi", "ms"),
    ("missouri", "mo"),
    ("montana", "mt"),
    ("nebraska", "ne"),
    ("nevada", "nv"),
    ("new hampshire", "nh"),
    ("new jersey", "nj"),
    ("new mexico", "nm"),
    ("new york", "ny"),
    ("north carolina", "nc"),
    ("north dakota", "nd"),
    ("ohio", "oh"),
    ("oklahoma", "ok"),
    ("oregon", "or"),
    ("pennsylvania", "pa"),
    ("rhode island", "ri"),
    ("south carolina", "sc"),
    ("south dakota", "sd"),
    ("tennessee", "tn"),
    ("texas", "tx"),
    ("utah", "ut"),
    ("vermont", "vt"),
    ("virginia", "va"),
    ("washington", "wa"),
    ("west virginia", "wv"),
    ("wisconsin", "wi"),
    ("wyoming", "wy"),
];

/// A place on the globe, to a hundredth of a degree: about a kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// North of the equator, in hundredths of a degree.
    pub north: i16,
    /// East of Greenwich, in hundredths of a degree.
    pub east: i16,
}

impl Spot {
    /// The way as the crow flies, in whole kilometres.
    ///
    /// On a globe of 6,371 km, by the haversine formula; the table itself is off by a kilometre or more.
    #[must_use]
    pub fn km_to(self, other: Self) -> u16 {
        let radians = |hundredths: i16| (f64::from(hundredths) / 100.0).to_radians();
        let (north, other_north) = (radians(self.north), radians(other.north));
        let half = |one: f64, two: f64| ((one - two) / 2.0).sin().powi(2);
        let chord =
            half(north, other_north) + north.cos() * other_north.cos() * half(radians(self.east), radians(other.east));
        let km = 2.0 * 6371.0 * chord.sqrt().min(1.0).asin();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most half the globe: 20,016")]
        let km = km.round() as u16;
        km
    }
}

struct Table {
    postcodes: HashMap<&'static str, Spot>,
    /// Folded name, and region in small letters → where.
    towns: HashMap<(String, String), Spot>,
    /// Folded name → where the largest town of that name lies.
    largest: HashMap<String, Spot>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { postcodes: HashMap::new(), towns: HashMap::new(), largest: HashMap::new() };
        for line in POSTCODES.lines() {
            let mut cells = line.split('\t');
            if let (Some(code), Some(spot)) = (cells.next(), spot(&mut cells)) {
                table.postcodes.insert(code, spot);
            }
        }
        for line in TOWNS.lines() {
            let mut cells = line.split('\t');
            if let (Some(name), Some(region), Some(spot)) = (cells.next(), cells.next(), spot(&mut cells)) {
                let name = plain(name);
                table.largest.entry(name.clone()).or_insert(spot);
                table.towns.entry((name, region.to_lowercase())).or_insert(spot);
            }
        }
        table
    })
}

fn spot(cells: &mut std::str::Split<'_, char>) -> Option<Spot> {
    let mut hundredths = || {
        let degrees: f64 = cells.next()?.parse().ok()?;
        #[allow(clippy::cast_possible_truncation, reason = "degrees are at most 180")]
        let hundredths = (degrees * 100.0).round() as i16;
        Some(hundredths)
    };
    Some(Spot { north: hundredths()?, east: hundredths()? })
}

/// A town's name as it is compared: `St. John's`, `Saint John’s` and `st johns` are one.
fn plain(name: &str) -> String {
    let folded = fold(name).replace('.', " ");
    let word = |word: &str| match word {
        "st" => "saint".to_owned(),
        "ste" => "sainte".to_owned(),
        word => word.to_owned(),
    };
    folded.split_whitespace().map(word).collect::<String>()
}

fn region(text: &str) -> String {
    let folded = fold(text.trim());
    REGIONS.iter().find(|(name, _)| *name == folded).map_or(folded, |(_, code)| (*code).to_owned())
}

/// The key of a postal code in the table: the first three characters of a Canadian code or of a US ZIP code.
fn postcode(text: &str) -> Option<Spot> {
    let bare: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let bytes = bare.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let canadian = letter(0) && digit(1) && letter(2) && matches!(bytes.len(), 3..=6);
    let american = bytes.iter().all(u8::is_ascii_digit) && matches!(bytes.len(), 5 | 9);
    (canadian || american).then(|| table().postcodes.get(&bare[..3]).copied())?
}

/// Where a postal code or a town lies: `J8X`, `J8X 2K1`, `10001`, `Gatineau`, `Ottawa, IL`, `Trois-Rivières (Québec)`.
/// Of several towns with one name and no region the largest. `None` for a place that the table does not have.
#[must_use]
pub fn find(text: &str) -> Option<Spot> {
    if let Some(spot) = postcode(text) {
        return Some(spot);
    }
    if let Some((town, rest)) = text.split_once([',', '('])
        && let Some(spot) = in_region(&plain(town), rest.trim_end_matches(')'))
    {
        return Some(spot);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [town @ .., last] = words.as_slice()
        && last.chars().count() == 2
        && let Some(spot) = in_region(&plain(&town.join(" ")), last)
    {
        return Some(spot);
    }
    table().largest.get(&plain(text.split([',', '(']).next().unwrap_or(text))).copied()
}

fn in_region(town: &str, region_text: &str) -> Option<Spot> {
    table().towns.get(&(town.to_owned(), region(region_text))).copied()
}

/// Where a therapist works, as far as the table knows.
#[must_use]
pub fn of(therapist: &Therapist) -> Option<Spot> {
    let town = plain(&therapist.city);
    let by_town = || {
        if town.is_empty() {
            return None;
        }
        if therapist.region.trim().is_empty() {
            return table().largest.get(&town).copied();
        }
        in_region(&town, &therapist.region)
    };
    // A code of the Canadian countryside (second place 0) covers a large area, and so do three digits of a ZIP code;
    // in a Canadian town the code says more than the town's middle.
    let code = therapist.postcode.trim();
    let precise = code.starts_with(|c: char| c.is_ascii_alphabetic()) && code.chars().nth(1) != Some('0');
    if precise { postcode(code).or_else(by_town) } else { by_town().or_else(|| postcode(code)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_as_people_write_them() {
        let gatineau = find("Gatineau").unwrap();
        for same in ["gatineau", "Gatineau, QC", "GATINEAU QC", "Gatineau (Québec)"] {
            assert_eq!(find(same), Some(gatineau), "{same}");
        }
        assert_eq!(find("trois rivieres"), find("Trois-Rivières"));
        assert!(find("Trois-Rivières").is_some());
        assert_eq!(find("St. John's, NL"), find("saint johns nl"));
        assert_ne!(find("Ottawa"), find("Ottawa, IL"));
        assert!(find("j8x 2k1").unwrap().km_to(gatineau) < 15);
        assert!(find("10001").unwrap().km_to(find("New York City").unwrap()) < 15);
        for unknown in ["", "  ", "Nowhere at all", "H0H 0H0x", "123"] {
            assert_eq!(find(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn distances_are_about_right() {
        let km = |one: &str, two: &str| find(one).unwrap().km_to(find(two).unwrap());
        assert_eq!(km("Toronto", "Toronto"), 0);
        let montreal_toronto = km("Montréal", "Toronto");
        assert!((495..515).contains(&montreal_toronto), "{montreal_toronto}");
        assert!((150..175).contains(&km("Ottawa", "Montreal")));
    }

    #[test]
    fn a_therapist_is_placed_by_what_says_most() {
        let therapist = |city: &str, region: &str, code: &str| Therapist {
            city: city.into(),
            region: region.into(),
            postcode: code.into(),
            ..Therapist::default()
        };
        assert_eq!(of(&therapist("Gatineau", "QC", "J8X 2K1")), find("J8X"));
        assert_eq!(of(&therapist("Chelsea", "Québec", "J0X 1N0")), find("Chelsea, QC").or_else(|| find("J0X")));
        assert_eq!(of(&therapist("Ottawa", "Illinois", "")), find("Ottawa, IL"));
        assert_eq!(of(&therapist("", "", "10001")), find("10001"));
        assert_eq!(of(&Therapist::default()), None);
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(table().postcodes.len(), POSTCODES.lines().count());
        assert!(POSTCODES.len() + TOWNS.len() < 300_000, "small enough to carry along");
        let known: Vec<&str> = REGIONS.iter().map(|(_, code)| *code).collect();
        for (name, region) in table().towns.keys() {
            assert!(known.contains(&region.as_str()), "{name} {region}");
        }
    }
}
