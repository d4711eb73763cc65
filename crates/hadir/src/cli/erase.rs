//! `hadir erase`.

use clap::Args;
use domain::month::Month;

/// `hadir erase`.
#[derive(Debug, Args)]
pub struct EraseArgs {
    /// NIP or NI PPPK of the person
    #[arg(value_name = "NIP")]
    pub number: String,
    /// Only facts up to the end of this month; without it the person with everything
    #[arg(long, value_name = "YYYY-MM")]
    pub until: Option<Month>,
    /// Why, naming nobody: it is kept for ever
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Article or decision it rests on, such as 'UU 27/2022 Pasal 43'
    #[arg(long, value_name = "TEXT")]
    pub basis: String,
    /// Who decides: login or NIP of an account; not the person's own
    #[arg(long, value_name = "LOGIN")]
    pub by: String,
    /// The NIP once more; without it the command only shows what would be erased
    #[arg(long, value_name = "NIP")]
    pub confirm: Option<String>,
}
