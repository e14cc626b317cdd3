//! Records of connections on disk. Blocking; every error names the file and none shows what is in it.

use std::fs::{self, File};
use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::connection::record::ConnectionRecord;
use crate::disk;
use crate::error::{Error, ErrorKind};

pub(super) fn ids(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = fs::read_dir(folder).map_err(|error| disk::failed("read the folder", folder, &error))?;
    let mut ids = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| disk::failed("read the folder", folder, &error))?;
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
        ids.extend(id.map(|id| percent_decode_str(id).decode_utf8_lossy().into_owned()));
    }
    ids.sort();
    Ok(ids)
}

/// Reads a record; `None` when there is none.
pub(super) fn load(path: &Path) -> Result<Option<ConnectionRecord>, Error> {
    let Some(file) = disk::open(path)? else { return Ok(None) };
    refuse_shared(&file, path)?;
    let record = ConnectionRecord::from_json(&disk::contents(file, path)?)
        .map_err(|error| disk::invalid(format!("the file {}: {}", path.display(), error.message())))?;
    Ok(Some(record))
}

/// A file with tokens that others may read has leaked them already: the owner must know.
#[cfg(unix)]
fn refuse_shared(file: &File, path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;

    let mode = file.metadata().map_err(|error| disk::failed("read", path, &error))?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(disk::invalid(format!(
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
    let _writing = disk::lock(write_lock)?;
    let found = load(path)?.map(|record| record.version());
    if found != expected {
        let message = format!("the connection in {} has been changed by somebody else", path.display());
        return Err(Error::new(ErrorKind::Inconsistency, message));
    }
    let version = expected.unwrap_or(0) + 1;
    record.set_version(version);
    disk::replace(path, record.to_json().as_bytes())?;
    Ok(version)
}

pub(super) fn delete(path: &Path, write_lock: &Path) -> Result<(), Error> {
    let _writing = disk::lock(write_lock)?;
    disk::remove(path)
}
