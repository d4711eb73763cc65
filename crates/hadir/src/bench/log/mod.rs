//! `hadir bench log`: the full audit of a large log beside plain reading and hashing of the same files, and how long its
//! receipts are.

mod build;
mod plain;
mod receipts;

use std::{path::Path, time::Instant};

use ledger::{Signer, read::DirectoryFetch};

use super::report::{Report, cpu_time, wall};
use crate::{
    cli::{BenchLogArgs, TrustArgs, VerifyLogArgs},
    commands::verify::log::audited,
};

/// Name of the invented log.
const ORIGIN: &str = "hadir.kab-contoh.go.id/absensi";
/// Wall-clock seconds within which 5 million entries must be audited.
const TARGET: f64 = 60.0;

/// Measures in a temporary folder.
///
/// # Errors
/// When the folder cannot be written, or the audit or a receipt finds fault with what was just published.
pub fn run(args: &BenchLogArgs) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let mut seed = [42; 32];
    seed[..8].copy_from_slice(&args.seed.to_be_bytes());
    let signer = Signer::from_seed(ORIGIN, &seed)?;
    let mut report = Report::new("log", "none", args.seed);
    report.add("entries", f64::from(args.entries), "entries");

    let (start, cpu) = (Instant::now(), cpu_time());
    build::publish(folder.path(), &signer, args)?;
    report.add("publish", wall(start), "s_wall");
    report.add("publish", (cpu_time() - cpu).as_secs_f64(), "s_cpu");
    audit(folder.path(), &signer, args, &mut report)?;
    receipts::measure(&DirectoryFetch::new(folder.path()), &signer, args, &mut report)?;
    Ok(report)
}

/// The audit as `hadir verify log` does it. The plain reading comes first, so that both find the files in the memory of the
/// system as far as it has room.
fn audit(folder: &Path, signer: &Signer, args: &BenchLogArgs, report: &mut Report) -> anyhow::Result<()> {
    let (start, cpu) = (Instant::now(), cpu_time());
    let plain = plain::read(folder)?;
    let (plain_wall, plain_cpu) = (wall(start), (cpu_time() - cpu).as_secs_f64());
    report.add("files", plain.files, "files");
    report.add("files", plain.bytes, "bytes");

    let trust = TrustArgs { key: vec![signer.verifier_key().to_string()], policy: None };
    let place = folder.display().to_string();
    let verify = VerifyLogArgs { place, trust, kept: None, kept_receipt: None };
    let (start, cpu) = (Instant::now(), cpu_time());
    let audited = audited(&verify)?;
    let (audit_wall, audit_cpu) = (wall(start), (cpu_time() - cpu).as_secs_f64());
    anyhow::ensure!(audited.clean, "the audit finds fault: {:?}", audited.findings);
    anyhow::ensure!(audited.entries_read == u64::from(args.entries), "{} were read", audited.entries_read);
    report.compare_all("audit", audit_wall, "s_wall", &[("target", TARGET), ("read_and_sha256", plain_wall)]);
    report.compare("audit", audit_cpu, "s_cpu", ("read_and_sha256", plain_cpu));
    Ok(())
}
