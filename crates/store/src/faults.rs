//! Where storing may break, for tests: every step of a transaction that writes can fail before or after it took effect.
//!
//! A step is one message to the engine: `BEGIN`, a statement, a savepoint, `COMMIT`. A transaction whose step failed stays
//! broken, as behind a connection that is gone. In a program that is not tested nothing of this is compiled: [`Seam`] is
//! empty and its calls are nothing.

#[cfg(feature = "testing")]
pub use script::{Faults, When};

/// The place in a transaction where a fault may strike.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seam {
    #[cfg(feature = "testing")]
    script: Option<script::Line>,
}

#[cfg(not(feature = "testing"))]
impl Seam {
    /// Before a step.
    pub(crate) fn before(&mut self, _step: &str) -> crate::Result<()> {
        Ok(())
    }

    /// Behind a step that took effect.
    pub(crate) fn after(&mut self) -> crate::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "testing")]
mod script {
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

    use super::Seam;
    use crate::error::{ErrorKind, Result, StoreError};

    /// Whether the step that fails took effect.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum When {
        /// Failed and not applied.
        Before,
        /// Failed but applied: only the answer was lost.
        After,
    }

    /// The faults of a database handle: give them to [`crate::Db::with_faults`].
    #[derive(Debug, Default)]
    pub struct Faults(Mutex<Plan>);

    #[derive(Debug, Default)]
    struct Plan {
        steps: Vec<String>,
        next: Option<(usize, When)>,
    }

    impl Faults {
        /// Lets step number `step` from now on, counted from 0 over all transactions, fail once.
        pub fn strike(&self, step: usize, when: When) {
            *self.plan() = Plan { steps: Vec::new(), next: Some((step, when)) };
        }

        /// Takes back what was to come, and gives the steps since the last call; whether the fault struck.
        pub fn rest(&self) -> (Vec<String>, bool) {
            let before = std::mem::take(&mut *self.plan());
            let has_struck = before.next.is_none_or(|(step, _)| step < before.steps.len());
            (before.steps, has_struck)
        }

        fn plan(&self) -> MutexGuard<'_, Plan> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// The faults as one transaction sees them.
    #[derive(Debug, Clone)]
    pub(super) struct Line {
        faults: Arc<Faults>,
        is_broken: bool,
    }

    impl Line {
        fn fail(&mut self) -> Result<()> {
            self.is_broken = true;
            Err(StoreError::new(ErrorKind::Unavailable, "the connection broke"))
        }
    }

    impl Seam {
        pub(crate) fn of(faults: Option<&Arc<Faults>>) -> Self {
            let line = |faults: &Arc<Faults>| Line { faults: Arc::clone(faults), is_broken: false };
            Self { script: faults.map(line) }
        }

        /// Before a step.
        pub(crate) fn before(&mut self, step: &str) -> Result<()> {
            let Some(line) = &mut self.script else { return Ok(()) };
            if line.is_broken {
                return line.fail();
            }
            let mut plan = line.faults.plan();
            plan.steps.push(step.split_whitespace().take(3).collect::<Vec<_>>().join(" "));
            let fails = plan.next == Some((plan.steps.len() - 1, When::Before));
            drop(plan);
            if fails { line.fail() } else { Ok(()) }
        }

        /// Behind a step that took effect.
        pub(crate) fn after(&mut self) -> Result<()> {
            let Some(line) = &mut self.script else { return Ok(()) };
            let plan = line.faults.plan();
            let fails =
                plan.next.is_some_and(|(step, when)| when == When::After && step + 1 == plan.steps.len());
            drop(plan);
            if fails { line.fail() } else { Ok(()) }
        }
    }
}
