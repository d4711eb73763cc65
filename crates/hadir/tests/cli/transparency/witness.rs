//! A witness of our own (c2sp.org/tlog-witness) behind a real socket.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use ledger::{
    SignedCheckpoint, VerifierKey,
    read::check_consistency,
    witness::{AddCheckpoint, CONFLICT_TYPE, Cosigner},
};

/// When the witness says that it saw a checkpoint.
const TIME: u64 = 1_784_000_000;

/// What it has cosigned, by origin.
type Memory = Arc<Mutex<HashMap<String, SignedCheckpoint>>>;

/// A witness that answers until the tests end.
pub struct Witness {
    pub name: String,
    cosigner: Cosigner,
    address: String,
}

impl Witness {
    /// One that trusts the log with this key.
    pub fn start(name: &str, seed: u8, log: &str) -> Witness {
        let cosigner = Cosigner::from_seed(&format!("{name}.example"), &[seed; 32]).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (signing, keys) = (cosigner.clone(), vec![log.parse().unwrap()]);
        thread::spawn(move || {
            let memory = Memory::default();
            for stream in listener.incoming().map(Result::unwrap) {
                let (signing, keys, memory) = (signing.clone(), keys.clone(), Arc::clone(&memory));
                thread::spawn(move || serve(stream, &signing, &keys, &memory));
            }
        });
        Witness { name: name.to_owned(), cosigner, address }
    }

    /// Its line in a policy.
    pub fn line(&self) -> String {
        format!("witness {} {} http://{}\n", self.name, self.cosigner.key(), self.address)
    }
}

/// Answers requests on one connection until the caller closes it.
fn serve(mut stream: TcpStream, cosigner: &Cosigner, keys: &[VerifierKey], memory: &Memory) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some((line, body)) = request(&mut reader) {
        assert_eq!(line, "POST /add-checkpoint HTTP/1.1\r\n");
        let (status, kind, body) = answer(&body, cosigner, keys, memory);
        let head =
            format!("HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).unwrap();
    }
}

/// The request line and the body.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header == "\r\n" {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((line, String::from_utf8(body).unwrap()))
}

fn answer(
    body: &str,
    cosigner: &Cosigner,
    keys: &[VerifierKey],
    memory: &Memory,
) -> (u16, &'static str, Vec<u8>) {
    let Ok(request) = AddCheckpoint::parse(body) else { return (400, "text/plain", vec![]) };
    let Ok(new) = request.checkpoint.verify(keys) else { return (403, "text/plain", vec![]) };
    let mut memory = memory.lock().unwrap();
    let old = memory.get(new.origin());
    let known = old.map_or(0, SignedCheckpoint::size);
    if request.old_size != known {
        return (409, CONFLICT_TYPE, format!("{known}\n").into_bytes());
    }
    if let Some(old) = old {
        if old.size() == new.size() && old.root() != new.root() {
            return (409, "text/plain", vec![]);
        }
        if check_consistency(&request.proof, old.checkpoint(), new).is_err() {
            return (422, "text/plain", vec![]);
        }
    }
    let cosignature = cosigner.cosign(&request.checkpoint, TIME).unwrap().to_bytes();
    memory.insert(new.origin().to_owned(), request.checkpoint);
    (200, "text/plain", cosignature)
}
