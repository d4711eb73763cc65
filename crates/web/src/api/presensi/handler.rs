//! Reads a punch, passes it through the door and answers when it is durable.

use std::borrow::Cow;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use domain::ids::PunchId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use service::api_device::{Press, tap};

use super::{contact, unreadable::unreadable};
use crate::{
    api::{answer::Refused, device::Caller},
    pages::bukti,
    server::Site,
};

/// Longest body, in bytes.
pub(crate) const MOST: usize = 4096;

/// What a device sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'b> {
    #[serde(borrow)]
    id: Cow<'b, str>,
    #[serde(borrow)]
    pin: Cow<'b, str>,
    #[serde(borrow)]
    at: Cow<'b, str>,
    #[serde(borrow, default)]
    direction: Option<Cow<'b, str>>,
}

/// What it hears. Sending the same again is answered with the same, but for `again`.
#[derive(Debug, Serialize)]
pub(crate) struct Taken {
    id: PunchId,
    /// When the punch came first, to the millisecond.
    received_at: Timestamp,
    /// Whether it was here before.
    again: bool,
    /// Where the person finds the receipt, a second later: an address, or only its path when the server does not know its name.
    receipt: String,
}

/// Takes a punch in.
pub(crate) async fn take(
    State(site): State<Site>,
    Extension(Caller { device, ip }): Extension<Caller>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Taken>, Refused> {
    let body = body.map_err(|rejection| not_whole(&rejection))?;
    let body: Body<'_> = serde_json::from_slice(&body).map_err(|error| unreadable(&body, &error))?;
    let press = Press::read(&body.id, &body.pin, &body.at, body.direction.as_deref())?;
    let received = site.office.now();
    let taken = site.door.tap(tap(&site.office, &device, press, received)?).await?;
    if taken.is_other {
        return Err(id_used());
    }
    contact::note(&site, &device, ip);
    let received_at = taken.punch_id.made_at().unwrap_or(received);
    let receipt = format!("{}{}", site.public_origin().unwrap_or_default(), bukti::path(taken.punch_id.0));
    Ok(Json(Taken { id: taken.punch_id, received_at, again: taken.again, receipt }))
}

fn id_used() -> Refused {
    Refused::new(
        (StatusCode::CONFLICT, "id_used"),
        "“id” ini sudah dipakai untuk presensi PIN lain; presensi ini belum disimpan. Buat “id” baru untuk setiap presensi.",
        "This “id” was used for a punch of another PIN; this punch is not stored. Make a new “id” for every punch.",
    )
}

fn not_whole(rejection: &BytesRejection) -> Refused {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::new(
            (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            format!("Kiriman lebih besar dari {MOST} byte."),
            format!("The body is larger than {MOST} bytes."),
        ),
        status => Refused::new(
            (status, "incomplete"),
            "Kiriman terputus; kirim lagi dengan “id” yang sama.",
            "The body broke off; send it again with the same “id”.",
        ),
    }
}
