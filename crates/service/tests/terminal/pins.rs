//! Whose PIN it is.

use jiff::civil::date;
use service::{
    Fault,
    terminal_admin::{self, NewOwner, SafeCommand, Since},
};
use store::{
    audit::{self, AuditFilter},
    testing::each_engine,
};

use crate::harness::{ACTOR, DINAS, SERIAL, Server, number};

#[tokio::test]
async fn a_pin_changes_hands_only_with_a_day() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let group = server.approved(SERIAL, DINAS).await.group_id.unwrap();
        let (ani, budi) = (server.person(1, "Ani", DINAS).await, server.person(2, "Budi", DINAS).await);
        let body: String = (2..=6).map(|day| format!("0701\t2026-11-{day:02} 07:00:00\t0\t1\n")).collect();
        server.punches(SERIAL, &body).await;
        let map = async |employee, since| {
            let mut tx = server.write().await;
            let owner = NewOwner { group, pin: " 0701 ".into(), employee, since };
            let mapped = terminal_admin::map_pin(&server.office, &mut tx, owner, ACTOR).await?;
            tx.commit().await.unwrap();
            Ok::<_, service::ServiceError>(mapped.punches)
        };
        assert_eq!(map(ani, Since::Beginning).await.unwrap(), 5);
        assert_eq!(map(ani, Since::Beginning).await.unwrap(), 0, "again changes nothing");
        let refused = map(budi, Since::Beginning).await.unwrap_err();
        assert_eq!(refused.fault, Fault::Conflict);
        assert!(refused.en.contains("Ani since 2026-11-02"), "{}", refused.en);
        assert_eq!(map(budi, Since::Day(date(2026, 11, 5))).await.unwrap(), 2);
        assert_eq!((server.punches_of(ani).await.len(), server.punches_of(budi).await.len()), (3, 2));
        server.punches(SERIAL, "0701\t2026-11-04 16:00:00\t0\t1\n0701\t2026-11-20 07:00:00\t0\t1\n").await;
        assert_eq!((server.punches_of(ani).await.len(), server.punches_of(budi).await.len()), (4, 3));
        let trail = audit::list(&mut server.read().await, AuditFilter::default(), 50).await.unwrap();
        assert_eq!(trail.iter().filter(|e| e.action == "pin.map").count(), 2);
        let mut tx = server.write().await;
        let nobody = NewOwner { group, pin: "0".into(), employee: ani, since: Since::Beginning };
        let error = terminal_admin::map_pin(&server.office, &mut tx, nobody, ACTOR).await.unwrap_err();
        assert_eq!(error.fault, Fault::Invalid);
        drop(tx);

        let mut tx = server.write().await;
        let command = SafeCommand::UpdateUser { pin: "0701".into() };
        let id = terminal_admin::queue(&server.office, &mut tx, SERIAL, command, ACTOR).await.unwrap();
        tx.commit().await.unwrap();
        let trail = audit::list(&mut server.read().await, AuditFilter::default(), 50).await.unwrap();
        let deed = trail.iter().find(|deed| deed.action == "terminal.command").unwrap();
        assert_eq!(deed.detail["order"]["pin"], "0701");
        assert!(!deed.detail.to_string().contains("Budi"), "the log keeps deeds for ever: {deed:?}");
        let text = server.get(&format!("/iclock/getrequest?SN={SERIAL}")).await.body;
        assert!(text.contains(&format!("C:{id}:DATA UPDATE USERINFO PIN=0701\tName=Budi\t")), "{text}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_maps_what_it_can_and_names_the_rest() {
    each_engine(async |db| {
        let server = Server::start(db).await;
        let group = server.approved(SERIAL, DINAS).await.group_id.unwrap();
        let ani = server.person(1, "Ani", DINAS).await;
        let budi = server.person(2, "Budi", DINAS).await;
        server.punches(SERIAL, "1\t2026-11-02 07:00:00\t0\t1\n2\t2026-11-02 07:00:00\t0\t1\n").await;
        let list = format!("PIN,NIP\n1,{}\n2,\"{}\"\n3,{}\n4,1.98E+17\n", number(1), number(2), number(9));
        let run = async |text: &str| {
            let mut tx = server.write().await;
            let report = terminal_admin::map_many(&server.office, &mut tx, group, text, ACTOR).await.unwrap();
            tx.commit().await.unwrap();
            report
        };
        let report = run(&list).await;
        assert_eq!((report.mapped, report.unchanged, report.punches), (2, 0, 2));
        assert_eq!(report.problems.iter().map(|p| p.line).collect::<Vec<_>>(), [4, 5]);
        assert_eq!((server.punches_of(ani).await.len(), server.punches_of(budi).await.len()), (1, 1));
        let again = run(&list).await;
        assert_eq!((again.mapped, again.unchanged, again.punches), (0, 2, 0));
        let taken = run(&format!("1;{}\n", number(2))).await;
        assert!(taken.problems[0].en.contains("belongs to Ani"), "{}", taken.problems[0].en);
        server.stop().await;
    })
    .await;
}
