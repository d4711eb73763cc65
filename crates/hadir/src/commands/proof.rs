//! `--proof` of `recap` and `tpp`: what proves the figures of a locked month, to be checked with `hadir verify recap`.

use service::{
    Office,
    transparency::{current, month_proof},
};

use super::sheets::UnitMonth;
use crate::{cli::SheetArgs, config::Config, failure::Usage, ledger_folder::LedgerFolder, output};

/// Writes the proof if one is wanted.
///
/// # Errors
/// Without `--opd`, for a part of an OPD, for a month that is not locked, or when the file cannot be written.
pub async fn write(
    config: &Config,
    office: &Office,
    args: &SheetArgs,
    months: &[UnitMonth],
) -> anyhow::Result<()> {
    let Some(path) = &args.proof else { return Ok(()) };
    let (Some(_), [month]) = (&args.opd, months) else {
        return Err(Usage("--proof is about one OPD; name it with --opd".to_owned()).into());
    };
    let Some(unit) = month.sheet.unit else {
        return Err(Usage("--proof is about one OPD; name it with --opd".to_owned()).into());
    };
    let files = current(office, &LedgerFolder::of(config).files(office.tenant)).await?;
    let proof = month_proof(office, &files, unit, args.month).await?;
    output::json(Some(path), &proof)
}
