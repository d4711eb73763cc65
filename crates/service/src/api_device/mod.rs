//! Devices that send punches as JSON: kiosks, gateways and machines of other makers.
//!
//! A device is a terminal of the register that proves itself with a token; the register keeps only its SHA-256. Its serial
//! number begins with [`MARK`], which no terminal of the push protocol can say, so that nobody comes in its name without
//! the token.

mod add;
mod cache;
mod press;
#[cfg(test)]
mod tests;

pub use add::{NewDevice, Place, add};
pub use cache::{Contact, Device, DeviceCache};
pub use press::{Press, tap};

/// How the serial number of a device begins.
pub const MARK: &str = "api:";
