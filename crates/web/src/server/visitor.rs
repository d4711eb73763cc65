//! The guard of every route: finds out who asks, refuses what is not granted, and puts errors into the frame.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::rights::Right;
use service::account::Visitor;

use super::{
    ask::{Ask, page},
    cookie,
    fault::{Failed, WebError, page_of},
    site::{Banner, Site},
};
use crate::pages::galat::GalatPage;

/// What a route demands of the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Public,
    /// A session, also one that must still change its passphrase.
    Session,
    /// A session that is set up.
    Login,
    /// A right held at least somewhere; the handler checks where.
    Right(Right),
    /// The token of a device in service, in the header `Authorization`; no session.
    Device,
    /// One of two rights; the handler checks which and where.
    Either(Right, Right),
}

/// Checks `need` before the handler runs and renders what fails.
pub async fn guard(State((site, need)): State<(Site, Need)>, mut request: Request, next: Next) -> Response {
    if need == Need::Device {
        return crate::api::device::guard(site, request, next).await;
    }
    let mut ask = Ask {
        lang: cookie::lang(request.headers()),
        ip: client_ip(&site, &request),
        path: request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned(),
        banner: site.known_banner().unwrap_or_else(|| Banner {
            regency: "Hadir".into(),
            demo: false,
            zone: domain::zone::Zone::Wib,
        }),
        visitor: None,
        site,
    };
    if let Err(error) = fill(&mut ask, request.headers()).await {
        return failed(&ask, &error);
    }
    if let Some(answer) = refuse(need, &ask, request.method()) {
        return answer;
    }
    request.extensions_mut().insert(ask.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Failed>() {
        Some(Failed(error)) => failed(&ask, &error),
        None => response,
    }
}

async fn fill(ask: &mut Ask, headers: &HeaderMap) -> Result<(), WebError> {
    ask.banner = ask.site.banner().await?;
    if let Some(token) = cookie::session(headers, ask.site.is_https()) {
        ask.visitor = service::account::visitor(&ask.site.office, token).await?;
    }
    Ok(())
}

fn failed(ask: &Ask, error: &WebError) -> Response {
    let code = hex::encode_upper(ask.site.office.random::<3>());
    let (status, error) = page_of(error, ask.lang, code);
    let shown = GalatPage { shell: ask.shell(None), error };
    let mut response = page(&shown).unwrap_or_else(|_| status.into_response());
    *response.status_mut() = status;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert("retry-after", axum::http::HeaderValue::from_static("10"));
    }
    response
}

/// `None` lets the request pass.
fn refuse(need: Need, ask: &Ask, method: &Method) -> Option<Response> {
    if need == Need::Public {
        return None;
    }
    let Some(visitor) = &ask.visitor else { return Some(to_login(ask, method)) };
    if visitor.must_change && need != Need::Session {
        return Some(Redirect::to("/sandi").into_response());
    }
    match need {
        Need::Right(right) if !holds(visitor, right) => Some(failed(ask, &WebError::forbidden())),
        Need::Either(a, b) if !holds(visitor, a) && !holds(visitor, b) => {
            Some(failed(ask, &WebError::forbidden()))
        }
        _ => None,
    }
}

fn holds(visitor: &Visitor, right: Right) -> bool {
    visitor.access.has(right)
}

fn to_login(ask: &Ask, method: &Method) -> Response {
    if method != Method::GET {
        return failed(ask, &WebError::stale_form());
    }
    Redirect::to(&format!("/masuk?lanjut={}", encode(&ask.path))).into_response()
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The peer's address, or what a trusted proxy says.
pub(crate) fn client_ip(site: &Site, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !site.trusted_proxies().contains(&peer) {
        return peer;
    }
    // Each proxy adds the address it was called from at the end; what stands before the first stranger anybody may write.
    let said = request.headers().get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let hops: Vec<IpAddr> =
        said.flat_map(|text| text.split(',')).map_while(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !site.trusted_proxies().contains(hop)).unwrap_or(peer)
}
