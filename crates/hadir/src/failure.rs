//! What a failed command says, and with which exit code it ends.

use std::{fmt, io, process::ExitCode};

use domain::lang::Lang;
use service::{Fault, ServiceError};
use store::{ErrorKind, StoreError};

/// The command line asks for something that does not exist. Exit code 2, as clap's own refusals.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The command has said already what is wrong; only the exit code is left.
#[derive(Debug)]
pub struct Said;

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("see above")
    }
}

impl std::error::Error for Said {}

/// What was to be checked could not be read: it is neither proved nor disproved. Exit code 3.
#[derive(Debug)]
pub struct Unread(pub String);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unread {}

/// Tells the person what went wrong and gives the exit code.
pub fn tell(error: &anyhow::Error) -> ExitCode {
    if error.is::<Said>() {
        return ExitCode::FAILURE;
    }
    say(&format!("hadir: {}", sentence(error)));
    if let Some(remedy) = remedy(error) {
        say(&format!("  {remedy}"));
    }
    if error.is::<Usage>() {
        ExitCode::from(2)
    } else if error.is::<Unread>() {
        ExitCode::from(3)
    } else {
        ExitCode::FAILURE
    }
}

/// The whole story in one line: what was tried, then why it failed, and what the database itself said about it. Other causes that
/// are only for the log are left out.
pub fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let (text, last) = if let Some(service) = cause.downcast_ref::<ServiceError>() {
            (service.message(Lang::En).to_owned(), true)
        } else if let Some(store) = cause.downcast_ref::<StoreError>() {
            (store.text(Lang::En), true)
        } else {
            (cause.to_string(), false)
        };
        // Many an error says its cause in its own sentence already.
        if parts.last().is_none_or(|before| !before.ends_with(&text)) {
            parts.push(text);
        }
        if last {
            tracing::debug!(cause = ?cause, "the cause in full");
            break;
        }
    }
    let story = parts.join(": ");
    match of_store(error).and_then(StoreError::reason) {
        Some(reason) => format!("{story} Reason: {reason}"),
        None => story,
    }
}

fn of_store(error: &anyhow::Error) -> Option<&StoreError> {
    error.chain().find_map(|cause| cause.downcast_ref::<StoreError>())
}

/// What to do about it, where the sentence itself does not say.
fn remedy(error: &anyhow::Error) -> Option<&'static str> {
    let store = of_store(error).map(StoreError::kind);
    let fault = error.chain().find_map(|cause| cause.downcast_ref::<ServiceError>()).map(|e| e.fault);
    if store.is_none() && fault.is_none() {
        return error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).and_then(of_file);
    }
    match (store, fault) {
        (Some(ErrorKind::Unavailable), _) | (_, Some(Fault::Unavailable)) => {
            Some("Check database_url, and that the database is running; `hadir doctor` looks at everything.")
        }
        (Some(ErrorKind::Full), _) => Some("Make room on the disk of the database, then try again."),
        (_, Some(Fault::Internal)) => Some("Run it again with --log debug and report what it says."),
        _ => None,
    }
}

/// What to do about a file that cannot be read or written.
fn of_file(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Some("Check the name; a path without a leading / starts in the folder where you are (`pwd`).")
        }
        io::ErrorKind::PermissionDenied => {
            Some("Check with `ls -l` who may use it, or run the command as the user that owns it.")
        }
        io::ErrorKind::IsADirectory => Some("This is a folder; name a file in it."),
        io::ErrorKind::InvalidData => Some("It is not UTF-8 text; save it again as UTF-8."),
        io::ErrorKind::StorageFull => Some("The disk is full; make room, then try again."),
        _ => None,
    }
}

#[expect(clippy::print_stderr, reason = "the last word to the person at the terminal")]
fn say(text: &str) {
    eprintln!("{text}");
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_service_error_is_told_in_its_own_english_words() {
        let error = Err::<(), _>(ServiceError::invalid("Salah.", "It is wrong."))
            .context("cannot import")
            .unwrap_err();
        assert_eq!(sentence(&error), "cannot import: It is wrong.");
    }

    #[test]
    fn a_cause_that_was_said_already_is_not_said_again() {
        let error = anyhow::anyhow!("it is empty").context("the note: it is empty").context("not valid");
        assert_eq!(sentence(&error), "not valid: the note: it is empty");
    }

    #[test]
    fn a_file_that_cannot_be_read_comes_with_a_remedy() {
        for (kind, word) in [
            (io::ErrorKind::NotFound, "Check the name"),
            (io::ErrorKind::IsADirectory, "folder"),
            (io::ErrorKind::InvalidData, "UTF-8"),
        ] {
            let error = anyhow::Error::from(io::Error::from(kind)).context("cannot read facts.toml");
            assert!(remedy(&error).is_some_and(|r| r.contains(word)), "{kind}");
        }
    }

    #[test]
    fn a_database_that_is_down_comes_with_a_remedy() {
        let store = StoreError::new(ErrorKind::Unavailable, "db.internal/hadir");
        let error = anyhow::Error::from(store).context("cannot open the database");
        assert!(sentence(&error).contains("db.internal/hadir"));
        assert!(remedy(&error).is_some_and(|r| r.contains("database_url")));
    }
}
