//! What the store does on disk. Blocking; every error names the file and none shows what is in it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind as IoKind, Read, Write};
use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::connection::record::ConnectionRecord;
use crate::error::{Error, ErrorKind};

/// A record is some tokens; what is larger is no record.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

pub(super) fn make_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed("make the folder", folder, &error))
}

pub(super) fn ids(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = fs::read_dir(folder).map_err(|error| failed("read the folder", folder, &error))?;
    let mut ids = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| failed("read the folder", folder, &error))?;
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
        ids.extend(id.map(|id| percent_decode_str(id).decode_utf8_lossy().into_owned()));
    }
    ids.sort();
    Ok(ids)
}

/// Reads a record; `None` when there is none.
pub(super) fn load(path: &Path) -> Result<Option<ConnectionRecord>, Error> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == IoKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("open", path, &error)),
    };
    refuse_shared(&file, path)?;
    let mut text = Vec::new();
    file.take(MAX_SIZE + 1).read_to_end(&mut text).map_err(|error| failed("read", path, &error))?;
    if u64::try_from(text.len()).is_ok_and(|size| size > MAX_SIZE) {
        return Err(invalid(format!("the file {} is too large to be a stored connection", path.display())));
    }
    let record = ConnectionRecord::from_json(&text)
        .map_err(|error| invalid(format!("the file {}: {}", path.display(), error.message())))?;
    Ok(Some(record))
}

/// A file with tokens that others may read has leaked them already: the owner must know.
#[cfg(unix)]
fn refuse_shared(file: &File, path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;

    let mode = file.metadata().map_err(|error| failed("read", path, &error))?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(invalid(format!(
        "the file {path} holds secrets and others may use it (mode {:o}): run `chmod 600 {path}`",
        mode & 0o777
    )))
}

#[cfg(not(unix))]
fn refuse_shared(_file: &File, _path: &Path) -> Result<(), Error> {
    Ok(())
}

/// Writes a record if the file still holds the version `expected`.
pub(super) fn save(
    path: &Path,
    write_lock: &Path,
    mut record: ConnectionRecord,
    expected: Option<u64>,
) -> Result<u64, Error> {
    let _writing = lock(write_lock)?;
    let found = load(path)?.map(|record| record.version());
    if found != expected {
        let message = format!("the connection in {} has been changed by somebody else", path.display());
        return Err(Error::new(ErrorKind::Inconsistency, message));
    }
    let version = expected.unwrap_or(0) + 1;
    record.set_version(version);
    let temporary = path.with_extension("tmp");
    write(&temporary, record.to_json().as_bytes())?;
    fs::rename(&temporary, path).map_err(|error| failed("replace", path, &error))?;
    sync_folder(path)?;
    Ok(version)
}

pub(super) fn delete(path: &Path, write_lock: &Path) -> Result<(), Error> {
    let _writing = lock(write_lock)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != IoKind::NotFound => Err(failed("remove", path, &error)),
        _ => sync_folder(path),
    }
}

/// Waits for the lock of a file and takes it; it ends when the file is closed.
pub(super) fn lock(path: &Path) -> Result<File, Error> {
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

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Error {
    invalid(format!("cannot {what} {}: {error}", path.display()))
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidConfiguration, message)
}
