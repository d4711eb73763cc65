//! The alerts about terminals: their kinds, and what to tell a person about each.

use domain::{ids::RecordId, lang::Lang};
use jiff::Timestamp;
use serde_json::Value;
use store::{
    Result, Tx,
    terminal::{self as register, NewAlert, Terminal},
};
use terminal::codes::operation;

use super::TerminalDesk;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal),* $(,)?) => {
        /// What an alert is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AlertKind {
            $($(#[$doc])* $kind,)*
        }

        impl AlertKind {
            /// All kinds.
            pub const ALL: &'static [AlertKind] = &[$(AlertKind::$kind),*];

            /// The stored word.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }
        }
    };
}

kinds! {
    /// An approved terminal came from another address. Detail: `before`, `after`, `pause_seconds`.
    AddressChanged = "address_changed",
    /// It came from a network that is not allowed and was refused. Detail: `address`, `allowed`.
    OutsideNetwork = "outside_network",
    /// Its communication key is not the one remembered. Detail: `address`.
    CommKeyChanged = "comm_key_changed",
    /// Too many unknown serial numbers wait. Detail: `serial`, `address`, `limit`.
    PendingFull = "pending_full",
    /// Its clock is more than a minute off. Detail: `seconds` (ahead of ours).
    Drift = "drift",
    /// It sent punches with an impossible date. Detail: `lines`, `first`, `local_time`.
    WrongClock = "wrong_clock",
    /// Lines were set aside. Detail: `lines`.
    Quarantine = "quarantine",
    /// It holds fewer punches than before. Detail: `before`, `after`.
    MemoryShrunk = "memory_shrunk",
    /// Something was done at the terminal. Detail: `code`, `operator`, `local_time`.
    Operation = "operation",
    /// One person at two sites within minutes. Detail: `employee`, `pin`, `local_time`, `other_terminal`, `other_time`.
    TwoPlaces = "two_places",
    /// An upload of a table nobody knows; it is in the journal. Detail: `table`.
    UnknownTable = "unknown_table",
    /// An upload without a body was refused. Detail: `table`, `without_length`.
    EmptyUpload = "empty_upload",
    /// The connection broke within an upload. Detail: `received`, `announced` (bytes).
    TruncatedUpload = "truncated_upload",
    /// An upload over the limit was refused. Detail: `announced` (bytes).
    TooLarge = "too_large",
    /// Bytes that are no HTTP. Detail: `detail`, `address`.
    NotHttp = "not_http",
    /// A request without a usable serial number. Detail: `sent`, `address`.
    BadSerial = "bad_serial",
    /// A terminal that is not approved sends too often. Detail: `serial`, `address`.
    RateLimited = "rate_limited",
}

impl AlertKind {
    /// Reads a stored word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether punches may be missing, moved or made by somebody else, so that it should be looked at today.
    pub fn is_serious(self) -> bool {
        !matches!(
            self,
            Self::UnknownTable | Self::NotHttp | Self::BadSerial | Self::RateLimited | Self::PendingFull
        )
    }

    /// What happened and what to do, from the stored detail.
    pub fn sentence(self, detail: &Value, lang: Lang) -> String {
        let word = |key: &str| match detail.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => "?".to_owned(),
            Some(other) => other.to_string(),
        };
        let fill = |id: &str, en: &str| fill(lang.pick(id, en), &word);
        match self {
            Self::AddressChanged => fill(
                "Mesin berpindah alamat dari {before} ke {after}. Bila mesin tidak dipindah, ada dua mesin (atau peniru) dengan nomor seri yang sama.",
                "The terminal moved from {before} to {after}. If nobody moved it, two terminals (or an impostor) use one serial number.",
            ),
            Self::OutsideNetwork => fill(
                "Kiriman dari {address} ditolak karena di luar jaringan yang diizinkan ({allowed}). Data tetap di mesin.",
                "A request from {address} was refused: it is outside the allowed networks ({allowed}). The terminal keeps its data.",
            ),
            Self::CommKeyChanged => fill(
                "Kunci komunikasi mesin berubah (dari alamat {address}). Bila memang Anda yang mengubahnya, tandai peringatan ini selesai.",
                "The communication key of the terminal changed (address {address}). If you changed it yourself, acknowledge this alert.",
            ),
            Self::PendingFull => fill(
                "Sudah {limit} mesin menunggu persetujuan; {serial} dari {address} tidak dicatat. Setujui atau hapus yang menunggu.",
                "{limit} terminals wait for approval already; {serial} from {address} was not noted. Approve or retire those that wait.",
            ),
            Self::Drift => fill(
                "Jam mesin berbeda {seconds} detik dari server. Periksa zona waktu mesin dan NTP server.",
                "The clock of the terminal is {seconds} seconds ahead of the server. Check its time zone and the NTP of the server.",
            ),
            Self::WrongClock => fill(
                "{lines} absen bertanggal mustahil atau jauh dari hari ini (contoh {local_time}). Setel jam mesin; absen itu tetap disimpan.",
                "{lines} punches have an impossible date, or one far from today (for example {local_time}). Set the clock; they are stored all the same.",
            ),
            Self::Quarantine => fill(
                "{lines} baris tidak terbaca dan disisihkan. Buka halaman mesin untuk memutuskannya.",
                "{lines} lines could not be read and were set aside. Decide about them on the page of the terminal.",
            ),
            Self::MemoryShrunk => fill(
                "Jumlah absen di mesin turun dari {before} menjadi {after}. Ada yang menghapusnya di mesin.",
                "The terminal holds {after} punches, before it were {before}. Somebody deleted them at the terminal.",
            ),
            Self::Operation => {
                let code = detail.get("code").and_then(Value::as_u64).and_then(|c| u16::try_from(c).ok());
                let what = code.and_then(|code| operation::alert(code, lang)).unwrap_or_default();
                let when = fill(
                    "{local_time} di mesin (admin PIN {operator}): ",
                    "{local_time} at the terminal (admin PIN {operator}): ",
                );
                format!("{when}{what}")
            }
            Self::TwoPlaces => fill(
                "PIN {pin} absen di sini {local_time} dan di mesin {other_terminal} {other_time}. Satu orang tidak mungkin di dua tempat.",
                "PIN {pin} punched here at {local_time} and at terminal {other_terminal} at {other_time}. Nobody is at two places.",
            ),
            Self::UnknownTable => fill(
                "Mesin mengirim tabel {table} yang belum dikenal; isinya tersimpan di jurnal.",
                "The terminal sent a table {table} that is not known; the journal has it.",
            ),
            Self::EmptyUpload => fill(
                "Kiriman tabel {table} tanpa isi ditolak supaya tidak hilang diam-diam. Periksa jaringan atau proxy.",
                "An upload of table {table} without a body was refused, so that nothing gets lost silently. Check the network or proxy.",
            ),
            Self::TruncatedUpload => fill(
                "Kiriman terputus setelah {received} dari {announced} byte; mesin akan mengirim ulang. Periksa jaringan.",
                "An upload broke off after {received} of {announced} bytes; the terminal sends it again. Check the network.",
            ),
            Self::TooLarge => fill(
                "Kiriman {announced} byte melebihi batas dan ditolak. Naikkan batas di konfigurasi bila mesin ini sah.",
                "An upload of {announced} bytes is over the limit and was refused. Raise the limit if the terminal is genuine.",
            ),
            Self::NotHttp => fill(
                "Dari {address} datang data yang bukan HTTP: {detail}.",
                "Bytes that are no HTTP came from {address}: {detail}.",
            ),
            Self::BadSerial => fill(
                "Permintaan dari {address} tanpa nomor seri yang sah: {sent}.",
                "A request from {address} has no usable serial number: {sent}.",
            ),
            Self::RateLimited => fill(
                "Mesin {serial} di {address} belum disetujui dan terlalu sering mengirim.",
                "Terminal {serial} at {address} is not approved and sends too often.",
            ),
        }
    }
}

/// Replaces every `{key}`. One pass: what is filled in comes from a terminal and is not looked at again.
fn fill(template: &str, word: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (key, tail) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(&word(key));
        rest = tail;
    }
    out.push_str(rest);
    out
}

impl TerminalDesk {
    /// Raises an alert, or counts it on the open one about the same: kind, terminal and `which`.
    pub(super) async fn raise(
        &self,
        tx: &mut Tx,
        terminal: Option<&Terminal>,
        kind: AlertKind,
        which: &str,
        detail: Value,
        at: Timestamp,
    ) -> Result<()> {
        let serial = terminal.map_or("-", |t| t.serial.as_str());
        let alert = NewAlert {
            alert_id: self.office.id(RecordId::new),
            terminal_id: terminal.map(|t| t.terminal_id),
            kind: kind.code().to_owned(),
            dedupe_key: format!("{}:{serial}:{which}", kind.code()),
            detail,
            at,
        };
        register::raise(tx, &alert).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_reads_back_and_has_two_sentences() {
        for kind in AlertKind::ALL.iter().copied() {
            assert_eq!(AlertKind::parse(kind.code()), Some(kind));
            let (id, en) = (kind.sentence(&json!({}), Lang::Id), kind.sentence(&json!({}), Lang::En));
            assert!(!id.is_empty() && id != en && !id.contains('{'), "{id} / {en}");
        }
    }

    #[test]
    fn details_are_filled_in_once() {
        let text =
            AlertKind::AddressChanged.sentence(&json!({"before": "{after}", "after": "10.0.0.2"}), Lang::En);
        assert!(text.starts_with("The terminal moved from {after} to 10.0.0.2."), "{text}");
        let text = AlertKind::Operation
            .sentence(&json!({"code": 21, "operator": null, "local_time": "2026-11-20 03:00:00"}), Lang::Id);
        assert!(
            text.starts_with("2026-11-20 03:00:00 di mesin") && text.contains("Jam mesin diubah"),
            "{text}"
        );
    }
}
