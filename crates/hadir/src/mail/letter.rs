//! What the letter says.

use jiff::civil::Date;
use ledger::SignedCheckpoint;
use service::{Office, transparency};
use web::pages::log::Qr;

use crate::ledger_folder::LedgerFolder;

/// A letter about the end of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The checkpoint as text and as QR code.
    pub attachments: Vec<Attached>,
}

/// A file in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What is in it.
    pub content: String,
}

/// The letter of `day`: the checkpoint that stands for it, the same as on the notice board, and whether the log may be signed.
///
/// # Errors
/// When database or files cannot be read.
pub async fn letter(office: &Office, folder: &LedgerFolder, day: Date) -> anyhow::Result<Letter> {
    let files = transparency::current(office, &folder.files(office.tenant)).await?;
    let note = transparency::daily(office, &files).await?.map(|(_, note)| note);
    let doubt = office.db.sealer().and_then(|sealer| sealer.refusal()).map(|refusal| refusal.reason.clone());
    let key =
        transparency::shown(office, &files).await?.and_then(|shown| shown.key).map(|key| key.to_string());
    Ok(write(day, note.as_ref(), key.as_deref(), doubt.as_deref()))
}

fn write(day: Date, note: Option<&SignedCheckpoint>, key: Option<&str>, doubt: Option<&str>) -> Letter {
    let mut body = String::new();
    if let Some(doubt) = doubt {
        body.push_str(&format!(
            "PERINGATAN: log transparansi sedang tidak ditandatangani. / WARNING: the log is not signed at present.\n{doubt}\n\n"
        ));
    }
    let Some(note) = note else {
        body.push_str("Log transparansi belum pernah terbit. / Nothing of the log is published yet.\n");
        let subject = format!("Hadir {day}: log transparansi belum terbit");
        return Letter { subject, body, attachments: Vec::new() };
    };
    let checkpoint = note.checkpoint();
    body.push_str(&format!(
        "Ujung log transparansi hari ini, {day}: {} entri. Simpan surat ini; jangan dihapus.\n\
         Dengan lampirannya siapa pun dapat membuktikan kelak bahwa log transparansi belum diubah:\n\n\
         The end of the transparency log today, {day}: {} entries. Keep this letter.\n\
         With its attachment anybody can prove later that the log was not rewritten:\n\n\
         \x20 hadir verify log ALAMAT --key '{}' --kept {}\n\n{note}",
        checkpoint.size(),
        checkpoint.size(),
        key.unwrap_or("KUNCI"),
        name(day),
    ));
    let warning = if doubt.is_some() { "PERINGATAN, " } else { "" };
    let subject = format!("Hadir {day}: {warning}log transparansi {} entri", checkpoint.size());
    Letter { subject, body, attachments: attachments(day, note) }
}

fn attachments(day: Date, note: &SignedCheckpoint) -> Vec<Attached> {
    let mut attached = vec![Attached {
        name: name(day),
        kind: "text/plain; charset=utf-8",
        content: note.text().to_owned(),
    }];
    if let Some(code) = Qr::of(note.text()) {
        let name = format!("checkpoint-{day}.svg");
        attached.push(Attached { name, kind: "image/svg+xml", content: code.svg() });
    }
    attached
}

fn name(day: Date) -> String {
    format!("checkpoint-{day}.txt")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ledger::{Checkpoint, Edge, Signer};

    use super::*;

    #[test]
    fn the_letter_holds_the_checkpoint_as_text_as_file_and_as_qr_code() {
        let signer = Signer::from_seed("hadir.test/log/1", &[1; 32]).unwrap();
        let note = signer.sign(&Checkpoint::new("hadir.test/log/1", 7, Edge::new().root()).unwrap()).unwrap();
        let key = signer.verifier_key().to_string();
        let letter = write(date(2026, 11, 22), Some(&note), Some(&key), None);
        assert_eq!(letter.subject, "Hadir 2026-11-22: log transparansi 7 entri");
        assert!(letter.body.ends_with(note.text()) && letter.body.contains(&key), "{}", letter.body);
        let [text, code] = letter.attachments.as_slice() else { panic!("{letter:?}") };
        assert_eq!((text.name.as_str(), text.content.as_str()), ("checkpoint-2026-11-22.txt", note.text()));
        assert_eq!((code.name.as_str(), code.kind), ("checkpoint-2026-11-22.svg", "image/svg+xml"));
        assert_eq!(code.content, Qr::of(note.text()).unwrap().svg());
        let warned = write(date(2026, 11, 22), Some(&note), Some(&key), Some("set back"));
        assert!(warned.body.starts_with("PERINGATAN") && warned.subject.contains("PERINGATAN"), "{warned:?}");
        assert_eq!(write(date(2026, 11, 22), None, None, None).attachments, []);
    }
}
