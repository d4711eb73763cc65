//! All terminals, and the decision about those that wait.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    rights::{Reach, Right},
    zone::Zone,
};
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    reference::{self, Reference},
    terminal_admin::{self, Approval},
};
use store::{
    Tx,
    terminal::{self as register, Group, Terminal, TerminalState},
};

use super::{ApprovalForm, build};
use crate::server::{
    ask::{Ask, page},
    fault::WebError,
    form::Filled,
};

/// The form that approves or rejects, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decision {
    seri: String,
    nama: String,
    opd: String,
    zona: String,
    grup: String,
}

/// GET /terminal
pub async fn list(ask: Ask) -> Result<Response, WebError> {
    listed(&ask, None).await
}

/// POST /terminal/setujui
pub async fn approve(ask: Ask, Filled(typed): Filled<Decision>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let done = match approval(&ask, &mut tx, &typed).await {
        Ok(approval) => {
            terminal_admin::approve(office, &mut tx, &typed.seri, approval, &ask.actor()).await.map(|_| ())
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/terminal").into_response())
        }
        Err(error) if error.fault == Fault::Invalid => {
            tx.rollback().await?;
            let form = ApprovalForm {
                name: typed.nama,
                unit: typed.opd,
                zone: Zone::parse(&typed.zona).unwrap_or_default(),
                group: typed.grup,
                error: Some(error.message(ask.lang).to_owned()),
            };
            let mut response = listed(&ask, Some((&typed.seri, form))).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the form asks for, if the visitor may decide it.
async fn approval(ask: &Ask, tx: &mut Tx, typed: &Decision) -> Result<Approval, ServiceError> {
    let reference = reference::current(&ask.site.office, tx).await?;
    let terminal = decidable(ask, tx, &reference, &typed.seri).await?;
    if terminal.state == TerminalState::Approved {
        return Err(ServiceError::conflict(
            "Terminal ini sudah disetujui orang lain. Muat ulang halaman.",
            "Somebody else approved this terminal already. Reload the page.",
        ));
    }
    if typed.nama.trim().is_empty() {
        return Err(ServiceError::invalid("Isi nama terminal.", "Fill in the name of the terminal."));
    }
    let Some(unit) = reference.units.by_code(&typed.opd) else {
        return Err(ServiceError::invalid(
            "Pilih OPD tempat terminal berada.",
            "Choose the OPD where it stands.",
        ));
    };
    if !build::may(ask, Right::ManageTerminals, &reference, Some(unit.unit_id)) {
        return Err(ServiceError::forbidden());
    }
    let groups = register::groups(tx).await?;
    let group = match typed.grup.as_str() {
        "" => None,
        code => Some(group(&groups, code)?.group_id),
    };
    let name: String = typed.nama.trim().chars().take(80).collect();
    let zone = Zone::parse(&typed.zona);
    Ok(Approval { name, zone, group, ..Approval::at(unit.unit_id) })
}

fn group<'g>(groups: &'g [Group], code: &str) -> Result<&'g Group, ServiceError> {
    groups.iter().find(|g| g.code == code).ok_or_else(|| {
        ServiceError::invalid("Pilih grup PIN dari daftar.", "Choose a group of PINs from the list.")
    })
}

/// POST /terminal/tolak: only for terminals that wait.
pub async fn reject(ask: Ask, Filled(typed): Filled<Decision>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let terminal = decidable(&ask, &mut tx, &reference, &typed.seri).await?;
    if terminal.state != TerminalState::Pending {
        return Err(ServiceError::conflict(
            "Terminal ini tidak menunggu persetujuan lagi. Muat ulang halaman.",
            "This terminal does not wait for approval any more. Reload the page.",
        )
        .into());
    }
    terminal_admin::retire(office, &mut tx, &terminal.serial, "rejected", &ask.actor()).await?;
    tx.commit().await?;
    Ok(Redirect::to("/terminal").into_response())
}

/// POST /terminal/buka: a rejected terminal waits for approval again.
pub async fn reopen(ask: Ask, Filled(typed): Filled<Decision>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let terminal = decidable(&ask, &mut tx, &reference, &typed.seri).await?;
    terminal_admin::reopen(office, &mut tx, &terminal.serial, &ask.actor()).await?;
    tx.commit().await?;
    Ok(Redirect::to("/terminal").into_response())
}

/// A terminal about which the visitor may decide.
async fn decidable(
    ask: &Ask,
    tx: &mut Tx,
    reference: &Reference,
    serial: &str,
) -> Result<Terminal, ServiceError> {
    let found = register::by_serial(tx, serial.trim()).await?.ok_or_else(unknown)?;
    // A terminal that waits stands nowhere; whoever may place terminals somewhere may claim it for there.
    let may = match found.unit_id {
        Some(unit) => build::may(ask, Right::ManageTerminals, reference, Some(unit)),
        None => ask.access().reach(Right::ManageTerminals) != Reach::Nothing,
    };
    if may { Ok(found) } else { Err(ServiceError::forbidden()) }
}

fn unknown() -> ServiceError {
    ServiceError::not_found("Terminal ini tidak dikenal.", "This terminal is not known.")
}

async fn listed(ask: &Ask, refused: Option<(&str, ApprovalForm)>) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let lines = terminal_admin::list(office, &mut tx).await?;
    let groups = register::groups(&mut tx).await?;
    page(&build::list(ask, &reference, &lines, &groups, refused))
}
