//! Import of employees: upload, look, apply or throw away, undo.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::ImportId, rights::Right};
use jiff::civil::Date;
use service::{
    Fault, ServiceError,
    actors::Actors,
    employee_import::{self, Preview, apply::Summary, bad_rows},
    reference,
};
use store::{Scope, Tx, import::FileImport, terminal as register};

use super::{
    ImporPage, build,
    shelf::{Held, Step, Task},
    work,
};
use crate::{
    pages::{layout::Section, terminal::Choice},
    server::{
        LIMIT_MB,
        ask::{Ask, page},
        download::{self, Kind},
        fault::WebError,
        form::{Empty, Filled},
        upload::Uploaded,
    },
};

/// The sample of the documentation: sixty invented people of two OPDs.
const SAMPLE: &[u8] = include_bytes!("../../../../../examples/workbooks/pegawai-contoh.xlsx");
/// Imports shown.
const SHOWN: i64 = 30;

/// GET /pegawai/contoh.xlsx
pub async fn sample() -> Response {
    download::file(Kind::Xlsx, "pegawai-contoh.xlsx", SAMPLE.to_vec())
}

/// GET /pegawai/impor
pub async fn list(ask: Ask) -> Result<Response, WebError> {
    page(&uploads(&ask, None).await?)
}

/// POST /pegawai/impor: keeps the file, reads it in the background and leads to what it would do.
pub async fn upload(ask: Ask, uploaded: Uploaded) -> Result<Response, WebError> {
    let mut tx = begin(&ask).await?;
    let held = match held(&ask, &mut tx, uploaded).await {
        Ok(held) => held,
        Err(error) => return refused(&ask, error).await,
    };
    tx.rollback().await?;
    let key = held.key.clone();
    if let Err(error) = ask.site.imports.put(held.clone()) {
        return refused(&ask, error).await;
    }
    work::start(&ask.site, held, Task::Read).await;
    Ok(to(&key))
}

/// GET /pegawai/impor/{key}: the preview of a file on the shelf, or what an import did.
pub async fn show(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    drop(begin(&ask).await?);
    let Some(held) = ask.site.imports.get(&key, &ask.actor(), ask.site.office.now()) else {
        return result(&ask, &key).await;
    };
    match &held.step {
        Step::Read(found) => page(&build::preview(&ask, &held, found)),
        Step::Applied(import) => Ok(to(&import.to_string())),
        Step::Busy(..) | Step::Refused(_) => Ok(Redirect::to(&format!("/pekerjaan/{key}")).into_response()),
    }
}

/// POST /pegawai/impor/{key}/terapkan
pub async fn apply(ask: Ask, Path(key): Path<String>, _: Filled<Empty>) -> Result<Response, WebError> {
    drop(begin(&ask).await?);
    let (owner, now) = (ask.actor(), ask.site.office.now());
    let held = ask.site.imports.get(&key, &owner, now).ok_or_else(gone)?;
    let is_empty = matches!(&held.step, Step::Read(found) if found.plan.is_empty());
    if !is_empty && let Some(held) = ask.site.imports.claim(&key, &owner, now) {
        work::start(&ask.site, held, Task::Apply).await;
    }
    Ok(to(&key))
}

/// POST /pegawai/impor/{key}/buang
pub async fn discard(ask: Ask, Path(key): Path<String>, _: Filled<Empty>) -> Result<Response, WebError> {
    ask.site.imports.drop_file(&key, &ask.actor(), ask.site.office.now());
    Ok(Redirect::to("/pegawai/impor").into_response())
}

/// GET /pegawai/impor/{key}/salah.xlsx: the refused rows with the reasons beside them.
pub async fn bad(ask: Ask, Path(key): Path<String>) -> Result<Response, WebError> {
    let held = ask.site.imports.get(&key, &ask.actor(), ask.site.office.now()).ok_or_else(gone)?;
    let Step::Read(found) = held.step else { return Err(gone().into()) };
    let lang = ask.lang;
    let write = move |found: Arc<Preview>| bad_rows::workbook(&found.sheet, &found.plan, lang);
    let written = tokio::task::spawn_blocking(move || write(found)).await.map_err(ServiceError::internal)?;
    let bytes = written.map_err(ServiceError::internal)?.ok_or_else(WebError::not_found)?;
    Ok(download::file(Kind::Xlsx, "pegawai-baris-salah.xlsx", bytes))
}

/// POST /pegawai/impor/{key}/batal: takes an import back.
pub async fn undo(ask: Ask, Path(key): Path<String>, _: Filled<Empty>) -> Result<Response, WebError> {
    drop(begin(&ask).await?);
    let import = ImportId::parse(&key).ok_or_else(WebError::not_found)?;
    match employee_import::undo(&ask.site.office, import, &ask.actor()).await {
        Ok(_) => Ok(to(&import.to_string())),
        Err(error) if error.fault == Fault::Conflict => refused(&ask, error).await,
        Err(error) => Err(error.into()),
    }
}

/// A transaction for somebody who may import: an import reaches every OPD, so the right must too.
async fn begin(ask: &Ask) -> Result<Tx, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    if ask.reaches_all(&reference, Right::ManageEmployees) { Ok(tx) } else { Err(WebError::forbidden()) }
}

/// The uploaded file with the choices of the form.
async fn held(ask: &Ask, tx: &mut Tx, uploaded: Uploaded) -> Result<Held, ServiceError> {
    let office = &ask.site.office;
    let field = |name: &str| uploaded.fields.get(name).map_or("", |text| text.trim());
    let effective = match field("mulai") {
        "" => today(ask, tx).await?,
        typed => day(typed)?,
    };
    let group = match field("grup") {
        "" => None,
        code => {
            let groups = register::groups(tx).await?;
            let found = groups.into_iter().find(|g| g.code == code).ok_or_else(|| {
                ServiceError::invalid("Pilih grup PIN dari daftar.", "Choose a group of PINs from the list.")
            })?;
            Some(found.group_id)
        }
    };
    Ok(Held {
        key: hex::encode(office.random::<16>()),
        owner: ask.actor(),
        name: file_name(&uploaded.name),
        bytes: Arc::new(uploaded.bytes),
        effective,
        group,
        touched: office.now(),
        step: Step::Busy(Task::Read, None),
    })
}

fn day(typed: &str) -> Result<Date, ServiceError> {
    let sensible = |day: &Date| (2000..=2100).contains(&day.year());
    typed.parse().ok().filter(sensible).ok_or_else(|| {
        ServiceError::invalid(
            "Tanggal berlaku tidak terbaca. Pilih dari kalender.",
            "The date could not be read. Choose it from the calendar.",
        )
    })
}

async fn today(ask: &Ask, tx: &mut Tx) -> Result<Date, ServiceError> {
    let office = &ask.site.office;
    Ok(reference::current(office, tx).await?.units.home_zone().local(office.now()).date())
}

/// The name without folders and control characters: it is shown and stored, never opened.
fn file_name(told: &str) -> String {
    let last = told.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).collect();
    if clean.trim().is_empty() { "berkas".to_owned() } else { clean.trim().to_owned() }
}

fn gone() -> ServiceError {
    ServiceError::not_found(
        "Berkas ini sudah tidak disimpan. Unggah sekali lagi.",
        "This file is not kept any more. Upload it once more.",
    )
}

fn to(key: &str) -> Response {
    Redirect::to(&format!("/pegawai/impor/{key}")).into_response()
}

/// The page of uploads again with what is wrong, for what a person can mend.
async fn refused(ask: &Ask, error: ServiceError) -> Result<Response, WebError> {
    let status = match error.fault {
        Fault::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::Conflict => StatusCode::CONFLICT,
        _ => return Err(error.into()),
    };
    let mut response = page(&uploads(ask, Some(error.message(ask.lang).to_owned())).await?)?;
    *response.status_mut() = status;
    Ok(response)
}

async fn uploads(ask: &Ask, error: Option<String>) -> Result<ImporPage, WebError> {
    let mut tx = begin(ask).await?;
    let office = &ask.site.office;
    let zone = reference::current(office, &mut tx).await?.units.home_zone();
    let from = today(ask, &mut tx).await?;
    let people = store::people(&mut tx, Scope::Everyone, from, from).await?.len();
    let groups = register::groups(&mut tx).await?;
    let actors = Actors::read(&mut tx).await?;
    tx.rollback().await?;
    let done = employee_import::history(office, SHOWN).await?;
    let newest = newest(&done);
    let waiting = ask.site.imports.of(&ask.actor(), office.now());
    let waiting = waiting.iter().filter_map(|held| build::waiting(ask, held, zone));
    let done = done.iter().map(|i| build::done(ask, i, newest == Some(i.0.import_id), &actors, zone));
    let mut shell = ask.shell(Some(Section::Pegawai));
    shell.path = "/pegawai/impor".to_owned();
    Ok(ImporPage {
        shell,
        people: build::count(people),
        limit_mb: LIMIT_MB,
        error,
        from: from.to_string(),
        groups: groups.into_iter().map(|g| Choice { key: g.code, label: g.name }).collect(),
        history: waiting.chain(done).collect(),
    })
}

/// The import that can be taken back: the newest that was not yet.
fn newest(imports: &[(FileImport, Option<Summary>)]) -> Option<ImportId> {
    imports.iter().find(|(import, _)| import.undone_at.is_none()).map(|(import, _)| import.import_id)
}

async fn result(ask: &Ask, key: &str) -> Result<Response, WebError> {
    let id = ImportId::parse(key).ok_or_else(gone)?;
    let mut tx = begin(ask).await?;
    let office = &ask.site.office;
    let zone = reference::current(office, &mut tx).await?.units.home_zone();
    let actors = Actors::read(&mut tx).await?;
    tx.rollback().await?;
    let imports = employee_import::history(office, SHOWN).await?;
    let found = imports.iter().find(|(import, _)| import.import_id == id).ok_or_else(gone)?;
    let line = build::done(ask, found, newest(&imports) == Some(id), &actors, zone);
    page(&build::result(ask, line, found.1.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lose_their_folders() {
        assert_eq!(file_name(r"D:\data\pegawai.xlsx"), "pegawai.xlsx");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("a\u{0}\nb.csv"), "ab.csv");
        assert_eq!(file_name("  "), "berkas");
    }

    #[test]
    fn days_are_dates_of_this_century() {
        assert_eq!(day("2026-11-01").unwrap(), jiff::civil::date(2026, 11, 1));
        assert!(day("9999-12-31").is_err() && day("besok").is_err());
    }
}
