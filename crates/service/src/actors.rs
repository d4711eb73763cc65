//! Who did something, by name: registers hold the id of the account, or the name of a program.

use std::collections::HashMap;

use domain::ids::AccountId;
use store::Tx;

use crate::ServiceError;

/// The accounts behind the actors of a register.
#[derive(Debug, Clone, Default)]
pub struct Actors(HashMap<String, Person>);

#[derive(Debug, Clone)]
struct Person {
    name: String,
    login: String,
}

impl Actors {
    /// All accounts; one statement.
    ///
    /// # Errors
    /// As every read.
    pub async fn read(tx: &mut Tx) -> Result<Actors, ServiceError> {
        let accounts = store::account::all(tx).await?.into_iter();
        let person = |a: store::account::Account| {
            (a.account_id.to_string(), Person { name: a.display_name, login: a.login })
        };
        Ok(Actors(accounts.map(person).collect()))
    }

    /// All accounts, if any of `actors` is one; without that, nothing is read.
    ///
    /// # Errors
    /// As every read.
    pub async fn among(tx: &mut Tx, actors: &[&str]) -> Result<Actors, ServiceError> {
        if actors.iter().any(|actor| AccountId::parse(actor).is_some()) {
            Actors::read(tx).await
        } else {
            Ok(Actors::default())
        }
    }

    /// The name behind an actor; the actor itself where there is no account (`cli`).
    pub fn name(&self, actor: &str) -> String {
        self.0.get(actor).map_or(actor, |person| &person.name).to_owned()
    }

    /// The login behind an actor; the actor itself where there is no account.
    pub fn login(&self, actor: &str) -> String {
        self.0.get(actor).map_or(actor, |person| &person.login).to_owned()
    }
}
