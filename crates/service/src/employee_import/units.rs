//! Finding the unit that a row means, or proposing a new one.

use std::collections::HashMap;

use domain::{ids::UnitId, org::Tree, squeeze::squeeze};
use uuid::Uuid;

use super::{
    current::{Current, Unit},
    line::UnitText,
    problem::ProblemKind,
};

/// What to do about a unit the application does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NewUnits {
    /// Propose it; `apply` makes it.
    #[default]
    Propose,
    /// Refuse the row.
    Refuse,
}

/// A unit the import would make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Its id to be.
    pub id: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// Its code, if the file gives one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Whether it is an OPD.
    pub is_opd: bool,
    /// The first row that names it.
    pub first_row: u32,
}

/// A finder that answers each distinct text once.
pub(super) struct Finder<'a> {
    current: &'a Current,
    by_code: HashMap<String, UnitId>,
    by_name: HashMap<String, Vec<&'a Unit>>,
    tree: Tree,
    mode: NewUnits,
    /// Units to be made, in the order in which parents come first.
    pub(super) proposed: Vec<NewUnit>,
    answers: HashMap<UnitText, Result<Option<UnitId>, ProblemKind>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(current: &'a Current, mode: NewUnits) -> Self {
        let mut by_name: HashMap<String, Vec<&Unit>> = HashMap::new();
        for unit in &current.units {
            by_name.entry(squeeze(&unit.name)).or_default().push(unit);
        }
        let codes = current.units.iter().filter_map(|unit| Some((squeeze(unit.code.as_deref()?), unit.id)));
        Self {
            current,
            by_code: codes.collect(),
            by_name,
            tree: current.tree(),
            mode,
            proposed: Vec::new(),
            answers: HashMap::new(),
        }
    }

    /// The unit of a row; `None` if the row names none.
    pub(super) fn find(
        &mut self,
        text: &UnitText,
        row: u32,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Option<UnitId>, ProblemKind> {
        if let Some(answer) = self.answers.get(text) {
            return answer.clone();
        }
        let answer = self.look_up(text, row, new_id);
        self.answers.insert(text.clone(), answer.clone());
        answer
    }

    /// The OPD a unit belongs to, proposed units included.
    pub(super) fn opd_of(&self, unit: UnitId) -> Option<UnitId> {
        if let Some(opd) = self.tree.opd_of(unit) {
            return Some(opd);
        }
        let new = self.proposed.iter().find(|new| new.id == unit)?;
        if new.is_opd { Some(new.id) } else { self.opd_of(new.parent?) }
    }

    fn look_up(
        &mut self,
        text: &UnitText,
        row: u32,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Option<UnitId>, ProblemKind> {
        if let Some(found) = text.unit_code.as_deref().and_then(|code| self.by_code(code)) {
            return Ok(Some(found));
        }
        let opd = self.opd(text, row, new_id)?;
        let Some(name) = text.unit_name.as_deref() else {
            return match (&text.unit_code, opd) {
                (Some(_), None) => Err(ProblemKind::UnknownUnitCode),
                (_, opd) => Ok(opd),
            };
        };
        if let Some(opd) = opd
            && self.is_named(opd, name)
        {
            return Ok(Some(opd));
        }
        let known: Vec<UnitId> = self
            .by_name
            .get(&squeeze(name))
            .into_iter()
            .flatten()
            .filter(|unit| opd.is_none_or(|opd| self.tree.opd_of(unit.id) == Some(opd)))
            .map(|unit| unit.id)
            .collect();
        match known.as_slice() {
            [one] => Ok(Some(*one)),
            [] => self.propose(opd, text.unit_code.clone(), name, row, new_id).map(Some),
            several => Err(ProblemKind::AmbiguousUnit { count: several.len() }),
        }
    }

    fn opd(
        &mut self,
        text: &UnitText,
        row: u32,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Option<UnitId>, ProblemKind> {
        if let Some(code) = text.opd_code.as_deref() {
            if let Some(found) = self.by_code(code) {
                return Ok(Some(found));
            }
            if text.opd_name.is_none() {
                return Err(ProblemKind::UnknownUnitCode);
            }
        }
        let Some(name) = text.opd_name.as_deref() else { return Ok(None) };
        let known = self.by_name.get(&squeeze(name)).map_or(&[][..], Vec::as_slice);
        let mut opds = known.iter().filter(|unit| unit.is_opd);
        match (opds.next(), opds.next(), known) {
            (Some(opd), None, _) => Ok(Some(opd.id)),
            (Some(_), Some(_), _) => Err(ProblemKind::AmbiguousUnit { count: known.len() }),
            (None, _, [one]) => Ok(Some(one.id)),
            (None, _, []) => self.propose(None, text.opd_code.clone(), name, row, new_id).map(Some),
            (None, _, several) => Err(ProblemKind::AmbiguousUnit { count: several.len() }),
        }
    }

    fn by_code(&self, code: &str) -> Option<UnitId> {
        let wanted = squeeze(code);
        let proposed =
            || self.proposed.iter().find(|new| new.code.as_deref().is_some_and(|c| squeeze(c) == wanted));
        self.by_code.get(&wanted).copied().or_else(|| proposed().map(|new| new.id))
    }

    fn is_named(&self, unit: UnitId, name: &str) -> bool {
        let wanted = squeeze(name);
        self.by_name.get(&wanted).is_some_and(|units| units.iter().any(|u| u.id == unit))
            || self.proposed.iter().any(|new| new.id == unit && squeeze(&new.name) == wanted)
    }

    /// A unit below `opd`, or an OPD below the root.
    fn propose(
        &mut self,
        opd: Option<UnitId>,
        code: Option<String>,
        name: &str,
        row: u32,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<UnitId, ProblemKind> {
        let parent = opd.or_else(|| self.root());
        let wanted = squeeze(name);
        if let Some(same) =
            self.proposed.iter().find(|new| new.parent == parent && squeeze(&new.name) == wanted)
        {
            return Ok(same.id);
        }
        if self.mode == NewUnits::Refuse {
            return Err(ProblemKind::UnknownUnit);
        }
        let id = UnitId(new_id());
        let name = name.to_owned();
        self.proposed.push(NewUnit { id, parent, code, name, is_opd: opd.is_none(), first_row: row });
        Ok(id)
    }

    /// The government itself, if the tree has one root that is no OPD.
    fn root(&self) -> Option<UnitId> {
        let mut roots = self.current.units.iter().filter(|unit| unit.parent.is_none());
        match (roots.next(), roots.next()) {
            (Some(root), None) if !root.is_opd => Some(root.id),
            _ => None,
        }
    }
}
