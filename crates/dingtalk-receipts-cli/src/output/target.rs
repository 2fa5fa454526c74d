//! Where results go: into a file that appears whole, or straight to a pipe, a device or standard output.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::identity::{folder, resolved};
use crate::failure::Failure;

/// What the file is called while it is written.
const PARTIAL: &str = ".partial";

/// The output, before anything of it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Standard output.
    Stdout,
    /// A pipe or a device, which has no name to put a file under.
    Device(PathBuf),
    /// A file. Behind a link, the one that the link names: the link stays.
    File(PathBuf),
}

impl Target {
    /// What `--output` means.
    pub(crate) fn of(output: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = output.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Stdout);
        };
        let cannot = |cause| Failure::local(format!("cannot write {}", path.display()), cause);
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(cannot(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder",
            ))),
            Ok(found) if !found.is_file() => Ok(Self::Device(path.to_owned())),
            Ok(_) => Ok(Self::File(resolved(path))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::File(resolved(path))),
            Err(error) => Err(cannot(error)),
        }
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Stdout | Self::Device(_) => None,
        }
    }

    /// What is written to a file with one of these extensions, or `None` if it has none, or is no file.
    ///
    /// # Errors
    ///
    /// It has another extension.
    pub(crate) fn by_extension<T: Copy>(&self, known: &[(&str, T)]) -> Result<Option<T>, Failure> {
        let Some(extension) = self.file().and_then(Path::extension) else {
            return Ok(None);
        };
        let mut named = known.iter();
        match named.find(|(name, _)| extension.eq_ignore_ascii_case(name)) {
            Some((_, found)) => Ok(Some(*found)),
            None => {
                let names: Vec<_> = known.iter().map(|(name, _)| format!(".{name}")).collect();
                Err(Failure::usage(format!(
                    "a file with the extension .{} cannot be written; name the output {}, or give --format",
                    extension.display(),
                    names.join(" or ")
                )))
            }
        }
    }

    /// What the file is called while it is written.
    pub(crate) fn partial(&self) -> Option<PathBuf> {
        self.file().map(|path| with_suffix(path, PARTIAL))
    }

    /// Whether it is standard output that was redirected to the end of a file (`>>`) that has something in it.
    pub(crate) fn is_appended_to(&self) -> bool {
        let found = match self {
            Self::Stdout if cfg!(unix) => fs::metadata("/dev/stdout").ok(),
            _ => None,
        };
        found.is_some_and(|found| found.is_file() && found.len() > 0)
    }

    /// Opens it. A file that is there already stays as it is until the new one is [whole](Open::finish).
    pub(crate) fn open(&self) -> Result<Open, Failure> {
        let path = match self {
            Self::Stdout => return Ok(Open::Stdout),
            Self::Device(path) => {
                let file = File::options().write(true).open(path);
                let cannot =
                    |cause| Failure::local(format!("cannot write {}", path.display()), cause);
                return file.map(Open::Device).map_err(cannot);
            }
            Self::File(path) => path,
        };
        let partial = with_suffix(path, PARTIAL);
        let cannot = |cause| {
            let text = format!("cannot write {} beside the output", partial.display());
            Failure::local(text, cause)
        };
        let options = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .clone();
        let file = options.open(&partial).map_err(cannot)?;
        lock(&file, path)?;
        // The run that had the lock may have given the file its final name meanwhile.
        if !is_still(&file, &partial) {
            return Err(in_use(path));
        }
        file.set_len(0).map_err(cannot)?;
        Ok(Open::File {
            file,
            partial,
            path: path.clone(),
        })
    }
}

/// An output that is open.
#[derive(Debug)]
pub(crate) enum Open {
    Stdout,
    Device(File),
    /// A file under its temporary name; the lock keeps other runs from it.
    File {
        file: File,
        partial: PathBuf,
        path: PathBuf,
    },
}

impl Open {
    /// What to write to, if it is not standard output.
    pub(crate) fn writer(&self) -> Option<&File> {
        match self {
            Self::Stdout => None,
            Self::Device(file) | Self::File { file, .. } => Some(file),
        }
    }

    /// Puts the file, to which everything was written, in the place of the one before.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Self::File {
            file,
            partial,
            path,
        } = self
        else {
            return Ok(());
        };
        let put = || -> io::Result<()> {
            if let Ok(before) = fs::metadata(&path) {
                // A file that others may read stays so; a file system without permissions has none to keep.
                let _ = file.set_permissions(before.permissions());
            }
            file.sync_all()?;
            fs::rename(&partial, &path)?;
            // The name is on the disk before the journal is removed. Not every system can sync a folder.
            if let Ok(folder) = File::open(folder(&path)) {
                let _ = folder.sync_all();
            }
            Ok(())
        };
        put().map_err(|cause| {
            let text = format!(
                "cannot put {} in the place of {}",
                partial.display(),
                path.display()
            );
            Failure::local(text, cause)
        })
    }

    /// Leaves what was written under the temporary name, if it is a file. Gives that name if anything was written.
    pub(crate) fn leave(self) -> Option<PathBuf> {
        let Self::File { file, partial, .. } = self else {
            return None;
        };
        let is_empty = file.metadata().is_ok_and(|found| found.len() == 0);
        if is_empty {
            // Nothing is lost if it stays.
            let _ = fs::remove_file(&partial);
        }
        (!is_empty).then_some(partial)
    }
}

/// A path with something behind its name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn in_use(path: &Path) -> Failure {
    Failure::usage(format!(
        "another run is writing {}; wait for it, or name another output",
        path.display()
    ))
}

/// Keeps other runs from the file. A file system without locks leaves that to the user.
fn lock(file: &File, path: &Path) -> Result<(), Failure> {
    match fs4::FileExt::try_lock(file) {
        Err(fs4::TryLockError::WouldBlock) => Err(in_use(path)),
        Ok(()) | Err(fs4::TryLockError::Error(_)) => Ok(()),
    }
}

/// Whether a path still names this open file.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// An open file cannot be renamed by another process here.
#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn write(open: &Open, text: &str) {
        open.writer().unwrap().write_all(text.as_bytes()).unwrap();
    }

    #[test]
    fn a_file_appears_whole_and_only_one_run_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        fs::write(&path, "before").unwrap();
        let target = Target::of(Some(&path)).unwrap();
        let open = target.open().unwrap();
        write(&open, "new");
        assert!(matches!(target.open(), Err(Failure::Usage(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(open.leave(), target.partial());
        let open = target.open().unwrap();
        assert_eq!(
            open.leave(),
            None,
            "what was left is not taken for what is new"
        );
        let open = target.open().unwrap();
        write(&open, "whole");
        open.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_permissions_are_kept() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (link, path) = (folder.path().join("link"), folder.path().join("out"));
        std::os::unix::fs::symlink("out", &link).unwrap();
        for mode in [0o640, 0o604] {
            let open = Target::of(Some(&link)).unwrap().open().unwrap();
            write(&open, "whole");
            open.finish().unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let open = Target::of(Some(&link)).unwrap().open().unwrap();
            open.finish().unwrap();
            let found = fs::metadata(&path).unwrap();
            assert_eq!(found.permissions().mode() & 0o777, mode);
        }
    }
}
