//! Calls to others over HTTP: witnesses, and logs at an address. TLS trusts what the system trusts.

use std::{io::Read, sync::Arc, time::Duration};

use ledger::{
    read::{Fetch, FetchError},
    witness::{Ask, MAX_ANSWER, Reply},
};
use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig},
};

/// How often a file is asked for before the audit gives up on it.
const ATTEMPTS: usize = 3;
/// How long a file may take. The longest bundle has 16 MB.
const FILE_PATIENCE: Duration = Duration::from_secs(60);

fn agent(patience: Duration, redirects: u32, connections: usize) -> Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(redirects)
        .max_redirects_will_error(false)
        .user_agent(concat!("hadir/", env!("CARGO_PKG_VERSION")))
        .timeout_global(Some(patience))
        .max_idle_connections(connections)
        .max_idle_connections_per_host(connections);
    Agent::new_with_config(config.build())
}

/// The way to witnesses.
#[derive(Debug)]
pub struct Post(Agent);

impl Post {
    /// Waits at most `patience` for each answer.
    pub fn new(patience: Duration) -> Post {
        // A witness that moved is entered anew; following it could lead anywhere.
        Post(agent(patience, 0, 16))
    }
}

impl Ask for Post {
    fn post(&self, address: &str, body: &str) -> Result<Reply, String> {
        let call = self.0.post(address).header("Content-Type", "text/plain; charset=utf-8").send(body);
        let mut response = call.map_err(|error| error.to_string())?;
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_ANSWER).unwrap_or(u64::MAX).saturating_add(1);
        let read = response.body_mut().as_reader().take(most).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        Ok(Reply { status: response.status().as_u16(), content_type, body: bytes })
    }
}

/// The files of a log at an address.
#[derive(Debug)]
pub struct WebFetch {
    agent: Agent,
    base: String,
}

impl WebFetch {
    /// The log at `base`, such as `https://hadir.example/log/1`; `threads` may read from it at once.
    pub fn new(base: &str, threads: usize) -> WebFetch {
        WebFetch { agent: agent(FILE_PATIENCE, 3, threads), base: base.trim_end_matches('/').to_owned() }
    }

    fn once(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, String> {
        let call = self.agent.get(format!("{}/{path}", self.base)).call();
        let mut response = call.map_err(|error| error.to_string())?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => return Err(format!("the server answered with status {status}")),
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = response.body_mut().as_reader().take(most).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        if bytes.len() > limit {
            return Err(format!("longer than the {limit} bytes it may have"));
        }
        Ok(Some(bytes))
    }
}

impl Fetch for WebFetch {
    fn fetch(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchError> {
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            match self.once(path, limit) {
                Ok(found) => return Ok(found),
                Err(reason) => last = reason,
            }
        }
        Err(FetchError { path: path.to_owned(), reason: last })
    }
}
