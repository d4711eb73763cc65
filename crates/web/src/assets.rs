//! The stylesheet, the script and the icon, built into the binary.
//!
//! Every file is served under a name that holds a hash of its content, so that a browser may keep it for ever and
//! still sees a new version at once.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// What `Cache-Control` says for every asset: the name changes with the content.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The stylesheet is written in parts, one concern each, and served as one file.
const STYLESHEET: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/components.css"),
    include_str!("../assets/css/forms.css"),
    include_str!("../assets/css/tables.css"),
    include_str!("../assets/css/month.css"),
    include_str!("../assets/css/calendar.css"),
    include_str!("../assets/css/log.css"),
    include_str!("../assets/css/print.css"),
);

/// So is the script that remembers the log.
const LOG_SCRIPT: &str = concat!(
    include_str!("../assets/log/hash.js"),
    include_str!("../assets/log/proof.js"),
    include_str!("../assets/log/note.js"),
    include_str!("../assets/log/judge.js"),
    include_str!("../assets/log/memory.js"),
    include_str!("../assets/log/words.js"),
    include_str!("../assets/log/show.js"),
    include_str!("../assets/log/visit.js"),
);

/// One file as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path with the content hash: `/aset/hadir-0f3a….css`.
    pub path: String,
    /// The content.
    pub bytes: &'static [u8],
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// Value of `ETag`, quotes included.
    pub etag: String,
}

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
        let digest = hex::encode(Sha256::digest(bytes));
        let short = &digest[..12];
        Asset {
            path: format!("/aset/{stem}-{short}.{extension}"),
            bytes,
            content_type,
            etag: format!("\"{short}\""),
        }
    }
}

static CSS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("hadir", "css", "text/css; charset=utf-8", STYLESHEET.as_bytes()));
static JS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("app", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js"))
});
static LOG_JS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("log", "js", "text/javascript; charset=utf-8", LOG_SCRIPT.as_bytes()));
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")));

/// The stylesheet.
pub fn stylesheet() -> &'static Asset {
    &CSS
}

/// The script. Every page works without it.
pub fn script() -> &'static Asset {
    &JS
}

/// The script that remembers the end of the log and demands proofs.
pub fn log_script() -> &'static Asset {
    &LOG_JS
}

/// The icon of the browser tab.
pub fn icon() -> &'static Asset {
    &ICON
}

/// Everything that is served under `/aset/`.
pub fn all() -> [&'static Asset; 4] {
    [stylesheet(), script(), log_script(), icon()]
}

/// The file at a requested path, or `None` for a path that no current page links to.
pub fn find(path: &str) -> Option<&'static Asset> {
    all().into_iter().find(|asset| asset.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_its_hashed_name_only() {
        let css = stylesheet();
        assert_eq!(find(&css.path), Some(css));
        assert_eq!(find("/aset/hadir.css"), None);
        assert_eq!(find("/aset/../Cargo.toml"), None);
        assert!(css.etag.starts_with('"') && css.etag.ends_with('"'));
    }

    #[test]
    fn the_name_changes_with_the_content() {
        let one = Asset::new("x", "css", "text/css", b"a{}");
        let two = Asset::new("x", "css", "text/css", b"b{}");
        assert_ne!(one.path, two.path);
        assert_ne!(one.etag, two.etag);
    }
}
