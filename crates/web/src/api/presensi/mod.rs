//! `POST /api/presensi`: one punch of a kiosk, a gateway or another maker's device.

pub(crate) mod contact;
pub(crate) mod handler;
mod unreadable;
