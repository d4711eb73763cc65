//! Commands on their way to a terminal and back.

use jiff::civil::date;
use service::{
    Fault,
    terminal_admin::{self, SafeCommand},
};
use store::{terminal::CommandState, testing::each_engine};

use crate::harness::{ACTOR, DINAS, SERIAL, Server};

async fn queue(server: &Server, serial: &str, command: SafeCommand) -> Result<String, service::ServiceError> {
    let mut tx = server.write().await;
    let id = terminal_admin::queue(&server.office, &mut tx, serial, command, ACTOR).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn state(server: &Server, id: &str) -> CommandState {
    let mut tx = server.read().await;
    let view = terminal_admin::detail(&server.office, &mut tx, SERIAL).await.unwrap();
    view.commands.iter().find(|c| c.command.command_id == id).unwrap().command.state
}

#[tokio::test]
async fn sent_once_offered_again_answered_or_given_up() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        server.approved("OTHER", DINAS).await;
        let poll = format!("/iclock/getrequest?SN={SERIAL}");
        let result = |id: &str, code: i32| format!("ID={id}&Return={code}&CMD=X\n");
        let report = format!("/iclock/devicecmd?SN={SERIAL}");
        // The check that follows every approval.
        server.pass(3600 * 24 * 4);
        assert_eq!(server.get(&poll).await.body, "OK", "given up after three days");

        let count = SafeCommand::Count { first: date(2026, 11, 1), last: date(2026, 11, 21) };
        let counted = queue(&server, SERIAL, count.clone()).await.unwrap();
        assert_eq!(queue(&server, SERIAL, count).await.unwrap(), counted, "asked twice, queued once");
        let reboot = queue(&server, SERIAL, SafeCommand::Reboot).await.unwrap();
        let text = server.get(&poll).await.body;
        assert_eq!(
            text,
            format!("C:{counted}:VERIFY SUM ATTLOG StartTime=2026-11-01 00:00:00\tEndTime=2026-11-21 23:59:59\nC:{reboot}:REBOOT\n")
        );
        assert_eq!(server.get(&poll).await.body, "OK");
        server.pass(6 * 60);
        assert_eq!(server.get(&poll).await.body.lines().count(), 1, "offered again, but never a second restart");

        server.post("/iclock/devicecmd?SN=OTHER", result(&counted, 0)).await;
        assert_eq!(state(&server, &counted).await, CommandState::Sent, "not its command");
        server.post(&report, format!("ID={counted}&Return=0&CMD=VERIFY SUM&AttlogSum=16\n")).await;
        assert_eq!(state(&server, &counted).await, CommandState::Done);
        server.post(&report, result(&reboot, -1002)).await;
        assert_eq!(state(&server, &reboot).await, CommandState::Failed);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn refusals_say_why() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.get(&format!("/iclock/cdata?SN={SERIAL}&options=all&pushver=2.4.1")).await;
        let fault = async |command| queue(&server, SERIAL, command).await.unwrap_err().fault;
        assert_eq!(fault(SafeCommand::Info).await, Fault::Conflict, "it waits for approval");
        server.approved(SERIAL, DINAS).await;
        assert_eq!(fault(SafeCommand::UpdateUser { pin: "7".into() }).await, Fault::Invalid);
        let backwards = SafeCommand::Count { first: date(2026, 11, 2), last: date(2026, 11, 1) };
        assert_eq!(fault(backwards).await, Fault::Invalid);
        assert_eq!(queue(&server, "NOBODY", SafeCommand::Info).await.unwrap_err().fault, Fault::NotFound);
        server.stop().await;
    })
    .await;
}
