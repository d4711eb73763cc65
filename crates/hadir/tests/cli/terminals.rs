//! Terminals and files of punches from the command line.

use crate::run::Place;

#[test]
fn without_terminals_every_command_says_what_to_do() {
    let place = Place::new();
    place.hadir(&["setup"]).ok();
    assert!(place.hadir(&["terminal", "list"]).ok().out.contains("ADMS"));
    assert_eq!(place.hadir(&["terminal", "list", "--format", "json"]).ok().json(), serde_json::json!([]));
    let said = place.hadir(&["terminal", "approve", "ABC1", "--unit", "DISDIK"]);
    assert!(said.code == 1 && said.err.contains("DISDIK"), "{said:?}");
    let said = place.hadir(&["terminal", "map", "ABC1", "7", "198003152005011001"]);
    assert!(said.code == 1 && said.err.contains("ABC1"), "{said:?}");
    let file = place.write("1_attlog.dat", "7\t2026-10-01 07:25:00\t255\t1\t0\t0\n");
    let said = place.hadir(&["import", "attlog", file.to_str().unwrap(), "--serial", "ABC1"]);
    assert!(said.code == 1 && said.err.contains("ABC1") && said.err.contains("ADMS"), "{said:?}");
}

#[test]
fn a_device_needs_a_unit_that_exists_and_only_devices_are_revoked() {
    let place = Place::new();
    let said = place.hadir(&["device", "add", "--opd", "DISDIK", "--name", "Kios"]);
    assert!(said.code == 1 && said.err.contains("DISDIK"), "{said:?}");
    let said = place.hadir(&["device", "revoke", "CEXX1"]);
    assert!(said.code == 1 && said.err.contains("api:"), "{said:?}");
    let said = place.hadir(&["device", "revoke", "api:00"]);
    assert!(
        said.code == 1 && said.err.contains("no device 'api:00'") && !said.err.contains("ADMS"),
        "{said:?}"
    );
}

#[test]
fn a_device_says_whose_pins_it_knows() {
    let place = Place::new();
    place.write(
        "list.csv",
        "NIP;NAMA;JENIS PEGAWAI;GOLONGAN;JABATAN;KELAS;KODE OPD;OPD;PIN\n\
         198003152005011001;Ahmad Fauzi;PNS;III/a;Analis;7;DISDIK;Dinas Pendidikan;1\n",
    );
    place.hadir(&["import", "employees", "list.csv", "--effective", "2025-01-01"]).ok();
    let add = |more: &[&str]| {
        place.hadir(&[&["device", "add", "--opd", "DISDIK", "--name", "Kios"], more].concat())
    };
    let said = add(&["--group", "NOPE"]);
    assert!(said.code == 1 && said.err.contains("those that exist: UTAMA"), "{said:?}");
    let said = add(&[]).ok().out;
    assert!(said.contains("group DISDIK, of which 0 are known") && said.contains("--group UTAMA"), "{said}");
    let said = add(&["--group", "utama"]).ok().out;
    assert!(said.contains("group UTAMA, of which 1 are known.\n"), "{said}");
}
