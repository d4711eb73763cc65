//! Punches: stored once however often they arrive, never changed but for their person and their being void.

mod read;
mod write;

#[cfg(feature = "testing")]
pub use read::received_since;
pub use read::{Latest, Unmapped, get, latest, of, unmapped, voided_at};
pub use write::{insert_batch, void};
pub(crate) use write::{insert_unasked, key};

use domain::{
    ids::{DeviceGroupId, EmployeeId, ImportId, PunchId, RecordId, TerminalId},
    punch::{Direction, PlaceState},
    zone::Zone,
};
use jiff::{Timestamp, civil::DateTime};

use crate::sql::{record::record, text_enum::text_enum};

text_enum! {
    /// Where a punch came from.
    pub enum PunchSource {
        /// A terminal sent it.
        Terminal = "terminal",
        /// A file brought it.
        File = "file",
        /// A person wrote it down.
        Manual = "manual",
    }
}

record! {
    /// A punch as it is stored.
    pub struct PunchRow {
        /// Identity.
        pub punch_id: PunchId,
        /// The person; `None` while the PIN is not mapped.
        pub employee_id: Option<EmployeeId>,
        /// The instant by the clock of the source.
        pub at: Timestamp,
        /// The same as the source wrote it, in whole seconds.
        pub local_time: DateTime,
        /// Zone of that clock.
        pub zone: Zone,
        /// When it was received.
        pub received_at: Timestamp,
        /// Where it came from.
        pub source: PunchSource,
        /// The terminal.
        pub terminal_id: Option<TerminalId>,
        /// Group of the terminal at that time, whose PINs count.
        pub device_group_id: Option<DeviceGroupId>,
        /// PIN as sent; empty for a manual punch.
        pub pin: String,
        /// State key as sent.
        pub status: String,
        /// Kind of verification as sent.
        pub verify: String,
        /// Work code as sent.
        pub workcode: String,
        /// Which way, where that is known.
        pub direction: Direction,
        /// Whether it was made inside the allowed place.
        pub place: PlaceState,
        /// Doubts as words separated by blanks, for example `skip clock_wrong`; empty for none.
        pub flags: String,
        /// Upload it came with.
        pub journal_id: Option<RecordId>,
        /// File it came with.
        pub import_id: Option<ImportId>,
    }
}

impl PunchRow {
    /// A punch by hand of which nothing is known but its time; `None` when the zone has no such time.
    pub fn bare(
        punch_id: PunchId,
        zone: Zone,
        local_time: DateTime,
        received_at: Timestamp,
    ) -> Option<PunchRow> {
        Some(PunchRow {
            punch_id,
            employee_id: None,
            at: zone.instant(local_time)?,
            local_time,
            zone,
            received_at,
            source: PunchSource::Manual,
            terminal_id: None,
            device_group_id: None,
            pin: String::new(),
            status: String::new(),
            verify: String::new(),
            workcode: String::new(),
            direction: Direction::Unknown,
            place: PlaceState::Unknown,
            flags: String::new(),
            journal_id: None,
            import_id: None,
        })
    }

    /// Whether the word stands among the flags.
    pub fn has_flag(&self, word: &str) -> bool {
        self.flags.split(' ').any(|w| w == word)
    }
}
