//! Who sends: devices by the digest of their token, read anew every second.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use domain::ids::TerminalId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::terminal::{self as register, Terminal};

use super::MARK;
use crate::{Office, ServiceError, terminal_desk::is_allowed_network};

/// How long what was read counts; a device that is taken out of service is refused after at most this time.
const FRESH: SignedDuration = SignedDuration::from_secs(1);
/// How stale the last contact may become before it is written down again.
const CONTACT: SignedDuration = SignedDuration::from_mins(1);

/// A device in service.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its row in the register.
    pub terminal: Terminal,
}

impl Device {
    /// Whether it may send from this address.
    pub fn may_come_from(&self, ip: IpAddr) -> bool {
        is_allowed_network(&self.terminal.allowed_cidr, ip)
    }
}

/// A contact that should be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The device.
    pub terminal: TerminalId,
    /// When.
    pub at: Timestamp,
}

type Devices = HashMap<[u8; 32], Arc<Device>>;

/// The devices in service, as they were within the last second.
#[derive(Debug, Default)]
pub struct DeviceCache {
    known: RwLock<Option<(Timestamp, Arc<Devices>)>>,
    reading: tokio::sync::Mutex<()>,
    contacts: Mutex<HashMap<TerminalId, Timestamp>>,
}

impl DeviceCache {
    /// The device with this token, if it is in service.
    ///
    /// # Errors
    /// [`crate::Fault::Unavailable`] when what is known is too old and the database does not answer.
    pub async fn find(&self, office: &Office, token: &str) -> Result<Option<Arc<Device>>, ServiceError> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        if let Some(devices) = self.fresh(office.now()) {
            return Ok(devices.get(&digest).cloned());
        }
        // One reads, the others wait for it.
        let _turn = self.reading.lock().await;
        let now = office.now();
        let devices = match self.fresh(now) {
            Some(devices) => devices,
            None => {
                let devices = Arc::new(read(office).await?);
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                *known = Some((now, Arc::clone(&devices)));
                devices
            }
        };
        Ok(devices.get(&digest).cloned())
    }

    /// Notes a contact; gives it back when it is time to write it down.
    pub fn contact(&self, device: &Device, at: Timestamp) -> Option<Contact> {
        let terminal = device.terminal.terminal_id;
        let mut contacts = self.contacts.lock().unwrap_or_else(PoisonError::into_inner);
        let last = contacts.entry(terminal).or_insert(device.terminal.last_seen);
        // Far ahead is what a clock noted that was set back since.
        if at.duration_since(*last).abs() < CONTACT {
            return None;
        }
        *last = at;
        Some(Contact { terminal, at })
    }

    fn fresh(&self, now: Timestamp) -> Option<Arc<Devices>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (at, devices) = known.as_ref()?;
        // A clock that was set back makes it old, too.
        let age = now.duration_since(*at);
        (!age.is_negative() && age < FRESH).then(|| Arc::clone(devices))
    }
}

async fn read(office: &Office) -> Result<Devices, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let rows = register::with_key(&mut tx, MARK).await?;
    let device = |terminal: Terminal| {
        let digest = hex::decode(terminal.comm_key_hash.as_ref()?).ok()?.try_into().ok()?;
        Some((digest, Arc::new(Device { terminal })))
    };
    Ok(rows.into_iter().filter_map(device).collect())
}
