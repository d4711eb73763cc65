//! Reading a file.

use domain::lang::Lang;
use terminal::{
    batch::Batch,
    table::{
        attlog::AttLine,
        attlog_dat::{self, DatError, DatLine},
    },
};

use super::LineProblem;
use crate::ServiceError;

/// Largest file, in bytes; the whole memory of a terminal is about 8 MB.
const MAX_BYTES: usize = 64 << 20;

pub(super) fn read(bytes: &[u8]) -> Result<Batch<DatLine>, ServiceError> {
    if bytes.len() > MAX_BYTES {
        return Err(ServiceError::invalid(
            "Berkas lebih besar dari 64 MB. Berkas absen mesin tidak pernah sebesar itu; periksa berkasnya.",
            "The file is larger than 64 MB. No terminal writes so much; check the file.",
        ));
    }
    let batch = attlog_dat::parse(bytes).map_err(|error| match error {
        DatError::Empty => ServiceError::invalid(
            "Berkas kosong. Unduh ulang dari mesin ke USB.",
            "The file is empty. Download it from the terminal again.",
        ),
        DatError::Encrypted => ServiceError::invalid(
            "Berkas ini terenkripsi atau bukan attlog.dat. Matikan enkripsi unduhan di menu mesin (Manajemen Data / USB), lalu unduh ulang.",
            "This file is encrypted or no attlog.dat. Switch off encrypted downloads in the menu of the terminal (Data Mgt / USB) and download again.",
        ),
    })?;
    if batch.records.is_empty() {
        let first = batch.quarantined.first();
        let line = first.map(LineProblem::of);
        let say = |lang| line.as_ref().map(|line| line.sentence(lang)).unwrap_or_default();
        return Err(ServiceError::invalid(
            format!("Tidak ada absen yang terbaca di berkas ini. {}", say(Lang::Id)),
            format!("No punch in this file can be read. {}", say(Lang::En)),
        ));
    }
    Ok(batch)
}

pub(super) fn att_line(line: &DatLine) -> AttLine {
    AttLine {
        pin: line.pin.clone(),
        local: line.local,
        status: line.status,
        verify: line.verify,
        workcode: line.workcode.clone(),
        offset: None,
    }
}
