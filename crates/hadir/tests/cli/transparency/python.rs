//! The witness `aics-witness`, which shares no code with us, over its own HTTP. It needs Python 3.12;
//! `scripts/python-clients.sh` installs it.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use super::server::{Server, import, key};
use crate::{programs, run::Place};

/// The witness that came with the Python clients; those are installed together, so it is beside that Python.
fn program() -> Option<PathBuf> {
    let program = programs::python()?.with_file_name("aics-witness");
    if !program.exists() {
        programs::left_out("there is no aics-witness beside the Python of the clients");
        return None;
    }
    Some(program)
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn a_witness_we_did_not_write_cosigns_a_running_server() {
    let Some(program) = program() else { return };
    let place = Place::new();
    import(&place, "198003152005011001");
    let key = key(&place);
    let run = |arguments: &[&str]| {
        let ran = Command::new(&program).args(arguments).current_dir(place.path("")).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let said = run(&["init", "--config", "witness.json", "--name", "saksi.inspektorat.example"]);
    let vkey = said.split_whitespace().find(|word| word.starts_with("saksi.inspektorat.example+")).unwrap();
    let origin = key.split('+').next().unwrap();
    run(&["add-log", "--config", "witness.json", "--origin", origin, "--vkey", &key]);
    let mut serving = Running(
        Command::new(&program)
            .args(["serve", "--config", "witness.json", "--listen", "127.0.0.1:0"])
            .current_dir(place.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(serving.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.find(|line| line.contains("127.0.0.1:")).unwrap();
    let port: String =
        line.split("127.0.0.1:").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
    let policy = format!("log {key}\nwitness saksi {vkey} http://127.0.0.1:{port}\nquorum saksi\n");
    place.write("ledger/witness-policy", &policy);

    let mut server = Server::start(&place);
    server.says(&["the log was cosigned", "is_enough=true"]);
    import(&place, "198104162006021002");
    server.says(&["the log was cosigned", "is_enough=true"]);
    server.stop();
    let said = place.hadir(&["verify", "log", "ledger/1", "--policy", "ledger/witness-policy"]).ok();
    assert!(said.out.contains("cosigned by 1 of 1 witnesses"), "{said:?}");
}
