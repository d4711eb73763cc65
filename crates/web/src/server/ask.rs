//! A request with everything a handler wants to know about who asks.

use std::net::IpAddr;

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{Html, IntoResponse, Response},
};
use domain::{
    lang::Lang,
    rights::{Access, Reach, Right, Role},
    zone::Zone,
};
use jiff::civil::Date;
use service::{account::Visitor, reference::Reference};
use store::org::Unit;

use super::{
    fault::WebError,
    site::{Banner, Site},
};
use crate::pages::layout::{Me, Remembered, Section, Shell};

/// A request: the site, who asks, and in which language.
#[derive(Clone)]
pub struct Ask {
    /// The site.
    pub site: Site,
    /// Who asks; `None` before login.
    pub visitor: Option<Visitor>,
    /// Language of the answer.
    pub lang: Lang,
    /// Address of the client, as far as it is believed.
    pub ip: IpAddr,
    pub(super) path: String,
    pub(super) banner: Banner,
}

impl Ask {
    /// Who asks. Behind [`super::visitor::Need::Session`] or stronger there is always somebody.
    ///
    /// # Errors
    /// Forbidden on a public route without a session.
    pub fn me(&self) -> Result<&Visitor, WebError> {
        self.visitor.as_ref().ok_or_else(WebError::forbidden)
    }

    /// The rights of whoever asks.
    pub fn access(&self) -> Access {
        self.visitor.as_ref().map(|v| v.access.clone()).unwrap_or_default()
    }

    /// Whether whoever asks holds a right somewhere.
    pub fn has(&self, right: Right) -> bool {
        self.visitor.as_ref().is_some_and(|v| v.access.has(right))
    }

    /// The actor for registers.
    pub fn actor(&self) -> String {
        self.visitor.as_ref().map_or_else(|| "public".to_owned(), Visitor::actor)
    }

    /// The civil zone of the government.
    pub fn zone(&self) -> Zone {
        self.banner.zone
    }

    /// Today in the zone of the government.
    pub fn today(&self) -> Date {
        self.zone().local(self.site.office.now()).date()
    }

    /// Address below which the log is published, if it is: `/log/1/`.
    pub fn log_address(&self) -> Option<String> {
        self.site.log().map(|_| format!("/log/{}/", self.site.office.tenant.0))
    }

    fn remembered_log(&self) -> Option<Remembered> {
        let sealer = self.site.office.db.sealer().filter(|_| self.banner.demo);
        let demo_key = sealer.and_then(|s| s.vkey(&s.origin(self.site.office.tenant)).ok());
        self.log_address().map(|address| Remembered { address, demo_key })
    }

    /// The frame of a page.
    pub fn shell(&self, current: Option<Section>) -> Shell {
        let ready = self.visitor.as_ref().filter(|v| !v.must_change);
        Shell {
            lang: self.lang,
            regency: self.banner.regency.clone(),
            demo: self.banner.demo,
            me: self.visitor.as_ref().map(|v| Me { name: v.name.clone(), role: main_role(v) }),
            sections: ready.map(|v| Section::visible(&v.access)).unwrap_or_default(),
            current,
            log: self.remembered_log(),
            path: self.path.clone(),
            csrf: self.visitor.as_ref().map(|v| v.csrf.clone()).unwrap_or_default(),
            freshness: None,
            log_stopped: self.must_know_of_a_stop(),
            flash: None,
        }
    }

    /// Whether the log is not signed and whoever asks decides something, or watches those who do.
    fn must_know_of_a_stop(&self) -> bool {
        const DECIDE: [Right; 6] = [
            Right::RecordStatus,
            Right::LockMonth,
            Right::VerifyMonth,
            Right::ManageRules,
            Right::ManageAccounts,
            Right::SeeAudit,
        ];
        let is_stopped = self.site.office.db.sealer().is_some_and(|sealer| sealer.refusal().is_some());
        is_stopped && DECIDE.into_iter().any(|right| self.has(right))
    }

    /// A unit by its code, if the right holds there.
    ///
    /// # Errors
    /// Not found for an unknown code, forbidden elsewhere.
    pub fn unit<'r>(&self, reference: &'r Reference, right: Right, code: &str) -> Result<&'r Unit, WebError> {
        let unit = reference.units.by_code(code).ok_or_else(WebError::not_found)?;
        let access = &self.me()?.access;
        if access.may(right, &reference.units.path(unit.unit_id)) {
            Ok(unit)
        } else {
            Err(WebError::forbidden())
        }
    }

    /// Whether a right holds for the whole government: without a unit, or at the root of the tree.
    pub fn reaches_all(&self, reference: &Reference, right: Right) -> bool {
        match self.access().reach(right) {
            Reach::Everything => true,
            Reach::Nothing => false,
            Reach::Units(granted) => {
                let mut roots = reference.units.iter().filter(|u| u.parent_id.is_none()).peekable();
                roots.peek().is_some() && roots.all(|root| granted.contains(&root.unit_id))
            }
        }
    }

    /// The units that may be chosen with a right: all OPDs, or those granted and the OPDs below them.
    pub fn units<'r>(&self, reference: &'r Reference, right: Right) -> Vec<&'r Unit> {
        match self.access().reach(right) {
            Reach::Nothing => Vec::new(),
            Reach::Everything => reference.units.opds().collect(),
            Reach::Units(granted) => {
                let below = |u: &&Unit| {
                    granted.contains(&u.unit_id)
                        || u.is_opd && reference.units.path(u.unit_id).iter().any(|p| granted.contains(p))
                };
                reference.units.iter().filter(below).collect()
            }
        }
    }

    /// The first of the units that may be chosen.
    ///
    /// # Errors
    /// Forbidden when there is none.
    pub fn first_unit<'r>(&self, reference: &'r Reference, right: Right) -> Result<&'r Unit, WebError> {
        self.units(reference, right).into_iter().next().ok_or_else(WebError::forbidden)
    }
}

/// A page as an answer.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(template: &impl Template) -> Result<Response, WebError> {
    Ok(Html(template.render()?).into_response())
}

fn main_role(visitor: &Visitor) -> String {
    let order = [
        Role::Bkpsdm,
        Role::Pimpinan,
        Role::Auditor,
        Role::AdminOpd,
        Role::Sistem,
        Role::Atasan,
        Role::Pegawai,
    ];
    order.into_iter().find(|r| visitor.access.is(*r)).map_or_else(String::new, |r| r.label().to_owned())
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts.extensions.get::<Ask>().cloned().ok_or_else(WebError::not_found)
    }
}
