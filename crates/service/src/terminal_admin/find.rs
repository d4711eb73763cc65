//! A terminal by its serial number.

use store::{
    Tx,
    terminal::{self as register, Terminal},
};

use crate::ServiceError;

/// The terminal, for reading.
pub(crate) async fn by_serial(tx: &mut Tx, serial: &str) -> Result<Terminal, ServiceError> {
    register::by_serial(tx, serial.trim()).await?.ok_or_else(|| unknown(serial))
}

/// The terminal, kept from other writers.
pub(crate) async fn locked(tx: &mut Tx, serial: &str) -> Result<Terminal, ServiceError> {
    register::lock(tx, serial.trim()).await?.ok_or_else(|| unknown(serial))
}

fn unknown(serial: &str) -> ServiceError {
    ServiceError::not_found(
        format!(
            "Mesin dengan nomor seri {serial} belum pernah menghubungi server ini. Periksa alamat server di menu ADMS mesin."
        ),
        format!(
            "No terminal with serial number {serial} has ever called this server. Check the server address in its ADMS menu."
        ),
    )
}
