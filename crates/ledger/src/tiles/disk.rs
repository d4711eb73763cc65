//! The few steps a publisher asks of a file system, so that tests can record them and break them.

use std::io;

/// A directory to publish into. Paths are relative to it, with `/` between their parts.
///
/// What is written counts as lost after a power cut until [`DiskFile::sync`] returned; a new name until
/// [`Disk::sync_directory`] of its directory returned.
pub trait Disk: Sync {
    /// An open file.
    type File: DiskFile;

    /// Makes an empty file, replacing what is there, and opens it for writing.
    ///
    /// # Errors
    /// What the system says.
    fn create(&self, path: &str) -> io::Result<Self::File>;

    /// The content of a file, `None` when there is none.
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;

    /// Gives a file another name, replacing what is there.
    ///
    /// # Errors
    /// What the system says; the file may have either name then.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Makes a directory unless it is there; its parent must be there.
    ///
    /// # Errors
    /// What the system says.
    fn create_directory(&self, path: &str) -> io::Result<()>;

    /// Makes the names in a directory durable. The directory itself is the empty path.
    ///
    /// # Errors
    /// What the system says; what is durable is unknown then.
    fn sync_directory(&self, path: &str) -> io::Result<()>;

    /// The names in a directory, nothing when there is none.
    ///
    /// # Errors
    /// What the system says.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn remove_file(&self, path: &str) -> io::Result<()>;

    /// Removes an empty directory.
    ///
    /// # Errors
    /// What the system says.
    fn remove_directory(&self, path: &str) -> io::Result<()>;
}

/// A file open for writing.
pub trait DiskFile {
    /// Writes all of `bytes` at the end.
    ///
    /// # Errors
    /// What the system says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Takes away everybody's right to write to the file.
    ///
    /// # Errors
    /// What the system says.
    fn protect(&mut self) -> io::Result<()>;

    /// Makes the content durable.
    ///
    /// # Errors
    /// What the system says; the content is not to be trusted then, not even if a second try succeeds.
    fn sync(&mut self) -> io::Result<()>;
}
