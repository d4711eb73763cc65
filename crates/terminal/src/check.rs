//! What must hold for any bytes a terminal, or somebody who pretends to be one, may send. Shared by the fuzzer and the replay of
//! its seeds.

use crate::{
    command_result, device_info,
    redact::MARK,
    request::{Endpoint, Target},
    serial::Serial,
    table::{attlog_dat, options},
    upload::{self, Content, Table},
};

/// Feeds `input` (a request target, a line feed, a body) to all parsers.
///
/// # Panics
/// If one of them loses a line, or lets a secret through to the journal.
pub fn everything(input: &[u8]) {
    let split = input.iter().position(|&b| b == b'\n').unwrap_or(input.len());
    let (target, body) = (&input[..split], input.get(split + 1..).unwrap_or_default());
    let target = Target::parse(target);
    if let Some(serial) = target.query.text("sn").and_then(|text| Serial::parse(&text).ok()) {
        assert!(serial.as_str().bytes().all(|b| b.is_ascii_graphic()));
    }
    target.query.bytes("info").and_then(device_info::parse);
    command_result::parse(body);
    options::parse(body);
    let endpoint = target.endpoint.unwrap_or(Endpoint::Data);
    let named = Table::of(&endpoint, &target.query);
    for table in
        [named, Table::AttLog, Table::OperLog, Table::RtLog, Table::AttPhoto, Table::Other(String::new())]
    {
        check_upload(&table, body);
    }
    if let Ok(batch) = attlog_dat::parse(body) {
        assert_eq!(batch.lines, batch.records.len() + batch.quarantined.len() + batch.quarantined_beyond);
    }
}

fn check_upload(table: &Table, body: &[u8]) {
    let content = Content::parse(table, body);
    let (records, beyond) = match &content {
        Content::Punches(batch) => (batch.records.len(), batch.quarantined_beyond),
        Content::Events(batch) => (batch.records.len(), batch.quarantined_beyond),
        Content::Records(batch) => (batch.records.len(), batch.quarantined_beyond),
        Content::Options(_) | Content::Photo(_) | Content::Unparsed(_) => (content.lines(), 0),
    };
    assert_eq!(content.lines(), records + content.quarantined().len() + beyond);
    let reply = upload::acknowledgement(table, &content);
    assert!(!reply.contains(['\r', '\n']));
    if let Content::Punches(batch) = &content {
        for punch in &batch.records {
            let again = crate::table::attlog::parse_line(punch.to_wire().as_bytes());
            assert_eq!(again.as_ref(), Ok(punch), "{punch:?} does not survive being written and read");
        }
    }
    let journal = upload::journal(table, body);
    if !matches!(table, Table::AttLog | Table::RtLog) {
        let leaks = |line: &[u8]| {
            line.split(|&b| b == b'\t').any(|field| {
                let value = field.strip_prefix(b"Passwd=").or(field.strip_prefix(b"TMP="));
                value.is_some_and(|value| !value.is_empty() && !value.starts_with(MARK))
            })
        };
        assert!(!journal.split(|&b| b == b'\n').any(leaks), "a secret reached the journal");
    }
}
