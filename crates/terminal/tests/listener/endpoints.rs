//! Each request of the protocol and its reply.

use domain::zone::Zone;
use terminal::{
    command::{Command, CommandId, Order, UserOrder},
    pin::Pin,
    upload::{Content, Table},
};

use crate::harness::{APPROVED, Server, serial};

const PUNCH: &str = "1\t2024-07-28 01:25:24\t0\t1\t\t0\t0\t\r\n";

#[tokio::test]
async fn handshake_of_an_x100() {
    let server = Server::start().await;
    let reply = server
        .get(&format!(
            "/iclock/cdata?SN={APPROVED}&options=all&language=69&pushver=2.4.0&DeviceType=middle%20east&PushOptionsFlag=1"
        ))
        .await;
    assert_eq!(reply.status, 200);
    assert!(reply.body.starts_with("GET OPTION FROM: CEXX202360123\nATTLOGStamp=None\n"));
    assert!(reply.body.contains("\nTimeZone=8\n"));
    assert!(reply.body.contains("\nPushOptionsFlag=1\n"));
    assert_eq!(reply.header("content-type"), Some("text/plain"));
    assert_eq!(reply.header("date"), Some("Sat, 21 Nov 2026 00:28:11 GMT"));
    let state = server.desk.state();
    assert_eq!(state.hellos[0].device_type.as_deref(), Some("middle east"));
    assert!(!state.hellos[0].heartbeat);
}

#[tokio::test]
async fn handshake_without_options_is_a_heartbeat() {
    let server = Server::start().await;
    let reply = server.get(&format!("/iclock/cdata?SN={APPROVED}")).await;
    assert!(reply.body.starts_with("GET OPTION FROM: "));
    assert!(server.desk.state().hellos[0].heartbeat);
}

#[tokio::test]
async fn a_heartbeat_does_not_make_a_terminal_old() {
    let server = Server::start().await;
    server.greet().await;
    let reply = server.get(&format!("/iclock/cdata?SN={APPROVED}")).await;
    assert!(reply.body.contains("TransFlag=TransData AttLog\t"), "{}", reply.body);
}

#[tokio::test]
async fn punches_are_stored_then_acknowledged_and_their_stamp_comes_back() {
    let server = Server::start().await;
    let target = format!("/iclock/cdata?SN={APPROVED}&table=ATTLOG&Stamp=9999");
    let body = format!("{PUNCH}rubbish\r\n0\t2026-08-03 08:12:19\t1\t201\r\n");
    assert_eq!(server.post(&target, &body).await.body, "OK: 3");
    assert_eq!(server.post(&target, &body).await.body, "OK: 3", "the same again is acknowledged the same");
    {
        let state = server.desk.state();
        assert_eq!(state.punches.len(), 1);
        assert_eq!(state.uploads.len(), 2);
        assert_eq!(state.uploads[0].journal, body.as_bytes());
        assert_eq!(state.uploads[0].content.quarantined().len(), 2);
        assert_eq!(state.uploads[0].request, format!("POST {target}"));
    }
    let options = server.get(&format!("/iclock/cdata?SN={APPROVED}&options=all")).await.body;
    assert!(options.contains("\nATTLOGStamp=9999\n") && options.contains("\nStamp=9999\n"));
}

#[tokio::test]
async fn operations_users_and_templates() {
    let server = Server::start().await;
    let body = "OPLOG 4\t0\t2024-03-12 11:03:53\t0\t0\t0\t0\nUSER PIN=982\tName=Richard\tPasswd=9822\tCard=\nFP PIN=982\tFID=1\tSize=4\tTMP=AAAA\n";
    let reply = server.post(&format!("/iclock/cdata?SN={APPROVED}&table=OPERLOG&OpStamp=7"), body).await;
    assert_eq!(reply.body, "OK: 3");
    let state = server.desk.state();
    let journal = String::from_utf8_lossy(&state.uploads[0].journal).into_owned();
    assert!(!journal.contains("9822") && !journal.contains("AAAA"), "{journal}");
    assert_eq!(state.uploads[0].stamp.as_deref(), Some("7"));
    assert!(matches!(&state.uploads[0].content, Content::Records(batch) if batch.records.len() == 3));
}

#[tokio::test]
async fn photos_on_either_path_leave_no_picture() {
    let server = Server::start().await;
    let mut body = b"PIN=20150731103012-123.jpg\nSN=0316144680030\nsize=4\nCMD=uploadphoto\0".to_vec();
    body.extend([0xFF, 0xD8, 0xFF, 0xE0]);
    for path in ["cdata", "fdata"] {
        assert_eq!(
            server.post(&format!("/iclock/{path}?SN={APPROVED}&table=ATTPHOTO"), &body).await.body,
            "OK"
        );
    }
    let state = server.desk.state();
    assert_eq!(state.uploads.len(), 2);
    assert!(!state.uploads[1].journal.contains(&0xFF));
}

#[tokio::test]
async fn options_and_tables_nobody_knows() {
    let server = Server::start().await;
    let send = async |query: &str, body: &str| server.post(&format!("/iclock/{query}"), body).await.body;
    assert_eq!(
        send(&format!("cdata?SN={APPROVED}&table=options"), "~DeviceName=X100-C,FirmVer=Ver 8").await,
        "OK"
    );
    assert_eq!(send(&format!("cdata?SN={APPROVED}&table=ERRORLOG"), "ErrCode=1\tErrMsg=x\n").await, "OK: 1");
    assert_eq!(send(&format!("cdata?SN={APPROVED}&table=ZZZ"), "what is this").await, "OK");
    assert_eq!(send(&format!("somethingnew?SN={APPROVED}"), "what is this").await, "OK");
    let state = server.desk.state();
    assert!(
        matches!(&state.uploads[0].content, Content::Options(options) if options.device_name() == Some("X100-C"))
    );
    assert_eq!(state.uploads[2].journal, b"what is this");
    assert_eq!(state.uploads[3].table, Table::Other("somethingnew".into()));
}

#[tokio::test]
async fn poll_gets_commands_once_and_their_results_come_back() {
    let server = Server::start().await;
    server.greet().await;
    let user = UserOrder {
        pin: Pin::parse("1001").unwrap(),
        name: "Siti".into(),
        privilege: 0,
        card: String::new(),
    };
    let command = Command { id: CommandId::from_number(40), order: Order::UpdateUser(user) };
    server.desk.order(&serial(APPROVED), command);
    let target = format!(
        "/iclock/getrequest?SN={APPROVED}&INFO=ZAM180-NF50VA-Ver3.4.10,1,0,16,192.168.0.25,10,39,12,1,01110,0,0,0"
    );
    let reply = server.get(&target).await;
    assert_eq!(
        reply.body,
        "C:14:DATA UPDATE USERINFO PIN=1001\tName=Siti\tPri=0\tPasswd=\tCard=\tGrp=1\tTZ=0000000100000000\n"
    );
    assert_eq!(server.get(&target).await.body, "OK");
    let result = server.post(&format!("/iclock/devicecmd?SN={APPROVED}"), "ID=14&Return=0&CMD=DATA\n").await;
    assert_eq!(result.body, "OK");
    let state = server.desk.state();
    assert_eq!(state.polls[0].info.as_ref().unwrap().punches, Some(16));
    assert_eq!(state.results[0].1.id.as_str(), "14");
}

#[tokio::test]
async fn the_small_ones() {
    let server = Server::start().await;
    assert_eq!(server.get(&format!("/iclock/ping?SN={APPROVED}")).await.body, "OK");
    assert_eq!(server.get(&format!("/iclock/cdata?SN={APPROVED}&table=RemoteAtt&PIN=1")).await.body, "OK");
    assert_eq!(
        server.post(&format!("/iclock/exchange?SN={APPROVED}&type=publickey"), "PublicKey=x").await.body,
        "OK"
    );
    for target in ["/", "/login", "/iclock/file?url=x&SN=1", "/robots.txt"] {
        let reply = server.get(target).await;
        assert_eq!((reply.status, reply.header("content-type")), (404, Some("text/plain")), "{target}");
    }
    assert_eq!(server.send("DELETE /iclock/cdata?SN=1 HTTP/1.1\r\nHost: x\r\n\r\n").await.status, 405);
}

#[tokio::test]
async fn a_terminal_waits_for_approval_without_losing_anything() {
    let server = Server::start().await;
    let handshake = server.get("/iclock/cdata?SN=NEW1&options=all&pushver=2.4.1").await;
    assert!(handshake.body.starts_with("GET OPTION FROM: NEW1\n"));
    let upload = server.post("/iclock/cdata?SN=NEW1&table=ATTLOG&Stamp=1", PUNCH).await;
    assert_eq!((upload.status, upload.header("content-type")), (403, Some("text/plain")));
    assert!(!upload.body.starts_with("OK"));
    assert_eq!(server.get("/iclock/getrequest?SN=NEW1").await.body, "OK");
    assert!(server.desk.state().uploads.is_empty());
    assert!(server.desk.state().pending.contains(&serial("NEW1")));
    server.desk.approve(&serial("NEW1"), Zone::Wit);
    assert_eq!(server.post("/iclock/cdata?SN=NEW1&table=ATTLOG&Stamp=1", PUNCH).await.body, "OK: 1");
    assert!(server.get("/iclock/cdata?SN=NEW1&options=all").await.body.contains("\nTimeZone=9\n"));
}
