//! Punches as the file writes them: a list of moments, or clock times by date.

use std::{collections::BTreeMap, fmt};

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

use super::range::Moment;
use crate::{
    punch::{Direction, PlaceState, Punch},
    schedule::DayTime,
    zone::Zone,
};

/// The punches of a person.
#[derive(Debug, Clone, Default)]
pub struct Punches(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    at: Moment,
    details: Details,
}

/// What a punch may carry besides its moment.
#[derive(Debug, Clone, Default)]
struct Details {
    id: Option<String>,
    direction: Direction,
    place: PlaceState,
    source: String,
    skip: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    at: Moment,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    direction: Direction,
    #[serde(default)]
    place: PlaceState,
    #[serde(default)]
    source: String,
    #[serde(default)]
    skip: bool,
}

impl Punches {
    /// The punches as the judge takes them. A punch without id is called by its moment; a second one at the same
    /// moment gets `#2`.
    pub(super) fn to_punches(&self, zone: Zone) -> Vec<Punch> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        self.0
            .iter()
            .map(|entry| {
                let at = entry.at.local(zone);
                let name = entry.details.id.clone().unwrap_or_else(|| at.to_string());
                let count = seen.entry(name.clone()).or_insert(0);
                *count += 1;
                let id = if *count == 1 { name } else { format!("{name}#{count}") };
                let Details { direction, place, source, skip, .. } = entry.details.clone();
                Punch { id, at, direction, place, source, skip }
            })
            .collect()
    }

    /// The dates of all punches.
    pub(super) fn dates(&self, zone: Zone) -> Vec<Date> {
        self.0.iter().map(|e| e.at.local(zone).date()).collect()
    }
}

impl<'de> Deserialize<'de> for Punches {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(PunchesVisitor)
    }
}

struct PunchesVisitor;

impl<'de> Visitor<'de> for PunchesVisitor {
    type Value = Punches;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of moments, or clock times by date: { 2026-03-02 = \"07:25 16:01\" }")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Punches, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element::<Entry>()? {
            entries.push(entry);
        }
        Ok(Punches(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Punches, A::Error> {
        let mut entries = Vec::new();
        while let Some((date, Clocks(times))) = map.next_entry::<Date, Clocks>()? {
            entries.extend(times.into_iter().map(|(time, direction)| Entry {
                at: Moment::Local(time.on(date)),
                details: Details { direction, ..Details::default() },
            }));
        }
        Ok(Punches(entries))
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a moment such as \"2026-03-02 07:20\", or { at = \"2026-03-02 07:20\", direction = \"in\" }",
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Entry, E> {
        let at = Moment::parse(text).ok_or_else(|| {
            E::custom(format!("'{text}' is not a moment; write it as \"2026-03-02 07:20\""))
        })?;
        Ok(Entry { at, details: Details::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        let Written { at, id, direction, place, source, skip } =
            Written::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Entry { at, details: Details { id, direction, place, source, skip } })
    }
}

/// Clock times of one date: `"07:25 16:01"`, or a list of them; `in 07:25` and `out 16:01` name the key pressed.
struct Clocks(Vec<(DayTime, Direction)>);

impl<'de> Deserialize<'de> for Clocks {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(ClocksVisitor)
    }
}

struct ClocksVisitor;

impl ClocksVisitor {
    fn read<E: Error>(text: &str, into: &mut Vec<(DayTime, Direction)>) -> Result<(), E> {
        let mut direction = Direction::Unknown;
        for word in text.split([' ', ',', ';']).filter(|w| !w.is_empty()) {
            match word {
                "in" => direction = Direction::In,
                "out" => direction = Direction::Out,
                time => {
                    into.push((time.parse().map_err(E::custom)?, direction));
                    direction = Direction::Unknown;
                }
            }
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for ClocksVisitor {
    type Value = Clocks;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("clock times such as \"07:25 16:01\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Clocks, E> {
        let mut times = Vec::new();
        Self::read(text, &mut times)?;
        Ok(Clocks(times))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Clocks, A::Error> {
        let mut times = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            Self::read(&text, &mut times)?;
        }
        Ok(Clocks(times))
    }
}
