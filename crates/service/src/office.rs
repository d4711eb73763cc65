//! What every use case needs: the database, the clock, a source of randomness and the tenant it works for.

use std::sync::Arc;

use domain::{clock::Clock, ids::TenantId};
use jiff::Timestamp;
use store::Db;

use crate::{account::Guesses, reference::ReferenceCache};

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with fresh random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The surroundings of a use case; cheap to clone.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness for ids and tokens.
    pub entropy: Arc<dyn Entropy>,
    /// The regional government served.
    pub tenant: TenantId,
    /// Reference data kept in memory.
    pub reference: Arc<ReferenceCache>,
    /// Failed logins of this process.
    pub guesses: Arc<Guesses>,
}

impl Office {
    /// The surroundings of use cases for one tenant.
    pub fn new(db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, tenant: TenantId) -> Office {
        Office { db, clock, entropy, tenant, reference: Arc::default(), guesses: Arc::default() }
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// `N` fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A new identifier: `office.id(EmployeeId::new)`.
    pub fn id<T>(&self, make: impl Fn(Timestamp, [u8; 10]) -> T) -> T {
        make(self.now(), self.random())
    }
}

#[cfg(any(test, feature = "testing"))]
pub mod testing {
    //! Deterministic surroundings for tests.

    use std::sync::Mutex;

    use rand::{RngCore, SeedableRng, rngs::StdRng};

    use super::Entropy;

    /// Randomness from a fixed seed.
    pub struct SeededEntropy(Mutex<StdRng>);

    impl SeededEntropy {
        /// A source that always gives the same bytes for `seed`.
        pub fn new(seed: u64) -> Self {
            Self(Mutex::new(StdRng::seed_from_u64(seed)))
        }
    }

    impl Entropy for SeededEntropy {
        fn fill(&self, bytes: &mut [u8]) {
            self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(bytes);
        }
    }
}
