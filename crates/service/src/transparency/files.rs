//! Where the published log of a tenant lies.

use std::path::{Path, PathBuf};

use domain::ids::TenantId;
use ledger::{high_water::HighWater, read::DirectoryFetch};

/// The files of one tenant's log in the ledger folder.
#[derive(Debug, Clone)]
pub struct LogFiles {
    root: PathBuf,
    mark: PathBuf,
}

impl LogFiles {
    /// In `folder`: a directory named by the number of the tenant, and beside it the high-water mark.
    pub fn of(folder: &Path, tenant: TenantId) -> LogFiles {
        let mark = folder.join(format!("{}.high-water", tenant.0));
        LogFiles { root: folder.join(tenant.0.to_string()), mark }
    }

    /// The directory in the form of c2sp.org/tlog-tiles.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The greatest checkpoint that was ever published.
    pub fn high_water(&self) -> HighWater {
        HighWater::at(&self.mark)
    }

    /// For reading; nothing that it gives is trusted before it is compared with a checkpoint.
    pub fn fetch(&self) -> DirectoryFetch {
        DirectoryFetch::new(&self.root)
    }
}
