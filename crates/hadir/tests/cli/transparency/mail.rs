//! The daily letter, handed to a mail server that speaks real SMTP.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use super::server::{Server, import, key, serve_once};
use crate::run::Place;

/// A letter as it came over the wire.
struct Received {
    recipients: Vec<String>,
    data: String,
}

/// A mail server (RFC 5321) that turns the first `busy` callers away. Its port, and what it receives.
fn mail_server(busy: usize) -> (u16, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (give, take) = channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().map(Result::unwrap).enumerate() {
            converse(stream, number < busy, &give);
        }
    });
    (port, take)
}

fn converse(mut stream: TcpStream, is_busy: bool, give: &Sender<Received>) {
    let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    if is_busy {
        say("421 coba lagi nanti");
        return;
    }
    say("220 surat.example ESMTP");
    let mut received = Received { recipients: Vec::new(), data: String::new() };
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "RCPT" => received.recipients.push(line),
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                for line in lines.by_ref().map(Result::unwrap).take_while(|line| line != ".") {
                    received.data.push_str(&line);
                    received.data.push('\n');
                }
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").ok();
                break;
            }
            _ => {}
        }
        stream.write_all(b"250 ok\r\n").unwrap();
    }
    give.send(received).ok();
}

fn configure(place: &Place, port: u16) {
    let text = format!(
        "mail_host = '127.0.0.1'\nmail_port = {port}\nmail_tls = 'none'\nmail_at = '00:00'\n\
         mail_from = 'Hadir <hadir@contoh.go.id>'\nmail_to = ['inspektur@contoh.go.id', 'sekda@contoh.go.id']\n"
    );
    place.write("hadir.toml", &text);
}

#[test]
fn a_running_server_mails_the_end_of_the_log_once_a_day() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let (port, letters) = mail_server(0);
    configure(&place, port);
    let mut server = Server::start_with(&place, &[("HADIR_CONFIG", "hadir.toml")]);
    let letter = letters.recv().unwrap();
    server.says(&["the end of the log was mailed"]);
    server.stop();
    assert_eq!(letter.recipients.len(), 2, "{:?}", letter.recipients);
    let checkpoint = std::fs::read_to_string(place.path("ledger/1/checkpoint")).unwrap();
    let root = checkpoint.lines().nth(2).unwrap();
    assert!(
        letter.data.contains("hadir.local/log/1") && letter.data.contains("filename=\"checkpoint-"),
        "{}",
        letter.data
    );
    assert!(letter.data.replace("=3D", "=").contains(root), "{}", letter.data);
    assert!(
        letter.data.contains("Content-Type: image/svg+xml") && letter.data.contains(".svg\""),
        "{}",
        letter.data
    );
    Server::start_with(&place, &[("HADIR_CONFIG", "hadir.toml")]).stop();
    assert!(letters.try_recv().is_err(), "a restart on the same day sends no second one");
}

#[test]
fn a_letter_is_sent_by_hand_and_a_server_that_refuses_is_named() {
    let place = Place::new();
    import(&place, "198003152005011001");
    serve_once(&place);
    let (port, letters) = mail_server(1);
    configure(&place, port);
    let send = || place.run(&["log", "mail", "--test"], &[("HADIR_CONFIG", "hadir.toml")], "");
    let said = send();
    assert!(
        said.code == 1 && said.err.contains(&format!("127.0.0.1:{port} did not take the letter")),
        "{said:?}"
    );
    let said = send();
    assert!(said.code == 0 && said.out.contains("inspektur@contoh.go.id"), "{said:?}");
    assert!(letters.recv().unwrap().data.contains("uji coba"), "the subject says that it is a test");
    let key = key(&place);
    assert!(said.out.contains("entri") && key.starts_with("hadir.local/log/1+"), "{said:?}");

    place.write("hadir.toml", "mail_host = 'surat.contoh.go.id'\n");
    let said = send();
    assert!(said.code == 1 && said.err.contains("mail_from"), "{said:?}");
}
