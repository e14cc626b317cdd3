//! Files that are written whole or not at all. Blocking, but for [`off_thread`]; every error names the file and none
//! shows what is in it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind as IoKind, Read, Write};
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, ErrorKind};

/// What is stored is small; what is larger was not stored by us.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// Everything that could lead out of a folder, or that some file system refuses.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// Longest name of a file, in bytes: what every file system takes, less the ending.
const MAX_NAME: usize = 200;

/// The name of the file for `id`, without ending.
///
/// # Errors
/// `InvalidConfiguration` for an id that is empty or too long.
pub(crate) fn file_name(id: &str) -> Result<String, Error> {
    let name = utf8_percent_encode(id, UNSAFE).to_string();
    if name.is_empty() || name.len() > MAX_NAME {
        return Err(invalid(format!("{id:?} cannot be an id in a store: it is empty or too long")));
    }
    Ok(name)
}

pub(crate) fn make_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed("make the folder", folder, &error))
}

/// Opens a file; `None` when there is none.
pub(crate) fn open(path: &Path) -> Result<Option<File>, Error> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == IoKind::NotFound => Ok(None),
        Err(error) => Err(failed("open", path, &error)),
    }
}

/// What is in an open file.
pub(crate) fn contents(file: File, path: &Path) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    file.take(MAX_SIZE + 1).read_to_end(&mut text).map_err(|error| failed("read", path, &error))?;
    if u64::try_from(text.len()).is_ok_and(|size| size > MAX_SIZE) {
        return Err(invalid(format!("the file {} is too large to be from a store", path.display())));
    }
    Ok(text)
}

/// Writes a file beside the old one and renames it into place. Writers have to take turns.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("tmp");
    write(&temporary, bytes)?;
    fs::rename(&temporary, path).map_err(|error| failed("replace", path, &error))?;
    sync_folder(path)
}

/// Removes a file; none to remove is a success.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != IoKind::NotFound => Err(failed("remove", path, &error)),
        _ => sync_folder(path),
    }
}

/// Waits for the lock of a file and takes it; it ends when the file is closed.
pub(crate) fn lock(path: &Path) -> Result<File, Error> {
    let file = private(OpenOptions::new().create(true).truncate(false).write(true))
        .open(path)
        .map_err(|error| failed("open", path, &error))?;
    file.lock().map_err(|error| failed("lock", path, &error))?;
    Ok(file)
}

/// Writes a file that is complete on the disk when this returns.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let write = || {
        // What a process that died left behind may have any mode.
        match fs::remove_file(path) {
            Err(error) if error.kind() != IoKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private(OpenOptions::new().create_new(true).write(true)).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| failed("write", path, &error))
}

/// A rename is safe on the disk only when the folder is, too.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed("sync", folder, &error))
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> Result<(), Error> {
    Ok(())
}

/// Files are made for their owner alone.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

pub(crate) fn failed(what: &str, path: &Path, error: &std::io::Error) -> Error {
    invalid(format!("cannot {what} {}: {error}", path.display()))
}

pub(crate) fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, message)
}

/// Runs what may wait for a disk or for another process where it does not stop other tasks.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::runtime::Handle::try_current() {
        Err(_) => work(),
        Ok(runtime) => runtime
            .spawn_blocking(work)
            .await
            .map_err(|_| Error::new(ErrorKind::Runtime, "the runtime shut down while a file was used"))?,
    }
}
