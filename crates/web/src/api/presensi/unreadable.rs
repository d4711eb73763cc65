//! What is wrong with a body that is no punch, in words that name the field.

use axum::http::StatusCode;
use serde_json::Value;

use crate::api::answer::Refused;

/// Every field, with a value as it should be sent.
const FIELDS: [(&str, &str); 4] = [
    ("id", "\"019a4a5e30e17b2c99aabbccddeeff00\""),
    ("pin", "\"0701\""),
    ("at", "\"2026-11-02T07:30:00+07:00\""),
    ("direction", "\"in\""),
];
/// The field that may be absent.
const OPTIONAL: &str = "direction";
/// Characters of an unknown field's name that are said back.
const SHOWN: usize = 40;

/// The refusal of a body that could not be read because of `error`. It is read once more to name the field in both languages.
pub(super) fn unreadable(body: &[u8], error: &serde_json::Error) -> Refused {
    let (id, en) = match serde_json::from_slice::<Value>(body) {
        Err(error) => broken(&error),
        Ok(value) => of_value(&value).unwrap_or_else(|| broken(error)),
    };
    Refused::new((StatusCode::UNPROCESSABLE_ENTITY, "invalid"), id, en)
}

fn broken(error: &serde_json::Error) -> (String, String) {
    let (line, column) = (error.line(), error.column());
    (
        format!("Isi kiriman bukan JSON yang benar (baris {line}, kolom {column})."),
        format!("The body is not sound JSON: {error}."),
    )
}

fn of_value(value: &Value) -> Option<(String, String)> {
    let Some(fields) = value.as_object() else {
        return Some((
            "Isi kiriman harus satu objek JSON: {\"id\": …, \"pin\": …, \"at\": …}.".into(),
            "The body must be one JSON object: {\"id\": …, \"pin\": …, \"at\": …}.".into(),
        ));
    };
    for (name, example) in FIELDS {
        match fields.get(name) {
            Some(Value::String(_)) => {}
            None | Some(Value::Null) if name == OPTIONAL => {}
            None => return Some((format!("“{name}” tidak ada."), format!("“{name}” is missing."))),
            Some(_) => {
                return Some((
                    format!("“{name}” harus teks di antara tanda kutip, misalnya {example}."),
                    format!("“{name}” must be text between quotation marks, for example {example}."),
                ));
            }
        }
    }
    let unknown = fields.keys().find(|key| FIELDS.iter().all(|(name, _)| name != key))?;
    let unknown: String = unknown.chars().take(SHOWN).collect();
    Some((
        format!("“{unknown}” bukan isian yang dikenal."),
        format!("“{unknown}” is no field that is known."),
    ))
}
