//! What programs ask: JSON in and out, a token instead of a session.

mod answer;
pub(crate) mod device;
pub(crate) mod presensi;
pub(crate) mod strangers;
