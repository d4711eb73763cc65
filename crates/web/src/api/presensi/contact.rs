//! Writing down when a device was last heard of, behind its punch.

use std::net::IpAddr;

use async_trait::async_trait;
use intake::Work;
use service::api_device::{Contact, Device};
use store::{StoreError, Tx, terminal};

use crate::server::Site;

/// The contact as work of the writer.
struct Touch {
    contact: Contact,
    ip: IpAddr,
}

#[async_trait]
impl Work for Touch {
    type Answer = ();
    type Refusal = StoreError;

    async fn run(self, tx: &mut Tx) -> Result<(), StoreError> {
        terminal::touch(tx, self.contact.terminal, self.contact.at, &self.ip.to_canonical().to_string()).await
    }
}

/// Notes that the device was here; the punch does not wait for it.
pub(super) fn note(site: &Site, device: &Device, ip: IpAddr) {
    if let Some(contact) = site.devices.contact(device, site.office.now()) {
        let (door, touch) = (site.door.clone(), Touch { contact, ip });
        tokio::spawn(async move {
            if let Err(error) = door.work(touch).await {
                tracing::warn!(%error, "the contact of a device was not written down");
            }
        });
    }
}
