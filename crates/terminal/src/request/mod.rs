//! Request targets of terminals, read leniently: firmware differs in letter case, suffixes and escaping.

mod endpoint;
mod query;

pub use endpoint::Endpoint;
pub use query::Query;

/// A request target taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is asked for; `None` for paths outside `/iclock`.
    pub endpoint: Option<Endpoint>,
    /// The query.
    pub query: Query,
}

impl Target {
    /// Reads a target such as `//iclock/cdata.aspx?SN=1`, also in absolute form.
    pub fn parse(target: &[u8]) -> Self {
        let target = strip_authority(target);
        let split = target.iter().position(|&b| b == b'?');
        let (path, query) = split.map_or((target, &[][..]), |at| (&target[..at], &target[at + 1..]));
        Self { endpoint: Endpoint::parse(path), query: Query::parse(query) }
    }
}

fn strip_authority(target: &[u8]) -> &[u8] {
    let rest = match target.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case(b"http://") => &target[7..],
        _ => return target,
    };
    let path = rest.iter().position(|&b| b == b'/').unwrap_or(rest.len());
    &rest[path..]
}
