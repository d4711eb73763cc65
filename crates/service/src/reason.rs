//! The reason that every revocation and every change of the rules must give.

use crate::ServiceError;

/// Longest reason, in characters.
const LONGEST: usize = 500;

/// A reason is a few words at least: a dot explains nothing to the auditor.
pub(crate) fn checked_reason(reason: &str) -> Result<String, ServiceError> {
    let reason = reason.trim();
    let length = reason.chars().count();
    if length < 5 {
        return Err(ServiceError::invalid(
            "Tulis alasannya dengan kalimat singkat.",
            "Write the reason as a short sentence.",
        ));
    }
    if length > LONGEST {
        return Err(ServiceError::invalid(
            "Alasan paling panjang 500 huruf.",
            "The reason has at most 500 characters.",
        ));
    }
    Ok(reason.to_owned())
}
