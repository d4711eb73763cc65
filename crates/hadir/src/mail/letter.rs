//! What the letter says.

use jiff::civil::Date;
use ledger::SignedCheckpoint;
use service::{Office, transparency};

use crate::ledger_folder::LedgerFolder;

/// A letter about the end of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// Name and content of the attached checkpoint.
    pub attachment: Option<(String, String)>,
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
            "PERINGATAN: buku besar sedang tidak ditandatangani. / WARNING: the log is not signed at present.\n{doubt}\n\n"
        ));
    }
    let Some(note) = note else {
        body.push_str("Buku besar belum pernah terbit. / Nothing of the log is published yet.\n");
        let subject = format!("Hadir {day}: buku besar belum terbit");
        return Letter { subject, body, attachment: None };
    };
    let checkpoint = note.checkpoint();
    body.push_str(&format!(
        "Ujung buku besar presensi hari ini, {day}: {} entri. Simpan surat ini; jangan dihapus.\n\
         Dengan lampirannya siapa pun dapat membuktikan kelak bahwa buku besar belum diubah:\n\n\
         The end of the attendance log today, {day}: {} entries. Keep this letter.\n\
         With its attachment anybody can prove later that the log was not rewritten:\n\n\
         \x20 hadir verify log ALAMAT --key '{}' --kept {}\n\n{note}",
        checkpoint.size(),
        checkpoint.size(),
        key.unwrap_or("KUNCI"),
        name(day),
    ));
    let warning = if doubt.is_some() { "PERINGATAN, " } else { "" };
    let subject = format!("Hadir {day}: {warning}buku besar {} entri", checkpoint.size());
    Letter { subject, body, attachment: Some((name(day), note.text().to_owned())) }
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
    fn the_letter_holds_the_checkpoint_as_text_and_as_file() {
        let signer = Signer::from_seed("hadir.test/log/1", &[1; 32]).unwrap();
        let note = signer.sign(&Checkpoint::new("hadir.test/log/1", 7, Edge::new().root()).unwrap()).unwrap();
        let key = signer.verifier_key().to_string();
        let letter = write(date(2026, 11, 22), Some(&note), Some(&key), None);
        assert_eq!(letter.subject, "Hadir 2026-11-22: buku besar 7 entri");
        assert!(letter.body.ends_with(note.text()) && letter.body.contains(&key), "{}", letter.body);
        assert_eq!(letter.attachment, Some(("checkpoint-2026-11-22.txt".into(), note.text().into())));
        let warned = write(date(2026, 11, 22), Some(&note), Some(&key), Some("set back"));
        assert!(warned.body.starts_with("PERINGATAN") && warned.subject.contains("PERINGATAN"), "{warned:?}");
        assert_eq!(write(date(2026, 11, 22), None, None, None).attachment, None);
    }
}
