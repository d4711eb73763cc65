//! A terminal from its box to its retirement.

use domain::zone::Zone;
use jiff::civil::{DateTime, date};
use service::{
    Fault,
    terminal_admin::{self, Approval, NewOwner, Since},
    terminal_desk::counts::Counts,
};
use sim::terminal::{LinkError, Profile, VirtualTerminal};
use store::{
    punch::PunchSource,
    terminal::{self as register, CommandState, TerminalState},
    testing::each_engine,
};
use terminal::{pin::Pin, serial::Serial, table::attlog::AttLine};

use crate::harness::{ACTOR, BADAN, DINAS, SERIAL, Server};

fn line(pin: &str, local: DateTime) -> AttLine {
    let pin = Pin::parse(pin).unwrap();
    AttLine { pin, local, status: Some(255), verify: Some(1), workcode: None, offset: None }
}

#[tokio::test]
async fn from_the_box_to_the_month_sheet() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let ani = server.person(1, "Ani Lestari", BADAN).await;
        let mut device =
            VirtualTerminal::new(Profile::x100c(), Serial::parse(SERIAL).unwrap(), server.address);

        // Nobody knows it: it is told to go on, and keeps its punches.
        device.handshake().await.unwrap();
        let day = date(2026, 11, 20);
        device.enrol(Pin::parse("0701").unwrap(), "ANI LESTARI");
        device.record(&[line("0701", day.at(7, 21, 0, 0)), line("0701", day.at(16, 2, 0, 0))]);
        let refused = device.upload().await;
        assert!(matches!(refused, Err(LinkError::Refused { status: 403, .. })), "{refused:?}");
        assert_eq!(device.poll().await.unwrap(), [""; 0]);
        let waiting = &terminal_admin::list(&server.office, &mut server.read().await).await.unwrap()[0];
        assert_eq!((waiting.terminal.state, waiting.held), (TerminalState::Pending, Some(2)));
        assert_eq!(server.stored().await, 0);

        // Approved for an OPD one zone to the east: the command makes it shake hands again and hand everything over.
        let mut tx = server.write().await;
        let terminal = terminal_admin::approve(&server.office, &mut tx, SERIAL, Approval::at(BADAN), ACTOR)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!((terminal.zone, terminal.approved_by.as_deref()), (Zone::Wita, Some(ACTOR)));
        assert_eq!(device.poll().await.unwrap(), ["CHECK"]);
        assert_eq!(device.options().unwrap().time_zone, 8);
        assert_eq!(device.waiting(), 0);
        assert_eq!(server.stored().await, 2);

        // Its users help to find the owner of the PIN; mapping takes the earlier punches along.
        let view = terminal_admin::detail(&server.office, &mut server.read().await, SERIAL).await.unwrap();
        assert_eq!(view.line.terminal.model, "X100-C");
        assert_eq!(view.commands[0].command.state, CommandState::Done);
        assert_eq!(view.group.as_ref().unwrap().code, "1.02");
        assert_eq!((view.unmapped.len(), view.today), (1, 2));
        let pin = &view.unmapped[0];
        assert_eq!((pin.pin.as_str(), pin.punches, pin.device_name.as_str()), ("0701", 2, "ANI LESTARI"));
        assert_eq!(pin.proposal.as_ref().unwrap().employee, ani);
        let owner = NewOwner { group: pin.group, pin: "0701".into(), employee: ani, since: Since::Beginning };
        let mut tx = server.write().await;
        let mapped = terminal_admin::map_pin(&server.office, &mut tx, owner, ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(mapped.punches, 2);
        let punches = server.punches_of(ani).await;
        assert_eq!(punches[0].at, Zone::Wita.instant(day.at(7, 21, 0, 0)).unwrap());
        assert_eq!((punches[0].source, punches[0].status.as_str()), (PunchSource::Terminal, "255"));

        // Then punches come one by one and find their owner at once.
        server.pass(20);
        let local = server.terminal(SERIAL).await.zone.local(server.office.now());
        device.push(&[line("0701", local)]).await.unwrap();
        assert_eq!(server.punches_of(ani).await.len(), 3);
        device.handshake().await.unwrap();
        device.poll().await.unwrap();
        let known = server.terminal(SERIAL).await;
        assert_eq!(known.drift_seconds, Some(0));
        assert_eq!(Counts::of(&known).backlog(), Some(0));
        assert_eq!(server.alert_kinds().await, [""; 0]);

        // Out of service nothing more is taken.
        let mut tx = server.write().await;
        terminal_admin::retire(&server.office, &mut tx, SERIAL, "rusak", ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        assert!(device.push(&[line("0701", local)]).await.is_err());
        assert_eq!(device.waiting(), 1, "it keeps what was not taken");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn stamps_come_back_and_zero_asks_for_everything() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        server.approved(SERIAL, DINAS).await;
        let hello = format!("/iclock/cdata?SN={SERIAL}&options=all&pushver=2.4.1");
        assert!(server.get(&hello).await.body.contains("\nATTLOGStamp=None\n"));
        assert_eq!(server.punches(SERIAL, "1\t2026-11-20 07:00:00\t0\t1\n").await.body, "OK: 1");
        server
            .post(
                &format!("/iclock/cdata?SN={SERIAL}&table=OPERLOG&OpStamp=77"),
                "OPLOG 4\t0\t2026-11-20 07:00:00\t0\n",
            )
            .await;
        let options = server.get(&hello).await.body;
        assert!(
            options.contains("\nATTLOGStamp=9999\n") && options.contains("\nOPERLOGStamp=77\n"),
            "{options}"
        );
        let mut tx = server.write().await;
        terminal_admin::queue(&server.office, &mut tx, SERIAL, terminal_admin::SafeCommand::ResendAll, ACTOR)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let options = server.get(&hello).await.body;
        assert!(options.contains("\nATTLOGStamp=0\n") && options.contains("\nOpStamp=0\n"), "{options}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn access_control_firmware_registers_once_for_all() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let hello = "/iclock/cdata?SN=ACC1&options=all&pushver=3.1.2&DeviceType=acc";
        assert_eq!(server.get(hello).await.body, "OK");
        assert_eq!(
            server.post("/iclock/registry?SN=ACC1", "~DeviceName=BioFace A1,FirmVer=8.0").await.status,
            406
        );
        assert_eq!(server.terminal("ACC1").await.model, "BioFace A1");
        let mut tx = server.write().await;
        terminal_admin::approve(&server.office, &mut tx, "ACC1", Approval::at(DINAS), ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        let first = server.post("/iclock/registry?SN=ACC1", "DeviceType=acc").await.body;
        assert!(first.starts_with("RegistryCode=") && first.len() == "RegistryCode=".len() + 10);
        assert_eq!(server.post("/iclock/registry?SN=ACC1", "DeviceType=acc").await.body, first);
        assert!(server.get(hello).await.body.starts_with(&format!("registry=ok\n{first}\n")));
        let event = "time=2026-11-20 07:00:00\tpin=1001\tevent=0\tinoutstatus=0\tverifytype=15\tindex=42\n";
        assert_eq!(server.post("/iclock/cdata?SN=ACC1&table=rtlog", event).await.body, "OK");
        assert_eq!(server.stored().await, 1);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn only_so_many_may_wait_and_blocked_networks_stay_out() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        for n in 0..205 {
            let ip = format!("10.9.{}.{}", n / 100, n % 100);
            server.get_from(&ip, &format!("/iclock/cdata?SN=GUESS{n}&options=all")).await;
        }
        assert_eq!(register::pending_count(&mut server.read().await).await.unwrap(), 200);
        assert_eq!(server.alert_kinds().await, ["pending_full"]);

        let bad = Approval { allowed_cidr: "10.9.0".into(), ..Approval::at(DINAS) };
        let mut tx = server.write().await;
        let error = terminal_admin::approve(&server.office, &mut tx, "GUESS7", bad, ACTOR).await.unwrap_err();
        assert_eq!(error.fault, Fault::Invalid);
        let good = Approval { allowed_cidr: "10.9.0.0/24".into(), ..Approval::at(DINAS) };
        terminal_admin::approve(&server.office, &mut tx, "GUESS7", good, ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        let target = "/iclock/cdata?SN=GUESS7&table=ATTLOG&Stamp=1";
        let body = "1\t2026-11-20 07:00:00\t0\t1\n";
        assert_eq!(server.post_from("10.9.0.7", target, body).await.body, "OK: 1");
        assert_eq!(server.post_from("10.77.0.7", target, body).await.status, 403);
        assert_eq!(server.alert_kinds().await, ["outside_network", "pending_full"]);
        assert_eq!(server.terminal("GUESS7").await.last_ip, "10.9.0.7");
        server.stop().await;
    })
    .await;
}
