//! A row as the bytes that its entry commits to.

use sha2::{Digest, Sha256};

use super::covered::{Column, Covered};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::value::Value,
};

/// The row as one line of JSON: `{"table":"punch","punch_id":"…",…}`, columns in the order of the schema, bytes in
/// hexadecimal. `values` are those of `columns`.
pub(super) fn canonical<'v>(
    table: &str,
    columns: &[Column],
    values: impl Iterator<Item = &'v Value>,
) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(512);
    out.extend_from_slice(b"{\"table\":");
    text(&mut out, table)?;
    for (Column { name, .. }, value) in columns.iter().zip(values) {
        out.push(b',');
        text(&mut out, name)?;
        out.push(b':');
        match value {
            Value::Null(_) => out.extend_from_slice(b"null"),
            Value::Int(v) => out.extend_from_slice(v.to_string().as_bytes()),
            Value::Bool(v) => out.extend_from_slice(if *v { b"true" } else { b"false" }),
            Value::Text(v) => text(&mut out, v)?,
            Value::Bytes(v) => text(&mut out, &hex::encode(v))?,
            Value::Real(_) | Value::Ids(_) | Value::Texts(_) | Value::Array(..) => {
                return Err(StoreError::new(
                    ErrorKind::Other,
                    format!("{table}.{name} has no canonical form"),
                ));
            }
        }
    }
    out.push(b'}');
    Ok(out)
}

/// What the log calls the row: its id, or the first 16 bytes of the SHA-256 of its key.
pub(super) fn subject<'v>(
    covered: &Covered,
    columns: &[Column],
    values: impl Iterator<Item = &'v Value> + Clone,
) -> Result<Vec<u8>> {
    let key: Vec<(&Column, &Value)> =
        columns.iter().zip(values).filter(|(column, _)| covered.key.contains(&column.name)).collect();
    if let [(_, Value::Bytes(id))] = key.as_slice()
        && id.len() == 16
    {
        return Ok(id.clone());
    }
    let columns: Vec<Column> = key.iter().map(|(column, _)| **column).collect();
    let key = canonical(covered.table, &columns, key.iter().map(|(_, value)| *value))?;
    Ok(Sha256::digest(key)[..16].to_vec())
}

fn text(out: &mut Vec<u8>, text: &str) -> Result<()> {
    serde_json::to_writer(out, text)
        .map_err(|_| StoreError::new(ErrorKind::Other, "a text cannot be written as JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::value::Kind;

    #[test]
    fn a_row_is_one_line_of_json_in_the_order_of_its_columns() {
        let column = |name, kind| Column { name, kind, place: None };
        let columns = [
            column("b", Kind::Bytes),
            column("a", Kind::Text),
            column("n", Kind::Int),
            column("x", Kind::Bool),
        ];
        let values = [
            Value::Bytes(vec![0, 255]),
            Value::Text("tab\t\"é\"".into()),
            Value::Null(Kind::Int),
            Value::Bool(true),
        ];
        let bytes = canonical("punch", &columns, values.iter()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            r#"{"table":"punch","b":"00ff","a":"tab\t\"é\"","n":null,"x":true}"#
        );
    }

    #[test]
    fn a_row_is_named_by_its_id_or_by_a_digest_of_its_key() {
        let audit = Covered::table("audit").unwrap();
        let id = Value::Bytes(vec![7; 16]);
        assert_eq!(subject(audit, &audit.columns()[..1], std::iter::once(&id)).unwrap(), vec![7; 16]);
        let policy = Covered::table("policy").unwrap();
        let values = [Value::Text("perbup".into()), Value::Text("1".into())];
        let one = subject(policy, &policy.columns()[..2], values.iter()).unwrap();
        let other = [Value::Text("perbup".into()), Value::Text("2".into())];
        assert_eq!(one.len(), 16);
        assert_ne!(one, subject(policy, &policy.columns()[..2], other.iter()).unwrap());
    }

    #[test]
    fn what_follows_from_elsewhere_is_not_committed_to_but_later_changes_are() {
        let punch = Covered::table("punch").unwrap().list();
        assert!(punch.ends_with("import_id, origin, voided_at, voided_by"), "{punch}");
        assert!(!punch.contains("employee_id"), "{punch}");
        assert!(!Covered::table("month_close").unwrap().list().contains("payload"));
    }
}
