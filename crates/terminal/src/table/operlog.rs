//! The table `OPERLOG` and its kin (`USERINFO`, `FINGERTMP`, `BIODATA`, …): each line starts with a tag.
//!
//! Of a template or picture only the fact that it exists is kept, never the data; of a user, never the password.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{
    batch::{Batch, Reason},
    civil_time,
    keyed::Keyed,
    pin::Pin,
    text,
};

/// One line with a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OperRecord {
    /// Something was done at the terminal.
    Operation(Operation),
    /// A user as stored in the terminal.
    User(UserRecord),
    /// A template or picture of a user exists in the terminal.
    Biometric(Biometric),
}

/// Something done at the terminal (`OPLOG`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// What; see [`crate::codes::operation`].
    pub code: u16,
    /// PIN of the administrator at the terminal; `None` for 0 (nobody logged in).
    pub operator: Option<String>,
    /// When, by the wall clock of the terminal.
    pub local: DateTime,
    /// Up to four values whose meaning depends on the code.
    pub objects: Vec<String>,
}

/// A user as stored in the terminal, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRecord {
    /// PIN.
    pub pin: Pin,
    /// Name shown by the terminal, control characters taken out. May start with `=`: write it to sheets as text.
    pub name: Option<String>,
    /// 0 user, 2 enroller, 6 administrator, 10 custom, 14 super administrator.
    pub privilege: Option<u8>,
    /// Card number as written.
    pub card: Option<String>,
    /// Access group.
    pub group: Option<String>,
    /// Whether a password is set; the password itself is not kept.
    pub has_password: bool,
}

/// A template or picture that exists in the terminal, without its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Biometric {
    /// PIN.
    pub pin: Pin,
    /// The tag of the line: `FP`, `FACE`, `BIODATA`, `BIOPHOTO`, `USERPIC`, ….
    pub tag: String,
    /// `Type` of unified templates: 1 finger, 2 face, 7 finger vein, 8 palm, 9 face by visible light.
    pub bio_type: Option<u8>,
    /// Finger number or template number.
    pub number: Option<u16>,
    /// Size in bytes as declared.
    pub size: Option<u32>,
}

const BIOMETRIC_TAGS: [&str; 10] =
    ["FP", "FINGERTMP", "FACE", "FVEIN", "PALM", "BIODATA", "BIOPHOTO", "USERPIC", "TEMPLATE", "TEMPLATEV10"];

/// Parses a body of tagged lines.
pub fn parse(body: &[u8]) -> Batch<OperRecord> {
    Batch::read(body, parse_line)
}

/// Parses one line without its line end. Lines of `USERINFO`, `FINGERTMP` and `BIODATA` bodies that lack the tag are taken for
/// what their keys say.
pub fn parse_line(line: &[u8]) -> Result<OperRecord, Reason> {
    let line = line.trim_ascii_start();
    let split = line.iter().position(|&b| b == b' ' || b == b'\t');
    let (tag, rest) = split.map_or((line, &line[line.len()..]), |at| (&line[..at], &line[at + 1..]));
    if tag.contains(&b'=') {
        return untagged(line);
    }
    let tag = text::decode(tag).to_ascii_uppercase();
    match tag.as_str() {
        "OPLOG" => operation(rest).map(OperRecord::Operation),
        "USER" | "USERINFO" => user(&Keyed::parse(rest)).map(OperRecord::User),
        known if BIOMETRIC_TAGS.contains(&known) => {
            biometric(known, &Keyed::parse(rest)).map(OperRecord::Biometric)
        }
        _ => Err(Reason::UnknownRecord),
    }
}

fn untagged(line: &[u8]) -> Result<OperRecord, Reason> {
    let keyed = Keyed::parse(line);
    if keyed.bytes("tmp").is_some() || keyed.bytes("content").is_some() {
        let tag = if keyed.bytes("fid").is_some() { "FP" } else { "BIODATA" };
        biometric(tag, &keyed).map(OperRecord::Biometric)
    } else if keyed.bytes("name").is_some() || keyed.bytes("pri").is_some() {
        user(&keyed).map(OperRecord::User)
    } else {
        Err(Reason::UnknownRecord)
    }
}

fn operation(rest: &[u8]) -> Result<Operation, Reason> {
    let decoded = text::decode(rest);
    let fields: Vec<&str> = decoded.split('\t').map(str::trim).collect();
    let [code, operator, time, objects @ ..] = fields.as_slice() else {
        return Err(Reason::TooFewFields);
    };
    Ok(Operation {
        code: code.parse().map_err(|_| Reason::BadNumber)?,
        operator: text::present(operator).filter(|o| *o != "0").map(text::clean),
        local: civil_time::parse(time).ok_or(Reason::BadTime)?,
        objects: objects.iter().take(4).map(|o| text::clean(o)).collect(),
    })
}

fn user(keyed: &Keyed<'_>) -> Result<UserRecord, Reason> {
    Ok(UserRecord {
        pin: pin(keyed)?,
        name: keyed.text("name").map(|n| text::clean(&n)).filter(|n| !n.is_empty()),
        privilege: keyed.number("pri").or_else(|| keyed.number("privilege")),
        card: keyed.text("card").or_else(|| keyed.text("cardno")).map(|c| text::clean(&c)),
        group: keyed.text("grp").or_else(|| keyed.text("group")).map(|g| text::clean(&g)),
        has_password: keyed.text("passwd").or_else(|| keyed.text("password")).is_some(),
    })
}

fn biometric(tag: &str, keyed: &Keyed<'_>) -> Result<Biometric, Reason> {
    Ok(Biometric {
        pin: pin(keyed)?,
        tag: tag.to_owned(),
        bio_type: keyed.number("type"),
        number: keyed.number("fid").or_else(|| keyed.number("no")),
        size: keyed.number("size"),
    })
}

fn pin(keyed: &Keyed<'_>) -> Result<Pin, Reason> {
    Pin::parse(&keyed.text("pin").unwrap_or_default()).map_err(|_| Reason::BadPin)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn record(text: &str) -> Result<OperRecord, Reason> {
        parse_line(text.replace('→', "\t").as_bytes())
    }

    #[test]
    fn operation_of_an_x100() {
        let expected = Operation {
            code: 4,
            operator: None,
            local: datetime(2024, 3, 12, 11, 3, 53, 0),
            objects: vec!["0".into(); 4],
        };
        assert_eq!(record("OPLOG 4→0→2024-03-12 11:03:53→0→0→0→0"), Ok(OperRecord::Operation(expected)));
    }

    #[test]
    fn users_lose_their_password() {
        let OperRecord::User(user) =
            record("USER PIN=982→Name=Richard Tan→Pri=14→Passwd=9822→Card=[09E4812202]→Grp=1→TZ=").unwrap()
        else {
            panic!("not a user")
        };
        assert_eq!(user.name.as_deref(), Some("Richard Tan"));
        assert_eq!((user.privilege, user.has_password), (Some(14), true));
        assert!(!format!("{user:?}").contains("9822\""));
    }

    #[test]
    fn templates_lose_their_data() {
        for (text, tag) in [
            ("FP PIN=982→FID=1→Size=1184→Valid=1→TMP=c2VjcmV0", "FP"),
            ("FACE PIN=982→FID=1→Size=1184→Valid=1→TMP=c2VjcmV0", "FACE"),
            ("USERPIC PIN=982→FileName=9.jpg→Size=10→Content=c2VjcmV0", "USERPIC"),
            ("BIOPHOTO PIN=982→FileName=9001.jpg→Type=9→Size=59128→Content=c2VjcmV0", "BIOPHOTO"),
            ("BIODATA Pin=982→No=0→Index=0→Valid=1→Duress=0→Type=9→MajorVer=39→Tmp=c2VjcmV0", "BIODATA"),
            ("Pin=982→No=0→Index=0→Type=9→Tmp=c2VjcmV0", "BIODATA"),
        ] {
            let OperRecord::Biometric(found) = record(text).unwrap() else { panic!("{text}") };
            assert_eq!((found.tag.as_str(), found.pin.as_str()), (tag, "982"));
            assert!(!format!("{found:?}").contains("c2VjcmV0"));
        }
    }

    #[test]
    fn bad_lines() {
        assert_eq!(record("WHAT PIN=1"), Err(Reason::UnknownRecord));
        assert_eq!(record("OPLOG x→0→2024-03-12 11:03:53→0"), Err(Reason::BadNumber));
        assert_eq!(record("OPLOG 4→0→2024-13-12 11:03:53→0"), Err(Reason::BadTime));
        assert_eq!(record("USER Name=x"), Err(Reason::BadPin));
        let batch = parse(b"WHAT Passwd=1234\tX=1\n");
        assert_eq!(batch.quarantined[0].raw, b"WHAT Passwd=[removed]\tX=1");
    }

    #[test]
    fn tabs_and_nuls_in_names() {
        let OperRecord::User(user) = record("USER PIN=1→Name=Budi\0→Santoso→Pri=0").unwrap() else {
            panic!()
        };
        assert_eq!(user.name.as_deref(), Some("Budi"));
        assert_eq!(user.privilege, Some(0));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
            let batch = parse(&body);
            proptest::prop_assert_eq!(batch.lines, batch.records.len() + batch.quarantined.len());
        }
    }
}
