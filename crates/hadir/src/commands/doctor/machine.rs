//! What the doctor looks at outside the database: ports and disk.

use std::{io::ErrorKind, net::SocketAddr, path::Path};

use rustix::fs::statvfs;
use tokio::net::TcpListener;

use super::Check;
use crate::{config::Config, system};

/// Below this a busy regency fills the disk within days.
const LOW_DISK: u64 = 1 << 30;
/// Below this the next import may fail.
const NO_DISK: u64 = 100 << 20;

/// Whether both addresses can be listened on.
pub async fn ports(config: &Config) -> Vec<Check> {
    let pages = port("pages_port", config.listen, "--listen").await;
    let terminals = port("terminal_port", config.terminal_listen, "--terminal-listen").await;
    let mut checks = vec![pages, terminals];
    if config.terminal_listen.ip().is_loopback() {
        let finding = format!("terminals on the network cannot reach {}", config.terminal_listen);
        let mend = "Set terminal_listen to the address of their network segment, for example 10.20.0.5:8081.";
        checks.push(Check::periksa("terminal_address", finding).mend(mend));
    }
    checks
}

async fn port(name: &'static str, address: SocketAddr, flag: &str) -> Check {
    match TcpListener::bind(address).await {
        Ok(_) => Check::ok(name, format!("{address} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let mend = format!("Fine if it is `hadir serve`; else choose another with {flag}.");
            Check::periksa(name, format!("{address} is in use")).mend(mend)
        }
        Err(error) => Check::gagal(name, format!("cannot listen on {address}: {error}"))
            .mend(format!("Choose another address with {flag}; ports below 1024 need a privilege.")),
    }
}

/// Whether there is room for a SQLite database.
pub fn disk(config: &Config) -> Option<Check> {
    let file = system::sqlite_file(&config.database_url)?;
    let folder = file.ancestors().skip(1).find(|f| f.is_dir()).unwrap_or(Path::new("."));
    let Ok(stat) = statvfs(folder) else {
        return Some(Check::periksa(
            "disk",
            format!("the free space of {} cannot be read", folder.display()),
        ));
    };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let finding = format!("{} MB free on the disk of {}", free >> 20, folder.display());
    let mend = "Make room, or move the database: database_url.";
    Some(match free {
        0..NO_DISK => Check::gagal("disk", finding).mend(mend),
        NO_DISK..LOW_DISK => Check::periksa("disk", finding).mend(mend),
        _ => Check::ok("disk", finding),
    })
}
