//! Who did something, by name: registers hold the id of the account, or the name of a program.

use std::collections::HashMap;

use service::ServiceError;
use store::Tx;

/// The names of all accounts.
pub struct Actors(HashMap<String, String>);

impl Actors {
    /// Reads them; one statement.
    ///
    /// # Errors
    /// As every read.
    pub async fn read(tx: &mut Tx) -> Result<Actors, ServiceError> {
        let accounts = store::account::all(tx).await?;
        Ok(Actors(accounts.into_iter().map(|a| (a.account_id.to_string(), a.display_name)).collect()))
    }

    /// The name behind an entry of a register; the entry itself where there is no account (`cli`).
    pub fn name(&self, actor: &str) -> String {
        self.0.get(actor).map_or(actor, String::as_str).to_owned()
    }
}
