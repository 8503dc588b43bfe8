//! Registers and professional bodies, out of a dated data file.

use jiff::civil::Date;
use serde::Deserialize;

/// All of them, with the day on which they were gathered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finders {
    /// When the addresses were gathered. It does not say that each was opened on that day.
    pub gathered: Date,
    /// The places to look.
    pub finders: Vec<Finder>,
}

/// One place to look.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finder {
    /// ISO 3166-1 alpha-2; empty for any country.
    pub country: String,
    /// What it calls itself.
    pub name: String,
    /// Its site.
    pub web: String,
}

impl Finders {
    /// The built-in ones.
    #[must_use]
    pub fn built_in() -> Option<Self> {
        ron::from_str(include_str!("../../assets/finders.ron")).ok()
    }

    /// Those of a country first, then those of any; all of them for a country without any.
    pub fn of(&self, country: &str) -> Vec<&Finder> {
        let is_here = |finder: &&Finder| finder.country == country;
        if !self.finders.iter().any(|finder| is_here(&finder)) {
            return self.finders.iter().collect();
        }
        let anywhere = self.finders.iter().filter(|finder| finder.country.is_empty());
        self.finders.iter().filter(is_here).chain(anywhere).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_a_secure_one_and_each_country_has_its_own_first() {
        let all = Finders::built_in().unwrap();
        assert!(all.finders.iter().all(|finder| finder.web.starts_with("https://") && !finder.name.is_empty()));
        assert_eq!(all.of("CA")[0].country, "CA");
        assert!(all.of("CA").iter().all(|finder| finder.country.is_empty() || finder.country == "CA"));
        assert_eq!(all.of("XX").len(), all.finders.len());
    }
}
