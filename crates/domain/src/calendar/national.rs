//! The national layer that ships with the program.

use std::sync::LazyLock;

use super::Layer;
use crate::document::Format;

static NATIONAL: LazyLock<Layer> = LazyLock::new(|| {
    // A broken file cannot reach a release: the tests of this module read it.
    Layer::read(include_str!("../../data/national-holidays.toml"), Format::Toml)
        .expect("the embedded holiday file is well formed")
});

/// The national holidays and cuti bersama of the years known so far (2025 and 2026).
///
/// Sources: SKB 3 Menteri No. 1017/2024, 2/2024, 2/2024 with the amendment of August 2025;
/// SKB 3 Menteri No. 1497/2025, 2/2025, 5/2025.
pub fn national() -> &'static Layer {
    &NATIONAL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidayKind;

    #[test]
    fn the_decrees_count_their_days() {
        let count =
            |year, kind| national().days.iter().filter(|d| d.date.year() == year && d.kind == kind).count();
        assert_eq!(count(2025, HolidayKind::Libur), 17);
        assert_eq!(count(2025, HolidayKind::CutiBersama), 11);
        assert_eq!(count(2026, HolidayKind::Libur), 17);
        assert_eq!(count(2026, HolidayKind::CutiBersama), 8);
        assert_eq!(national().days.len(), 53);
    }
}
