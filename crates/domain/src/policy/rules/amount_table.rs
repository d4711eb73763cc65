//! `[[amount]]`: the TPP of a class, a jabatan or an OPD, where the regulation prints a table.

use super::{amount::ByWho, names::Names, who_filter::WhoFilter};
use crate::policy::{
    source::{Section, Sink, say},
    text::Text,
};

/// One row. The first row that takes a person and has a number for them counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountRow {
    /// The criterion; `None` is the whole TPP.
    pub criterion: Option<usize>,
    /// Whom it is for.
    pub who: WhoFilter,
    /// Rupiah a month.
    pub rupiah: ByWho,
}

impl AmountRow {
    /// Reads one `[[amount]]`.
    pub fn read(mut section: Section, names: &Names, sink: &mut Sink) -> Option<AmountRow> {
        let who = WhoFilter::read(&mut section, sink);
        let name = section.get("criterion");
        let criterion = name.and_then(|field| {
            let name = field.text(sink)?;
            let found = names.criteria.iter().position(|c| c.as_str() == name);
            if found.is_none() {
                let known: Vec<&str> = names.criteria.iter().map(Text::as_str).collect();
                field.error(sink, say::unknown_name("criterion", &name, &known));
            }
            found
        });
        let rupiah = section.get("rupiah");
        if rupiah.is_none() {
            sink.error(&section.at, say::missing_key("rupiah"));
        }
        let rupiah = rupiah.and_then(|field| ByWho::read(&field, "rupiah", sink));
        section.finish(sink);
        Some(AmountRow { criterion, who, rupiah: rupiah? })
    }
}
