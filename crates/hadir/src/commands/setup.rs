//! `hadir setup`: a one-time link for the first administrator.

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    cli::{Format, SetupArgs},
    config::Config,
    output, system,
};

/// Prints the link.
pub async fn run(config: &Config, args: &SetupArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let lasts = SignedDuration::from_mins(args.minutes);
    let token = service::account::make_link(&office, lasts).await?;
    let link = format!("{}/siapkan/{token}", config.base_url());
    match format {
        Format::Text => output::line(&link),
        Format::Json => output::json(None, &json!({ "link": link, "minutes": args.minutes })),
        _ => Err(output::no_format("setup", format, "text or json")),
    }
}
