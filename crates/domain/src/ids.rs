//! Typed identifiers. All are UUIDv7, made from a clock and random bytes that the caller passes in.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A tenant: one regional government inside one installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(pub i64);

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts by `at`; `random` must be fresh.
            pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid_v7(at, random))
            }

            /// When it was made, to the millisecond.
            pub fn made_at(&self) -> Option<Timestamp> {
                let millis = i64::try_from(self.0.as_u128() >> 80).ok()?;
                Timestamp::from_millisecond(millis).ok()
            }

            /// Reads the hyphenated or plain hexadecimal form.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::parse_str(text.trim()).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )*};
}

id! {
    /// A node of the organisation tree.
    UnitId,
    /// A person employed; never the NIP, which may change.
    EmployeeId,
    /// A login.
    AccountId,
    /// A recorded punch.
    PunchId,
    /// An attendance terminal.
    TerminalId,
    /// A group of terminals that share one list of PINs.
    DeviceGroupId,
    /// A leave, duty or other status of a person over some days.
    StatusId,
    /// An imported file.
    ImportId,
    /// Any other record that needs an identity.
    RecordId,
}

/// A UUID of version 7 for the instant `at`.
pub fn uuid_v7(at: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
