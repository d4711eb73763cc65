//! Answers of a terminal to commands (`POST /iclock/devicecmd`).

use serde::{Deserialize, Serialize};

use domain::lang::Lang;

use crate::{command::CommandId, redact, text};

/// The answer to one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandResult {
    /// Which command.
    pub id: CommandId,
    /// 0 or more is success, below 0 an error; see [`return_text`]. Success does not mean that the values were sensible.
    pub code: i32,
    /// The command word as the terminal repeats it: `DATA`, `INFO`, ….
    pub command: String,
    /// Other pairs, such as `AttlogSum` or the lines behind an `INFO`; secrets left out.
    pub details: Vec<(String, String)>,
}

impl CommandResult {
    /// Whether the terminal reports success.
    pub fn succeeded(&self) -> bool {
        self.code >= 0
    }

    /// The detail under `name`, in any case, with or without `~`.
    pub fn detail(&self, name: &str) -> Option<&str> {
        let plain = |key: &str| key.trim_start_matches('~').to_ascii_lowercase();
        self.details.iter().find(|(key, _)| plain(key) == plain(name)).map(|(_, value)| value.as_str())
    }
}

/// Most details kept per answer.
const MAX_DETAILS: usize = 200;

/// Parses both forms: one answer per line (`ID=1&Return=0&CMD=DATA`), or one key per line; lines behind belong to the answer
/// before. Answers without a usable id or return code are left out.
pub fn parse(body: &[u8]) -> Vec<CommandResult> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (_, line) in crate::batch::lines(body) {
        let starts = line.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"ID="));
        if starts {
            drafts.push(Draft::default());
        }
        let Some(draft) = drafts.last_mut() else {
            continue;
        };
        // Lines behind an INFO are one pair each and may hold `&` in their value.
        let separator = if starts || draft.is_open() { b'&' } else { b'\n' };
        for field in line.split(|&b| b == separator) {
            draft.take(field);
        }
    }
    drafts.into_iter().filter_map(Draft::finish).collect()
}

#[derive(Default)]
struct Draft {
    id: Option<CommandId>,
    code: Option<i32>,
    command: Option<String>,
    details: Vec<(String, String)>,
}

impl Draft {
    fn is_open(&self) -> bool {
        self.code.is_none() || self.command.is_none()
    }

    fn take(&mut self, field: &[u8]) {
        let Some(equals) = field.iter().position(|&b| b == b'=') else {
            return;
        };
        let key = text::clean(&text::decode(&field[..equals]));
        let value = text::clean(&text::decode(&field[equals + 1..]));
        match key.to_ascii_lowercase().as_str() {
            "id" if self.id.is_none() => self.id = CommandId::parse(&value).ok(),
            "return" if self.code.is_none() => self.code = value.parse().ok(),
            "cmd" if self.command.is_none() => self.command = Some(value),
            lower if redact::is_secret(lower.as_bytes()) || lower == "sn" => {}
            _ if self.details.len() < MAX_DETAILS => {
                self.details.push((key, value.chars().take(256).collect()));
            }
            _ => {}
        }
    }

    fn finish(self) -> Option<CommandResult> {
        let command = self.command.unwrap_or_default();
        Some(CommandResult { id: self.id?, code: self.code?, command, details: self.details })
    }
}

/// What a return code means.
pub fn return_text(code: i32, lang: Lang) -> &'static str {
    match code {
        0.. => lang.pick("berhasil", "done"),
        -1 => lang.pick("parameter salah atau data tidak ditemukan", "wrong parameter, or nothing found"),
        -2 => lang.pick("ukuran data tidak cocok", "size does not match"),
        -3 => lang.pick("gagal baca/tulis di mesin", "read or write error in the terminal"),
        -9 | -11 | -12 => lang.pick("templat ditolak", "template refused"),
        -10 => lang.pick("PIN tidak ada di mesin", "no such PIN in the terminal"),
        -30 => lang.pick("versi algoritma templat tidak cocok", "template is of another algorithm version"),
        -1001 => lang.pick("memori mesin penuh", "the terminal is full"),
        -1002 => lang.pick("perintah tidak didukung mesin", "the terminal does not know the command"),
        -1003 => lang.pick("mesin kehabisan waktu", "the terminal timed out"),
        -1004 => {
            lang.pick("tidak sesuai konfigurasi mesin", "does not fit the configuration of the terminal")
        }
        -1005 => lang.pick("mesin sedang sibuk", "the terminal is busy"),
        -1006 => lang.pick("perintah terlalu panjang", "the command is too long"),
        -1007 => lang.pick("memori kerja mesin kurang", "the terminal is out of working memory"),
        -1008 => lang.pick("mesin gagal mengambil data", "the terminal could not fetch the data"),
        _ => lang.pick("kode galat tidak dikenal", "unknown error code"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch() {
        let results = parse(b"ID=info8487&Return=0&CMD=DATA\nID=info8488&Return=-1002&CMD=DATA\n");
        assert_eq!(results.len(), 2);
        assert_eq!(results[1].id.as_str(), "info8488");
        assert!(results[0].succeeded() && !results[1].succeeded());
    }

    #[test]
    fn info_carries_lines() {
        let results = parse(b"ID=122&Return=0&CMD=INFO\n~DeviceName=A&B\nFWVersion=Ver 8.0\n");
        assert_eq!(results.len(), 1);
        assert_eq!(results[0].detail("devicename"), Some("A&B"));
        assert_eq!(results[0].detail("FWVersion"), Some("Ver 8.0"));
    }

    #[test]
    fn one_key_per_line() {
        let results = parse(b"ID=32\nReturn=0\nCMD=Shell\nContent=root:x:0:0\n");
        assert_eq!((results[0].code, results[0].command.as_str()), (0, "Shell"));
        assert!(results[0].details.is_empty());
    }

    #[test]
    fn verify_sum() {
        let results = parse(
            b"ID=9&Return=0&CMD=VERIFY SUM&StartTime=2026-11-01 00:00:00&EndTime=2026-11-21 23:59:59&AttlogSum=413\n",
        );
        assert_eq!(results[0].detail("attlogsum"), Some("413"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(body in "[ID=Returncmd&\\-0-9\n\r \u{0}]{0,300}") { parse(body.as_bytes()); }
    }
}
