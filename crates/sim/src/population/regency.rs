//! The invented regency: 40 OPD with their parts. Names follow the usual nomenclature of PP 18/2016; no real
//! regency is meant.

use domain::org::Stage;

/// A kind of OPD, which decides its schedule and its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpdKind {
    /// Sekretariat, Inspektorat.
    Secretariat,
    /// Dinas.
    Dinas,
    /// Badan.
    Badan,
    /// Kecamatan.
    Kecamatan,
    /// Rumah sakit: shifts round the clock.
    Hospital,
}

/// An OPD of the invented regency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opd {
    /// Short code, for example `DISDIK`.
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Kind.
    pub kind: OpdKind,
    /// Stage of the rollout.
    pub stage: Stage,
}

use OpdKind::{Badan, Dinas, Hospital, Kecamatan, Secretariat};
use Stage::{Berlaku, Pendataan, UjiCoba};

const fn opd(code: &'static str, name: &'static str, kind: OpdKind, stage: Stage) -> Opd {
    Opd { code, name, kind, stage }
}

/// The 40 OPD; 26 in force, 6 on trial, 8 still entering data.
pub const OPDS: [Opd; 40] = [
    opd("SETDA", "Sekretariat Daerah", Secretariat, Berlaku),
    opd("SETWAN", "Sekretariat DPRD", Secretariat, Berlaku),
    opd("INSPEKTORAT", "Inspektorat Daerah", Secretariat, Berlaku),
    opd("DISDIK", "Dinas Pendidikan", Dinas, Berlaku),
    opd("DINKES", "Dinas Kesehatan", Dinas, Berlaku),
    opd("PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", Dinas, Berlaku),
    opd("PERKIM", "Dinas Perumahan dan Kawasan Permukiman", Dinas, Berlaku),
    opd("SATPOLPP", "Satuan Polisi Pamong Praja", Dinas, Berlaku),
    opd("DINSOS", "Dinas Sosial", Dinas, Berlaku),
    opd("DISNAKER", "Dinas Tenaga Kerja dan Transmigrasi", Dinas, Berlaku),
    opd("DP3A", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak", Dinas, Berlaku),
    opd("DKP", "Dinas Ketahanan Pangan", Dinas, Berlaku),
    opd("DLH", "Dinas Lingkungan Hidup", Dinas, Berlaku),
    opd("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", Dinas, Berlaku),
    opd("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa", Dinas, Berlaku),
    opd("DISHUB", "Dinas Perhubungan", Dinas, Berlaku),
    opd("DISKOMINFO", "Dinas Komunikasi dan Informatika", Dinas, Berlaku),
    opd("DISKOP", "Dinas Koperasi dan UKM", Dinas, Berlaku),
    opd("DPMPTSP", "Dinas Penanaman Modal dan PTSP", Dinas, Berlaku),
    opd("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", Badan, Berlaku),
    opd("BPKAD", "Badan Pengelola Keuangan dan Aset Daerah", Badan, Berlaku),
    opd("BAPENDA", "Badan Pendapatan Daerah", Badan, Berlaku),
    opd("BKPSDM", "Badan Kepegawaian dan Pengembangan SDM", Badan, Berlaku),
    opd("BPBD", "Badan Penanggulangan Bencana Daerah", Badan, Berlaku),
    opd("RSUD", "RSUD Kabupaten Contoh", Hospital, Berlaku),
    opd("KEC-KOTA", "Kecamatan Kota Contoh", Kecamatan, Berlaku),
    opd("DISPORA", "Dinas Pemuda dan Olahraga", Dinas, UjiCoba),
    opd("DISPUSIP", "Dinas Perpustakaan dan Kearsipan", Dinas, UjiCoba),
    opd("DISKAN", "Dinas Perikanan", Dinas, UjiCoba),
    opd("DISPAR", "Dinas Pariwisata", Dinas, UjiCoba),
    opd("DISTAN", "Dinas Pertanian", Dinas, UjiCoba),
    opd("DISDAG", "Dinas Perdagangan dan Perindustrian", Dinas, UjiCoba),
    opd("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik", Badan, Pendataan),
    opd("DAMKAR", "Dinas Pemadam Kebakaran", Dinas, Pendataan),
    opd("KEC-PESISIR", "Kecamatan Pesisir", Kecamatan, Pendataan),
    opd("KEC-HULU", "Kecamatan Hulu", Kecamatan, Pendataan),
    opd("KEC-HILIR", "Kecamatan Hilir", Kecamatan, Pendataan),
    opd("KEC-TIMUR", "Kecamatan Contoh Timur", Kecamatan, Pendataan),
    opd("KEC-BARAT", "Kecamatan Contoh Barat", Kecamatan, Pendataan),
    opd("KEC-SELATAN", "Kecamatan Contoh Selatan", Kecamatan, Pendataan),
];

impl OpdKind {
    /// The parts an OPD of this kind has: suffix of the code and name.
    pub const fn parts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Secretariat => {
                &[("UMUM", "Bagian Umum"), ("HUKUM", "Bagian Hukum"), ("ORG", "Bagian Organisasi")]
            }
            Dinas => &[("SEKR", "Sekretariat"), ("BID1", "Bidang Perencanaan"), ("BID2", "Bidang Pelayanan")],
            Badan => {
                &[("SEKR", "Sekretariat"), ("BID1", "Bidang Penyusunan"), ("BID2", "Bidang Pengendalian")]
            }
            Kecamatan => &[("SEKR", "Sekretariat Kecamatan"), ("SEKSI", "Seksi Pelayanan")],
            Hospital => &[
                ("TU", "Bagian Tata Usaha"),
                ("RAWAT", "Bidang Keperawatan"),
                ("IGD", "Instalasi Gawat Darurat"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_opd_of_which_26_are_in_force() {
        let count = |stage| OPDS.iter().filter(|o| o.stage == stage).count();
        assert_eq!((count(Berlaku), count(UjiCoba), count(Pendataan)), (26, 6, 8));
        let mut codes: Vec<_> = OPDS.iter().map(|o| o.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 40);
    }
}
