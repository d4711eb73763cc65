//! One terminal: whose PINs its punches are, and what may be sent to it.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    lang::Lang::{En, Id},
    nip::EmployeeNumber,
    rights::Right,
};
use serde::Deserialize;
use service::{
    Fault, ServiceError,
    reference::{self, Reference},
    terminal_admin::{self, NewOwner, Since, TerminalDetail},
};
use store::{Tx, employee};

use super::{TerminalCommand, TerminalTexts, build, commands, detail_build};
use crate::{
    pages::layout::{Flash, Tone},
    server::{
        ask::{Ask, page},
        fault::WebError,
        form::Filled,
    },
};

/// The form that gives a PIN to a person.
#[derive(Debug, Deserialize)]
pub struct Owner {
    pin: String,
    nip: String,
}

/// The button of a command.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    perintah: String,
}

/// GET /terminal/{key}
pub async fn show(ask: Ask, Path(serial): Path<String>) -> Result<Response, WebError> {
    shown(&ask, &serial, None, StatusCode::OK).await
}

/// POST /terminal/{key}/pin
pub async fn map_pin(
    ask: Ask,
    Path(serial): Path<String>,
    Filled(typed): Filled<Owner>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let (reference, found) = read(&ask, &mut tx, &serial).await?;
    let terminal = &found.line.terminal;
    if !build::may(&ask, Right::MapPins, &reference, terminal.unit_id) {
        return Err(WebError::forbidden());
    }
    let mapped = match owner(&ask, &mut tx, &reference, &found, &typed).await {
        Ok(new) => terminal_admin::map_pin(office, &mut tx, new, &ask.actor()).await,
        Err(error) => Err(error),
    };
    match mapped {
        Ok(mapped) => {
            tx.commit().await?;
            let text = TerminalTexts(ask.lang).mapped(typed.pin.trim(), mapped.punches);
            shown(&ask, &serial, Some(Flash { tone: Tone::Good, text }), StatusCode::OK).await
        }
        Err(error) => {
            tx.rollback().await?;
            refused(&ask, &serial, error).await
        }
    }
}

/// The person named by the form, if the visitor may give PINs to that person.
async fn owner(
    ask: &Ask,
    tx: &mut Tx,
    reference: &Reference,
    found: &TerminalDetail,
    typed: &Owner,
) -> Result<NewOwner, ServiceError> {
    let Some(group) = &found.group else {
        return Err(ServiceError::conflict(
            "Terminal ini belum punya grup PIN. Setujui dahulu.",
            "This terminal has no group of PINs yet. Approve it first.",
        ));
    };
    let number = EmployeeNumber::parse(&typed.nip).map_err(|e| {
        ServiceError::invalid(
            format!("{} {}", e.sentence(Id), e.remedy(Id)),
            format!("{} {}", e.sentence(En), e.remedy(En)),
        )
    })?;
    // Whether a number elsewhere exists is not for everybody: unknown and out of reach read alike.
    let elsewhere = || {
        ServiceError::invalid(
            format!(
                "Pegawai dengan NIP {} tidak ada di unit Anda, atau NIP itu milik Anda sendiri.",
                number.as_str()
            ),
            format!("Nobody with NIP {} is in your units, or the NIP is your own.", number.as_str()),
        )
    };
    let id = employee::by_number(tx, number.as_str()).await?.ok_or_else(elsewhere)?;
    let person = employee::get(tx, id).await?;
    let today = detail_build::today(ask, reference, found.line.terminal.unit_id);
    if !detail_build::may_give(ask, reference, &person, today) {
        return Err(elsewhere());
    }
    Ok(NewOwner { group: group.group_id, pin: typed.pin.clone(), employee: id, since: Since::Beginning })
}

/// POST /terminal/{key}/perintah
pub async fn command(
    ask: Ask,
    Path(serial): Path<String>,
    Filled(wanted): Filled<Wanted>,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let (reference, found) = read(&ask, &mut tx, &serial).await?;
    let terminal = &found.line.terminal;
    if !build::may(&ask, Right::ManageTerminals, &reference, terminal.unit_id) {
        return Err(WebError::forbidden());
    }
    let command = TerminalCommand::parse(&wanted.perintah)
        .ok_or_else(|| WebError::invalid("Perintah ini tidak dikenal.", "There is no such command."))?;
    match terminal_admin::queue(office, &mut tx, &terminal.serial, commands::safe(command), &ask.actor())
        .await
    {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/terminal/{}", terminal.serial)).into_response())
        }
        Err(error) => {
            tx.rollback().await?;
            refused(&ask, &serial, error).await
        }
    }
}

/// The page again with what is wrong, for what a person can mend.
async fn refused(ask: &Ask, serial: &str, error: ServiceError) -> Result<Response, WebError> {
    let status = match error.fault {
        Fault::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::Conflict => StatusCode::CONFLICT,
        _ => return Err(error.into()),
    };
    let flash = Flash { tone: Tone::Bad, text: error.message(ask.lang).to_owned() };
    shown(ask, serial, Some(flash), status).await
}

async fn shown(
    ask: &Ask,
    serial: &str,
    flash: Option<Flash>,
    status: StatusCode,
) -> Result<Response, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let (reference, found) = read(ask, &mut tx, serial).await?;
    let mut view = detail_build::page(ask, &mut tx, &reference, &found).await?;
    view.shell.path = format!("/terminal/{}", found.line.terminal.serial);
    view.shell.flash = flash;
    let mut response = page(&view)?;
    *response.status_mut() = status;
    Ok(response)
}

/// A terminal that the visitor may see.
async fn read(ask: &Ask, tx: &mut Tx, serial: &str) -> Result<(Arc<Reference>, TerminalDetail), WebError> {
    let office = &ask.site.office;
    let reference = reference::current(office, tx).await?;
    let found = terminal_admin::detail(office, tx, serial).await?;
    if build::may(ask, Right::SeeTerminals, &reference, found.line.terminal.unit_id) {
        Ok((reference, found))
    } else {
        Err(WebError::forbidden())
    }
}
