//! The first run through its page: which link works, and that none makes a second administrator.

use axum::http::StatusCode;
use domain::{rights::Role, zone::Zone};
use jiff::SignedDuration;
use service::{Fault, ServiceError, account};
use store::{
    tenant,
    testing::{TENANT, each_engine, run_sql},
};

use crate::fixture::{PASSPHRASE, World};

const DONE: &str = "Hadir sudah disiapkan";
const OVER: &str = "Tautan ini tidak berlaku lagi";

fn form(login: &str) -> String {
    format!("pemda=Kabupaten+{login}&zona=WIT&nama=Ani&nip={login}&sandi={PASSPHRASE}&ulangi={PASSPHRASE}")
}

async fn try_link(world: &World) -> Result<String, ServiceError> {
    let token = account::make_link(&world.office, SignedDuration::from_hours(1)).await?;
    Ok(format!("/siapkan/{token}"))
}

/// Two links that were both made before one voided the other, as an older version left them.
async fn two_links(world: &World) -> (String, String) {
    let links = (try_link(world).await.unwrap(), try_link(world).await.unwrap());
    let mut tx = world.office.db.begin_write(TENANT).await.unwrap();
    run_sql(&mut tx, "UPDATE one_time_link SET used_at = NULL").await.unwrap();
    tx.commit().await.unwrap();
    for link in [&links.0, &links.1] {
        assert_eq!(world.get(link, "").await.status, StatusCode::OK);
    }
    links
}

/// Name and zone of the government, and who has an account with how many roles.
async fn facts(world: &World) -> (String, Zone, Vec<String>, usize) {
    let mut tx = world.office.db.begin_read(TENANT).await.unwrap();
    let government = tenant::own(&mut tx).await.unwrap();
    let logins = store::account::all(&mut tx).await.unwrap().into_iter().map(|a| a.login).collect();
    let grants = store::account::all_grants(&mut tx).await.unwrap().len();
    (government.name, government.zone, logins, grants)
}

/// Neither the page nor the form of the link does anything but say so.
async fn assert_dead(world: &World, link: &str, says: &str) {
    let before = facts(world).await;
    let unequal = form("kedua").replace("ulangi=", "ulangi=lain");
    for answer in [
        world.get(link, "").await,
        world.post(link, "", &form("kedua")).await,
        world.post(link, "", &unequal).await,
    ] {
        assert_eq!(answer.status, StatusCode::GONE, "{}", answer.text());
        let page = answer.text();
        assert!(page.contains(says) && !page.contains("name=\"sandi\""), "{page}");
    }
    assert_eq!(facts(world).await, before);
}

#[tokio::test]
async fn after_the_set_up_another_link_is_dead() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let (stale, used) = two_links(&world).await;
        let done = world.post(&used, "", &form("pertama")).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/masuk"), "{}", done.text());
        let expected = ("Kabupaten pertama".to_owned(), Zone::Wit, vec!["pertama".to_owned()], 2);
        assert_eq!(facts(&world).await, expected);
        assert_dead(&world, &stale, DONE).await;
        assert_dead(&world, &used, DONE).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_links_used_at_once_one_makes_an_account() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let (one, two) = two_links(&world).await;
        let (first, second) = (form("satu"), form("dua"));
        let (one, two) = tokio::join!(world.post(&one, "", &first), world.post(&two, "", &second));
        let mut answers = [(one.status, "satu"), (two.status, "dua")];
        answers.sort();
        let [(won, login), (lost, _)] = answers;
        assert_eq!((won, lost), (StatusCode::SEE_OTHER, StatusCode::GONE));
        let expected = (format!("Kabupaten {login}"), Zone::Wit, vec![login.to_owned()], 2);
        assert_eq!(facts(&world).await, expected);
    })
    .await;
}

#[tokio::test]
async fn an_account_made_by_other_means_ends_the_set_up() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let link = try_link(&world).await.unwrap();
        assert_eq!(world.get(&link, "").await.status, StatusCode::OK);
        world.account("bkpsdm", Role::Bkpsdm, None, None).await;
        assert_dead(&world, &link, DONE).await;
        assert_eq!(try_link(&world).await.unwrap_err().fault, Fault::Conflict);
    })
    .await;
}

#[tokio::test]
async fn a_newer_link_voids_the_older() {
    each_engine(async |db| {
        let world = World::new(db, 1).await;
        let (older, newer) = (try_link(&world).await.unwrap(), try_link(&world).await.unwrap());
        assert_dead(&world, &older, OVER).await;
        assert_eq!(world.get(&newer, "").await.status, StatusCode::OK);
        let done = world.post(&newer, "", &form("pertama")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    })
    .await;
}
