//! From stored accounts to what the pages show.

use domain::{
    lang::{self, Lang},
    zone::Zone,
};
use jiff::{Timestamp, civil::Date};
use service::{
    account_admin::{AccountEntry, AccountLine, Manager},
    reference::Reference,
};
use store::account::Grant;

use super::{AccountRow, AccountState, AkunTexts, DetailPage, RoleFields, RoleLine, RoleTime, SessionLine};
use crate::{
    pages::{
        layout::Section,
        moment::{ago, moment},
    },
    server::ask::Ask,
};

/// One account of the list.
pub(super) fn row(ask: &Ask, manager: &Manager, reference: &Reference, line: &AccountLine) -> AccountRow {
    let now = ask.site.office.now();
    let account = &line.account;
    let roles = roles(&line.grants, reference, manager.today, ask.lang);
    AccountRow {
        key: account.account_id.0.simple().to_string(),
        name: account.display_name.clone(),
        login: account.login.clone(),
        roles: roles.into_iter().filter(|r| r.time != RoleTime::Past).collect(),
        last_login: account.last_login_at.map(|at| ago(at, now, ask.zone(), ask.lang)),
        state: state(ask, account.disabled_at.is_some(), account.locked_until, account.ready),
        mine: manager.is_me(account.account_id),
    }
}

/// The page of one account.
pub(super) fn detail(
    ask: &Ask,
    manager: &Manager,
    reference: &Reference,
    entry: &AccountEntry,
    fields: RoleFields,
) -> DetailPage {
    let account = &entry.account;
    let (now, zone, t) = (ask.site.office.now(), ask.zone(), AkunTexts(ask.lang));
    let last = account.last_login_at.map_or_else(|| t.never().to_owned(), |at| moment(at, zone, ask.lang));
    let kind = if account.employee_id.is_some() { t.employee() } else { t.outsider() };
    DetailPage {
        shell: ask.shell(Some(Section::Akun)),
        key: account.account_id.0.simple().to_string(),
        name: account.display_name.clone(),
        facts: vec![
            (t.login(), account.login.clone()),
            (t.kind(), kind.to_owned()),
            (t.last_login(), last),
            (t.created(), moment(account.created_at, zone, ask.lang)),
        ],
        state: state(
            ask,
            account.disabled_at.is_some(),
            account.locked_until,
            account.password_hash.is_some(),
        ),
        roles: roles(&entry.grants, reference, manager.today, ask.lang),
        sessions: entry
            .sessions
            .iter()
            .map(|s| SessionLine {
                browser: if s.user_agent.is_empty() {
                    t.unknown_browser().to_owned()
                } else {
                    s.user_agent.clone()
                },
                ip: s.ip.clone(),
                seen: ago(s.last_seen_at, now, zone, ask.lang),
            })
            .collect(),
        mine: manager.is_me(account.account_id),
        fields,
        problem: None,
    }
}

fn state(ask: &Ask, locked: bool, rests: Option<Timestamp>, ready: bool) -> AccountState {
    let zone: Zone = ask.zone();
    match rests.filter(|until| *until > ask.site.office.now()) {
        _ if locked => AccountState::Locked,
        Some(until) => AccountState::Resting(lang::zoned_time(zone.local(until), zone)),
        None if ready => AccountState::Active,
        None => AccountState::Waiting,
    }
}

fn roles(grants: &[Grant], reference: &Reference, today: Date, lang: Lang) -> Vec<RoleLine> {
    let t = AkunTexts(lang);
    let say = |day: Date| lang::plain_date(day, lang);
    grants
        .iter()
        .map(|g| RoleLine {
            key: g.grant_id.0.simple().to_string(),
            role: g.role.label(),
            unit: g.unit_id.map_or(t.everywhere(), |unit| reference.units.name(unit)).to_owned(),
            days: match g.valid_until {
                Some(until) => t.days(say(g.valid_from), say(until)),
                None => t.since(say(g.valid_from)),
            },
            time: match g.valid_until {
                Some(until) if until < today => RoleTime::Past,
                _ if g.valid_from > today => RoleTime::Future,
                _ => RoleTime::Now,
            },
        })
        .collect()
}
