//! Firmware set to "Access control PUSH" (3.x).

use crate::harness::{APPROVED, Server};

#[tokio::test]
async fn registration_configuration_and_events() {
    let server = Server::start().await;
    let body =
        "DeviceType=acc,~DeviceName=BioFace A1,FirmVer=Ver 8.0.1.3-20151229,PushVersion=Ver 2.0.22-20161201";
    let registry = server.post(&format!("/iclock/registry?SN={APPROVED}"), body).await;
    assert_eq!(registry.body, format!("RegistryCode=R{APPROVED}"));
    let push = server.post(&format!("/iclock/push?SN={APPROVED}"), "").await;
    assert!(
        push.body.starts_with("ServerVersion=3.1.2\n")
            && push.body.contains(&format!("SessionID=S{APPROVED}\n"))
    );
    let hello =
        server.get(&format!("/iclock/cdata?SN={APPROVED}&options=all&pushver=3.1.2&DeviceType=acc")).await;
    assert!(hello.body.starts_with("registry=ok\nRegistryCode="));
    assert!(!hello.body.contains("TimeZone"));
    let event = "time=2017-01-10 11:49:32\tpin=1001\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=15\tindex=42\r\n";
    assert_eq!(server.post(&format!("/iclock/cdata?SN={APPROVED}&table=rtlog"), event).await.body, "OK");
    assert_eq!(server.desk.state().punches.len(), 1);
    let users = "user uid=1\tcardno=\tpin=1\tpassword=77\r\n";
    let reply = server
        .post(&format!("/iclock/cdata?SN={APPROVED}&table=tabledata&tablename=user&count=1"), users)
        .await;
    assert_eq!(reply.body, "user=1");
    assert!(!String::from_utf8_lossy(&server.desk.state().uploads[1].journal).contains("77"));
    let query =
        server.post(&format!("/iclock/querydata?SN={APPROVED}&type=tabledata&tablename=user"), users).await;
    assert_eq!((query.status, query.body.as_str()), (200, "user=1"));
}

#[tokio::test]
async fn time_for_firmware_that_asks() {
    let server = Server::start().await;
    let reply = server.get(&format!("/iclock/rtdata?SN={APPROVED}&type=time")).await;
    // 2026-11-21 00:28:11 UTC in packed seconds; the terminal stands in WITA.
    assert_eq!(reply.body, "DateTime=864174491,ServerTZ=+0800");
}

#[tokio::test]
async fn before_approval_it_is_told_to_wait() {
    let server = Server::start().await;
    assert_eq!(server.get("/iclock/cdata?SN=ACC1&options=all&pushver=3.1.2&DeviceType=acc").await.body, "OK");
    assert_eq!(server.post("/iclock/registry?SN=ACC1", "DeviceType=acc").await.status, 406);
    assert_eq!(server.post("/iclock/push?SN=ACC1", "").await.status, 401);
}
