//! Which people something holds for.

use super::pattern::Patterns;
use crate::{
    employment::EmploymentKind,
    policy::{
        input::Who,
        source::{Section, Sink, say},
    },
};

/// A filter on people; an empty filter takes everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhoFilter {
    employment: Vec<EmploymentKind>,
    golongan: Patterns,
    kelas: Patterns,
    eselon: Patterns,
    jabatan: Patterns,
    jenis_jabatan: Patterns,
    opd: Patterns,
    attributes: Vec<(String, Patterns)>,
}

impl WhoFilter {
    /// Reads the keys `employment`, `golongan`, `kelas`, `eselon`, `jabatan`, `jenis_jabatan`, `opd`, `attribute`.
    pub fn read(section: &mut Section, sink: &mut Sink) -> WhoFilter {
        let employment = section.get("employment").map(|f| f.items()).unwrap_or_default();
        let employment = employment.iter().filter_map(|item| {
            let name = item.text(sink)?;
            let kind = EmploymentKind::parse(&name);
            if kind.is_none() {
                let known = EmploymentKind::ALL.map(EmploymentKind::code);
                item.error(sink, say::unknown_name("employment", &name, &known));
            }
            kind
        });
        let employment = employment.collect();
        let attributes = section.section("attribute", sink).map(|table| table.entries()).unwrap_or_default();
        WhoFilter {
            employment,
            golongan: Patterns::read(section, "golongan", sink),
            kelas: Patterns::read(section, "kelas", sink),
            eselon: Patterns::read(section, "eselon", sink),
            jabatan: Patterns::read(section, "jabatan", sink),
            jenis_jabatan: Patterns::read(section, "jenis_jabatan", sink),
            opd: Patterns::read(section, "opd", sink),
            attributes: attributes
                .into_iter()
                .map(|(name, field)| (name, Patterns::new(field.texts(sink))))
                .collect(),
        }
    }

    /// Whether everybody is taken.
    pub fn is_empty(&self) -> bool {
        *self == WhoFilter::default()
    }

    /// Whether a person is taken.
    pub fn takes(&self, who: &Who) -> bool {
        let kelas = || who.kelas.map(|k| k.to_string());
        (self.employment.is_empty() || self.employment.contains(&who.employment))
            && self.golongan.take(who.golongan.as_deref())
            && (self.kelas.is_empty() || self.kelas.take(kelas().as_deref()))
            && self.eselon.take(who.eselon.as_deref())
            && self.jabatan.take(who.jabatan.as_deref())
            && self.jenis_jabatan.take(who.jenis_jabatan.as_deref())
            && self.opd.take(who.opd.as_deref())
            && self
                .attributes
                .iter()
                .all(|(name, patterns)| patterns.take(who.attributes.get(name).map(String::as_str)))
    }

    /// Whether no person can be taken by both.
    pub fn disjoint(&self, other: &WhoFilter) -> bool {
        let kinds_apart = !self.employment.is_empty()
            && !other.employment.is_empty()
            && !self.employment.iter().any(|kind| other.employment.contains(kind));
        let attributes_apart = self.attributes.iter().any(|(name, patterns)| {
            other.attributes.iter().any(|(theirs, other)| theirs == name && patterns.disjoint(other))
        });
        kinds_apart
            || attributes_apart
            || self.golongan.disjoint(&other.golongan)
            || self.kelas.disjoint(&other.kelas)
            || self.eselon.disjoint(&other.eselon)
            || self.jabatan.disjoint(&other.jabatan)
            || self.jenis_jabatan.disjoint(&other.jenis_jabatan)
            || self.opd.disjoint(&other.opd)
    }
}
