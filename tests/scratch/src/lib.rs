//! A crate in a temporary folder that depends on this workspace by path, and cargo to build it with.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The root folder of the workspace.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// A crate in a temporary folder, which goes away with this value.
pub struct Scratch {
    folder: TempDir,
    target: PathBuf,
}

impl Scratch {
    /// A library without a source file, of an edition, with lines for its `[dependencies]`. `{linchpin}` in them
    /// becomes the path of the runtime. Packages are built once for all scratch crates, into `target`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(name: &str, edition: &str, dependencies: &str, target: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("linchpin-scratch-").tempdir()?;
        let scratch = Self { folder, target: Path::new(target).join("scratch") };
        let runtime = workspace().join("runtime");
        let dependencies = dependencies.replace("{linchpin}", &runtime.display().to_string());
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n"
        );
        scratch.write("Cargo.toml", &manifest)?;
        // The same versions as in the workspace, so that nothing is looked up or built twice.
        std::fs::copy(workspace().join("Cargo.lock"), scratch.path("Cargo.lock"))?;
        Ok(scratch)
    }

    /// A path inside the crate.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Where cargo puts what it builds.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file, and the folders that it needs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, inside: &str, text: &str) -> io::Result<()> {
        let path = self.path(inside);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)
    }

    /// Copies a folder into the crate and gives its files, as paths inside the crate.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn copy(&self, from: &Path, inside: &str) -> io::Result<Vec<String>> {
        let mut copied = Vec::new();
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            let name = format!("{inside}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                copied.extend(self.copy(&entry.path(), &name)?);
            } else {
                self.write(&name, &std::fs::read_to_string(entry.path())?)?;
                copied.push(name);
            }
        }
        copied.sort();
        Ok(copied)
    }

    /// Runs cargo without network; gives what it wrote to its error stream.
    ///
    /// # Errors
    /// What it wrote, when it failed.
    pub fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        let Output { status, stderr, .. } = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--target-dir"])
            .arg(&self.target)
            .current_dir(self.folder.path())
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_QUIET", "false")
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&stderr).into_owned();
        if status.success() { Ok(text) } else { Err(text) }
    }
}
