//! The HTTP side of the pages: one table of routes, a guard before each, security headers around all.

pub mod ask;
mod connections;
pub mod cookie;
pub mod download;
mod drain;
pub mod fault;
pub mod form;
pub mod routes;
pub mod security;
pub mod site;
pub mod upload;
pub mod visitor;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path},
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, trace::TraceLayer};

pub use site::{Site, SiteSettings};

use crate::assets;

/// Largest form or file that a page accepts, in megabytes.
pub const LIMIT_MB: u32 = 32;

/// All pages, and what devices ask. Layers are given at once: each call of `layer` wraps every route in a box of its own, which
/// costs every request an allocation or two.
pub fn app(site: Site) -> Router {
    pages(&site).merge(devices(&site)).with_state(site)
}

fn pages(site: &Site) -> Router<Site> {
    let missing = get(|| async { fault::WebError::not_found() });
    let missing = missing.layer(from_fn_with_state((site.clone(), visitor::Need::Public), visitor::guard));
    routes::pages(site)
        .route("/aset/{name}", get(asset))
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback_service(missing.with_state(()))
        .layer((
            TraceLayer::new_for_http(),
            CatchPanicLayer::new(),
            from_fn(security::headers),
            CompressionLayer::new(),
            from_fn(drain::to_the_end),
            DefaultBodyLimit::max(usize::try_from(LIMIT_MB).unwrap_or(32) << 20),
            from_fn_with_state(site.clone(), security::same_origin),
        ))
}

/// Programs show no pages and keep no cookies: what protects a browser would only cost them time in the morning rush.
fn devices(site: &Site) -> Router<Site> {
    routes::devices(site).layer((
        CatchPanicLayer::new(),
        from_fn(security::of_data),
        from_fn(drain::to_the_end),
    ))
}

/// Serves the pages until `shutdown` is done; requests under way are answered.
pub async fn serve(site: Site, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) {
    let proxies = site.trusted_proxies().to_vec();
    connections::serve(app(site), listener, connections::Limits::default(), &proxies, shutdown).await;
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(found) = assets::find(&format!("/aset/{name}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = found.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL));
    if let Ok(etag) = HeaderValue::from_str(&found.etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}
