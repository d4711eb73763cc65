//! A press as a device tells it, made into what is stored.

use domain::punch::Direction;
use jiff::{Timestamp, civil::DateTime, fmt::temporal::Pieces};
use store::intake::{ClientId, Tap};
use terminal::{
    pin::{MAX_LEN, Pin, PinError},
    table::attlog::AttLine,
};

use super::Device;
use crate::{
    Office, ServiceError,
    terminal_desk::punch_row::{Origin, punch_row},
};

/// What a device says of one press.
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    id: ClientId,
    pin: Pin,
    local: DateTime,
    offset: i32,
    direction: Option<Direction>,
}

impl Press {
    /// Reads it: 32 hexadecimal digits, a PIN, a time of RFC 3339, and `in`, `out` or nothing.
    ///
    /// # Errors
    /// [`crate::Fault::Invalid`] with a sentence that names the field.
    pub fn read(id: &str, pin: &str, at: &str, direction: Option<&str>) -> Result<Press, ServiceError> {
        let mut client_id = [0; 16];
        // Nothing but zeros is what a program sends that never sets it.
        if hex::decode_to_slice(id, &mut client_id).is_err() || client_id == [0; 16] {
            return Err(ServiceError::invalid(
                "“id” harus 32 angka heksadesimal yang acak, baru untuk setiap presensi.",
                "“id” must be 32 random hexadecimal digits, new for every punch.",
            ));
        }
        let pin = Pin::parse(pin).map_err(bad_pin)?;
        let (local, offset) = read_time(at).ok_or_else(|| {
            ServiceError::invalid(
                "“at” harus waktu RFC 3339 dengan zona, misalnya 2026-11-02T07:30:00+07:00.",
                "“at” must be a time of RFC 3339 with its offset, for example 2026-11-02T07:30:00+07:00.",
            )
        })?;
        let direction = match direction {
            None => None,
            Some("in") => Some(Direction::In),
            Some("out") => Some(Direction::Out),
            Some(_) => {
                return Err(ServiceError::invalid(
                    "“direction” harus “in” (masuk), “out” (pulang), atau tidak ditulis.",
                    "“direction” must be “in”, “out” or absent.",
                ));
            }
        };
        Ok(Press { id: client_id, pin, local, offset, direction })
    }
}

/// The press as it goes through the door, with the same doubts about the clock as those of a terminal.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a time beyond the calendar.
pub fn tap(office: &Office, device: &Device, press: Press, received: Timestamp) -> Result<Tap, ServiceError> {
    let Press { id, pin, local, offset, direction } = press;
    let line = AttLine { pin, local, status: None, verify: None, workcode: None, offset: Some(offset) };
    let origin = Origin { terminal: &device.terminal, received, journal: None, import: None };
    let mut punch = punch_row(office, origin, &line)
        .ok_or_else(|| ServiceError::invalid("“at” di luar kalender.", "“at” lies beyond the calendar."))?;
    punch.direction = direction.unwrap_or(punch.direction);
    Ok(Tap { sender: device.terminal.terminal_id.0.into_bytes(), client_id: id, punch })
}

/// Wall clock in whole seconds, and its offset in seconds.
fn read_time(text: &str) -> Option<(DateTime, i32)> {
    let pieces = Pieces::parse(text).ok()?;
    let (date, time) = (pieces.date(), pieces.time()?);
    let offset = pieces.to_numeric_offset()?;
    Some((date.at(time.hour(), time.minute(), time.second(), 0), offset.seconds()))
}

fn bad_pin(error: PinError) -> ServiceError {
    match error {
        PinError::Empty => ServiceError::invalid("“pin” kosong.", "“pin” is empty."),
        PinError::TooLong => ServiceError::invalid(
            format!("“pin” lebih panjang dari {MAX_LEN} karakter."),
            format!("“pin” is longer than {MAX_LEN} characters."),
        ),
        PinError::BadCharacter => ServiceError::invalid(
            "“pin” hanya boleh huruf, angka, dan _ - . / dan diawali huruf atau angka.",
            "“pin” may hold letters, digits and _ - . / and begins with a letter or digit.",
        ),
    }
}
