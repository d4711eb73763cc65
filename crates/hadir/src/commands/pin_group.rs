//! Groups of terminals, whose PINs are the same everywhere in the group.

use anyhow::Context;
use domain::ids::DeviceGroupId;
use store::{
    Tx, pin_map,
    terminal::{self, Group},
};

/// The group with this code.
pub async fn by_code(tx: &mut Tx, code: &str) -> anyhow::Result<Group> {
    let groups = terminal::groups(tx).await?;
    let known = groups.iter().map(|g| g.code.as_str()).collect::<Vec<_>>().join(", ");
    let found = groups.into_iter().find(|g| g.code.eq_ignore_ascii_case(code));
    found.with_context(|| format!("there is no group '{code}'; those that exist: {known}"))
}

/// What is known of the PINs of a group.
pub struct Known {
    /// Code of the group.
    pub code: String,
    /// PINs that have an owner.
    pub count: usize,
    /// Code of the group with the most PINs, when this one has none.
    better: Option<String>,
}

/// Counts the PINs of a group.
pub async fn known(tx: &mut Tx, group: Option<DeviceGroupId>) -> anyhow::Result<Known> {
    let owners = pin_map::all(tx).await?;
    let mut counted: Vec<(usize, Group)> = Vec::new();
    for group in terminal::groups(tx).await? {
        // By group and PIN already, so that the owners of one PIN stand together.
        let mut pins: Vec<&str> =
            owners.iter().filter(|o| o.group_id == group.group_id).map(|o| o.pin.as_str()).collect();
        pins.dedup();
        counted.push((pins.len(), group));
    }
    let own = counted.iter().find(|(_, g)| Some(g.group_id) == group).context("the group is not stored")?;
    let most = counted.iter().max_by_key(|(count, _)| *count).filter(|(count, _)| own.0 == 0 && *count > 0);
    Ok(Known { code: own.1.code.clone(), count: own.0, better: most.map(|(_, g)| g.code.clone()) })
}

impl Known {
    /// `It uses the PINs of the group DISDIK, of which 214 are known.`
    pub fn sentence(&self) -> String {
        let Known { code, count, better } = self;
        let hint = better.as_ref().map(|other| {
            format!(" Those of an import are in {other}: if it shall use them, revoke it and add it with --group {other}.")
        });
        let hint = hint.unwrap_or_default();
        format!("It uses the PINs of the group {code}, of which {count} are known.{hint}")
    }
}
