//! What every handler shares.

use std::{
    net::IpAddr,
    ops::Deref,
    sync::{Arc, PoisonError, RwLock},
};

use domain::zone::Zone;
use intake::Door;
use service::{Office, ServiceError, api_device::DeviceCache, transparency::LogFiles};

use crate::{api::strangers::Strangers, pages::impor::shelf::Shelf};

/// Facts about this installation.
#[derive(Debug, Clone, Default)]
pub struct SiteSettings {
    /// Origin under which people reach the pages, for example `https://hadir.contoh.go.id`.
    pub public_origin: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where the log is published, if it is.
    pub log: Option<LogFiles>,
}

/// What stands at the top of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// Name of the regional government.
    pub regency: String,
    /// Whether all people are invented.
    pub demo: bool,
    /// Its civil zone.
    pub zone: Zone,
}

/// Shared state of the pages; one pointer to clone, which every layer around a handler does.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

/// What [`Site`] points to.
pub struct Shared {
    /// The use cases' surroundings.
    pub office: Office,
    /// Where punches come in.
    pub door: Door,
    /// Devices that may bring punches.
    pub devices: DeviceCache,
    /// Who comes with tokens that nobody has.
    pub(crate) strangers: Strangers,
    /// Uploaded files that wait for a decision.
    pub imports: Shelf,
    settings: SiteSettings,
    banner: RwLock<Option<Banner>>,
}

impl Deref for Site {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Site {
    /// The state for `office`, whose punches go through `door`.
    pub fn new(office: Office, door: Door, settings: SiteSettings) -> Site {
        Site(Arc::new(Shared {
            office,
            door,
            devices: DeviceCache::default(),
            strangers: Strangers::default(),
            imports: Shelf::default(),
            settings,
            banner: RwLock::default(),
        }))
    }

    /// Origin under which people reach the pages.
    pub fn public_origin(&self) -> Option<&str> {
        self.settings.public_origin.as_deref()
    }

    /// Whether cookies may demand HTTPS.
    pub fn is_https(&self) -> bool {
        self.public_origin().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// Proxies that may tell us a client's address.
    pub fn trusted_proxies(&self) -> &[IpAddr] {
        &self.settings.trusted_proxies
    }

    /// Where the log is published, if it is.
    pub fn log(&self) -> Option<&LogFiles> {
        self.settings.log.as_ref()
    }

    /// Name of the government; read once.
    ///
    /// # Errors
    /// When the database cannot be read and nothing is known yet.
    pub async fn banner(&self) -> Result<Banner, ServiceError> {
        if let Some(known) = self.known_banner() {
            return Ok(known);
        }
        let mut tx = self.office.db.begin_read(self.office.tenant).await?;
        let tenant = store::tenant::own(&mut tx).await?;
        let banner = Banner { regency: tenant.name, demo: tenant.demo, zone: tenant.zone };
        *self.banner.write().unwrap_or_else(PoisonError::into_inner) = Some(banner.clone());
        Ok(banner)
    }

    /// The banner as far as it was ever read.
    pub fn known_banner(&self) -> Option<Banner> {
        self.banner.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets the banner after the government was renamed.
    pub fn forget_banner(&self) {
        *self.banner.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
