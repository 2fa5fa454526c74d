//! A store of files, for the processes of one user.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{StoreKey, StoreLock, StoreRecord, TokenStore};
use crate::future::BoxFuture;

/// No record is longer, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Shares tokens between processes by files in a directory.
///
/// Each token has a file that only its owner may read (mode 0600 in a directory of mode 0700, where the platform has
/// modes). It is named by a hash, is replaced whole by renaming, and has a lock file beside it that one process holds
/// while it gets a token; the lock goes with the process. What somebody else could have read, is not a plain file, or
/// makes no sense is passed over and replaced.
///
/// ```
/// use dingtalk_receipts::{Client, FileTokenStore, InternalApp};
///
/// # fn run() -> dingtalk_receipts::Result<()> {
/// let client = Client::builder()
///     .credentials(InternalApp::new("the app key", "the app secret"))
///     .token_store(FileTokenStore::new("/var/cache/my-job/dingtalk"))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FileTokenStore {
    directory: PathBuf,
}

impl FileTokenStore {
    /// A store in `directory`, which is made when the first token is stored.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
        }
    }

    /// Where the files are.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn path(&self, key: &StoreKey, extension: &str) -> PathBuf {
        self.directory.join(format!("{key}.{extension}"))
    }
}

impl TokenStore for FileTokenStore {
    fn load<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreRecord>>> {
        let path = self.path(key, "json");
        Box::pin(aside(move || read(&path)))
    }

    fn save<'a>(
        &'a self,
        key: &'a StoreKey,
        record: &'a StoreRecord,
        _: Duration,
    ) -> BoxFuture<'a, io::Result<()>> {
        let path = self.path(key, "json");
        let record = record.clone();
        Box::pin(aside(move || replace(&path, &record)))
    }

    fn try_lock<'a>(&'a self, key: &'a StoreKey) -> BoxFuture<'a, io::Result<Option<StoreLock>>> {
        let path = self.path(key, "lock");
        Box::pin(aside(move || lock(&path)))
    }
}

/// Runs `work` where it may block. Each piece of work is short: nothing here waits for a lock.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime
            .spawn_blocking(work)
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error))),
        Err(_) => work(),
    }
}

fn read(path: &Path) -> io::Result<Option<StoreRecord>> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    // A link or a pipe is not of this store's making. What others may read or write may be known to them, or be theirs.
    if !metadata.is_file() || !is_private(&metadata) || metadata.len() > MAX_FILE_BYTES {
        return Ok(None);
    }
    let mut text = String::new();
    match File::open(path)?
        .take(MAX_FILE_BYTES)
        .read_to_string(&mut text)
    {
        Ok(_) => Ok(Some(StoreRecord::from(text))),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a new file beside the old one and renames it: whoever reads sees the one or the other, and whoever is killed
/// while writing leaves the old one. The new file has mode 0600 from the start.
fn replace(path: &Path, record: &StoreRecord) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    make_directory(directory)?;
    let mut file = tempfile::Builder::new()
        .prefix(".new-")
        .tempfile_in(directory)?;
    file.write_all(record.expose().as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn lock(path: &Path) -> io::Result<Option<StoreLock>> {
    make_directory(path.parent().unwrap_or(Path::new(".")))?;
    let file = options().open(path)?;
    // By the trait's name: newer standard libraries have a method of the same name, which the oldest supported lacks.
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(Some(StoreLock::new(file))),
        Err(fs4::TryLockError::WouldBlock) => Ok(None),
        Err(fs4::TryLockError::Error(error)) => Err(error),
    }
}

fn options() -> fs::OpenOptions {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}
