//! The guard of routes for devices: who is it, and may it send from there?

use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use service::api_device::Device;

use super::answer::Refused;
use crate::server::{Site, visitor::client_ip};

/// Who sends, as the handler finds it.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The device.
    pub(crate) device: Arc<Device>,
    /// Its address, as far as it is believed.
    pub(crate) ip: IpAddr,
}

/// Lets a device in service pass and tells the handler which it is.
pub(crate) async fn guard(site: Site, mut request: Request, next: Next) -> Response {
    let ip = client_ip(&site, &request);
    let Some(token) = token(request.headers()) else { return unknown().into_response() };
    let known = site.devices.find(&site.office, &token).await;
    if matches!(known, Ok(None)) && site.strangers.note(ip, site.office.now()) {
        tracing::warn!(%ip, "many tokens that no device has come from this address");
    }
    match known.map_err(Refused::from).and_then(|device| caller(device, ip)) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refused) => refused.into_response(),
    }
}

fn caller(device: Option<Arc<Device>>, ip: IpAddr) -> Result<Caller, Refused> {
    let device = device.ok_or_else(unknown)?;
    if device.may_come_from(ip) {
        return Ok(Caller { device, ip });
    }
    Err(Refused::new(
        (StatusCode::FORBIDDEN, "outside_network"),
        "Perangkat ini tidak boleh mengirim dari jaringan ini.",
        "This device may not send from this network.",
    ))
}

fn unknown() -> Refused {
    Refused::new(
        (StatusCode::UNAUTHORIZED, "unknown_device"),
        "Perangkat ini tidak dikenal atau sudah dihentikan.",
        "This device is not known, or was taken out of service.",
    )
}

fn token(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}
