//! What an administrator changes in the database behind the program, as `hadir verify facts` shows it.

use crate::{
    database::behind_the_program,
    month::{filled, lock},
    run::Place,
};

use super::server::serve_once;

/// SQL, what undoes it, and what the check must say.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "UPDATE punch SET local_time = '2025-06-02 07:20:00' WHERE local_time = '2025-06-02 07:50:00'",
        "UPDATE punch SET local_time = '2025-06-02 07:50:00' WHERE local_time = '2025-06-02 07:20:00'",
        &["WRONG: punch", "is not what entry", "logged was the commitment", "the row now gives", "2025-06-02 07:20:00"],
    ),
    (
        "INSERT INTO punch SELECT tenant_id, origin, origin, employee_id, at, '2025-06-04 07:20:00', zone, received_at,
           source, terminal_id, device_group_id, pin, status, verify, workcode, direction, place, flags, journal_id,
           import_id, voided_at, voided_by FROM punch WHERE local_time = '2025-06-03 07:20:00'",
        "DELETE FROM punch WHERE local_time = '2025-06-04 07:20:00'",
        &["WRONG: punch", "was never logged; it is", "2025-06-04 07:20:00"],
    ),
    (
        "UPDATE punch SET employee_id = (SELECT employee_id FROM employee_number WHERE number = '198003152005011001')
           WHERE local_time = '2025-06-02 07:10:00'",
        "UPDATE punch SET employee_id = (SELECT employee_id FROM employee_number WHERE number = '198504122010012002')
           WHERE local_time = '2025-06-02 07:10:00'",
        &["WRONG: punch", "(PIN 2; 2025-06-02 07:10:00)", "counts for person 198003152005011001", "but its PIN belonged to person 198504122010012002 Siti Aminah, DISDIK"],
    ),
    (
        "UPDATE org_unit SET is_opd = NOT is_opd WHERE code = 'DISDIK'",
        "UPDATE org_unit SET is_opd = NOT is_opd WHERE code = 'DISDIK'",
        &["WRONG: org_unit", "the row now gives"],
    ),
    (
        "UPDATE pin_map SET pin = '9' WHERE pin = '2'",
        "UPDATE pin_map SET pin = '2' WHERE pin = '9'",
        &["WRONG: pin_map", "was never logged"],
    ),
    (
        "UPDATE employee_attribute SET value = '15' WHERE attribute = 'kelas' AND value = '7'",
        "UPDATE employee_attribute SET value = '7' WHERE attribute = 'kelas' AND value = '15'",
        &["WRONG: employee_attribute", "is not what entry", "\"attribute\":\"kelas\"", "\"value\":\"15\""],
    ),
    (
        "UPDATE employee_number SET number = '198003152005011999' WHERE number = '198003152005011001'",
        "UPDATE employee_number SET number = '198003152005011001' WHERE number = '198003152005011999'",
        &["WRONG: employee_number", "was never logged", "WRONG: employee_number", "is gone, and no erasure names it"],
    ),
    (
        "UPDATE month_close SET payload = REPLACE(payload, '\"late_minutes\":20', '\"late_minutes\":0')",
        "",
        &["WRONG: month_close: what was locked for 2025-06", "logged was the digest", "now it is"],
    ),
    (
        "DELETE FROM punch WHERE local_time = '2025-06-02 07:50:00'",
        "",
        &["WRONG: punch", "of entry", "is gone, and no erasure names it"],
    ),
    (
        "UPDATE log_entry SET salt = NULL WHERE covers = 'punch'",
        "",
        &["the salt of entry", "was taken away, and neither an erasure nor a restore names it", "more like these", "What to do:"],
    ),
];

#[test]
fn every_row_that_was_changed_deleted_or_inserted_is_named_with_its_entry() {
    Place::on_each_engine(|place| {
        filled(place);
        lock(place);
        place.hadir(&["verify", "facts"]).ok();
        for (change, undo, evidence) in CASES {
            behind_the_program(place, change);
            let said = place.hadir(&["verify", "facts"]);
            assert_eq!(said.code, 1, "{change}: {said:?}");
            for words in *evidence {
                assert!(said.out.contains(words), "'{words}' after {change}: {said:?}");
            }
            if !undo.is_empty() {
                behind_the_program(place, undo);
                place.hadir(&["verify", "facts"]).ok();
            }
        }
    });
}

#[test]
fn a_locked_month_that_was_changed_says_so_and_shows_no_figures() {
    Place::on_each_engine(|place| {
        filled(place);
        lock(place);
        behind_the_program(
            place,
            "UPDATE month_close SET payload = REPLACE(payload, '\"late_minutes\":20', '\"late_minutes\":0')",
        );
        for sheet in ["recap", "tpp"] {
            let said = place.hadir(&[sheet, "--month", "2025-06", "--opd", "DISDIK"]);
            assert_eq!((said.code, said.out.as_str()), (1, ""), "{said:?}");
            for words in ["2025-06", "was changed in the database after its lock", "hadir verify facts"] {
                assert!(said.err.contains(words), "{words}: {said:?}");
            }
        }
    });
}

#[test]
fn an_entry_that_was_removed_is_told_from_a_row_that_never_had_one() {
    Place::on_each_engine(|place| {
        filled(place);
        serve_once(place);
        behind_the_program(
            place,
            "DELETE FROM log_entry WHERE seq = (SELECT MIN(seq) FROM log_entry WHERE covers = 'punch')",
        );
        let said = place.hadir(&["verify", "facts"]);
        assert_eq!(said.code, 1, "{said:?}");
        for words in [
            "was removed from the database; the published log has it: a punch, entered at",
            "has no entry in the database: its entry is among those that were removed, or it never had one",
        ] {
            assert!(said.out.contains(words), "{words}: {said:?}");
        }
        assert!(!said.out.contains("was never logged"), "{said:?}");
    });
}
