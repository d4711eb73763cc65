//! The paths below `/iclock`.

/// What a terminal asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// `cdata`, and `fdata` which some firmware uses for photos: handshake and uploads.
    Data,
    /// `getrequest`: poll for commands.
    Poll,
    /// `devicecmd`: results of commands.
    CommandResult,
    /// `ping`: keep-alive.
    Ping,
    /// `querydata`: results of queries on 3.x firmware.
    QueryData,
    /// `registry` of 3.x firmware.
    Registry,
    /// `push` of 3.x firmware.
    Push,
    /// `rtdata` of 3.x firmware.
    RealtimeData,
    /// `exchange`: keys for encryption, which is never offered.
    Exchange,
    /// Any other path below `/iclock`, in lower case.
    Other(String),
}

impl Endpoint {
    /// Reads a path: any letter case, `.aspx` or not, repeated or trailing slashes. `None` outside `/iclock`.
    pub fn parse(path: &[u8]) -> Option<Self> {
        let path = String::from_utf8_lossy(path).to_ascii_lowercase();
        let mut segments = path.split('/').filter(|s| !s.is_empty());
        if segments.next()? != "iclock" {
            return None;
        }
        let rest = segments.collect::<Vec<_>>().join("/");
        let name = rest.strip_suffix(".aspx").unwrap_or(&rest);
        Some(match name {
            "cdata" | "fdata" => Self::Data,
            "getrequest" => Self::Poll,
            "devicecmd" => Self::CommandResult,
            "ping" => Self::Ping,
            "querydata" => Self::QueryData,
            "registry" => Self::Registry,
            "push" => Self::Push,
            "rtdata" => Self::RealtimeData,
            "exchange" => Self::Exchange,
            other => Self::Other(other.chars().take(64).collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_path() {
        for path in [
            "/iclock/cdata",
            "//iclock/cdata",
            "/ICLOCK/CData.ASPX",
            "/iclock/cdata/",
            "/iclock//cdata.aspx/",
            "/iclock/fdata",
        ] {
            assert_eq!(Endpoint::parse(path.as_bytes()), Some(Endpoint::Data), "{path}");
        }
        assert_eq!(Endpoint::parse(b"/iclock/getrequest.aspx"), Some(Endpoint::Poll));
    }

    #[test]
    fn outside_and_unknown() {
        for path in ["/", "", "/login", "/iclockx/cdata", "/x/iclock/cdata"] {
            assert_eq!(Endpoint::parse(path.as_bytes()), None, "{path}");
        }
        assert_eq!(Endpoint::parse(b"/iclock/File"), Some(Endpoint::Other("file".into())));
    }
}
