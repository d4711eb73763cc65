//! Writes every screen, filled with invented data, as static HTML: `cargo run -p hadir-web --example gallery -- OUTDIR`.
//!
//! The files are looked at by people and measured by `e2e/gallery.mjs` (width, accessibility, content policy).

mod samples;

use std::{fs, path::Path};

use domain::lang::Lang;
use web::{assets, server::security::CONTENT_SECURITY_POLICY};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).ok_or("usage: gallery OUTDIR")?;
    let out = Path::new(&out);
    for lang in [Lang::Id, Lang::En] {
        let folder = out.join(lang.code());
        fs::create_dir_all(&folder)?;
        for screen in samples::all(lang)? {
            fs::write(folder.join(format!("{}.html", screen.name)), screen.html)?;
        }
    }
    fs::write(out.join("csp.txt"), CONTENT_SECURITY_POLICY)?;
    for asset in assets::all() {
        let file = out.join(asset.path.trim_start_matches('/'));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, asset.bytes)?;
    }
    Ok(())
}
