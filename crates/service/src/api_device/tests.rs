use domain::{clock::FixedClock, ids::TerminalId, punch::Direction, zone::Zone};
use jiff::{SignedDuration, civil::datetime};
use std::sync::Arc;
use store::{
    terminal::Terminal,
    testing::{TENANT, sqlite, start},
};
use terminal::serial::Serial;

use super::*;
use crate::{Office, office::testing::SeededEntropy};

const ID: &str = "000102030405060708090a0b0c0d0e0f";

fn device(office: &Office) -> Device {
    let terminal = Terminal::met(office.id(TerminalId::new), "api:1", Zone::Wita, office.now());
    Device { terminal }
}

#[tokio::test]
async fn a_press_is_kept_by_the_wall_clock_of_its_offset_and_doubted_as_that_of_a_terminal() {
    let test = sqlite().await;
    let clock = Arc::new(FixedClock::new(start()));
    let office = Office::new(test.db.clone(), clock, Arc::new(SeededEntropy::new(1)), TENANT);
    let device = device(&office);
    let row = |at: &str, direction| {
        let press = Press::read(ID, "0701", at, direction).unwrap();
        tap(&office, &device, press, start()).unwrap().punch
    };
    // It is 08:00 WIB.
    let now = row("2026-11-21T07:59:30.750+07:00", Some("in"));
    assert_eq!((now.local_time, now.zone), (datetime(2026, 11, 21, 7, 59, 30, 0), Zone::Wib));
    assert_eq!((now.direction, now.flags.as_str(), now.pin.as_str()), (Direction::In, "", "0701"));
    let utc = row("2026-11-21T00:59:30Z", None);
    assert_eq!((utc.local_time, utc.zone), (datetime(2026, 11, 21, 8, 59, 30, 0), Zone::Wita));
    assert_eq!((utc.at, utc.direction), (now.at, Direction::Unknown));
    assert_eq!(row("2027-11-21T07:59:30+07:00", None).flags, "clock_future skip");
    assert_eq!(row("1970-01-01T08:00:00+08:00", None).flags, "clock_past skip");
    test.finish().await;
}

#[test]
fn what_cannot_be_read_is_named() {
    let good = "2026-11-21T07:59:30+07:00";
    for (id, pin, at, direction, word) in [
        ("0011", "7", good, None, "id"),
        (&"0".repeat(32), "7", good, None, "id"),
        (&ID.replace('0', "g"), "7", good, None, "id"),
        (ID, "", good, None, "pin"),
        (ID, "7 8", good, None, "pin"),
        (ID, "1234567890123456789012345", good, None, "pin"),
        (ID, "7", "2026-11-21 07:59", None, "at"),
        (ID, "7", "2026-11-21T07:59:30", None, "at"),
        (ID, "7", "yesterday", None, "at"),
        (ID, "7", good, Some("sideways"), "direction"),
    ] {
        let error = Press::read(id, pin, at, direction).unwrap_err();
        assert!(error.en.contains(&format!("“{word}”")), "{error}");
    }
}

#[test]
fn no_terminal_can_call_itself_a_device() {
    assert!(Serial::parse(&format!("{MARK}0011")).is_err());
}

#[tokio::test]
async fn a_contact_is_written_down_once_a_minute() {
    let test = sqlite().await;
    let clock = Arc::new(FixedClock::new(start()));
    let office = Office::new(test.db.clone(), clock, Arc::new(SeededEntropy::new(1)), TENANT);
    let (device, cache) = (device(&office), DeviceCache::default());
    let after = |seconds| cache.contact(&device, start() + SignedDuration::from_secs(seconds)).is_some();
    assert_eq!([after(1), after(60), after(61), after(119), after(120)], [false, true, false, false, true]);
    test.finish().await;
}
