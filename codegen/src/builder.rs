//! The API for build scripts.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use linchpin_spec::diagnostic::{Code, Level, render_text};
use linchpin_spec::model::{QsPolicy, ValidPolicy};

use crate::config::{Config, Functions};
use crate::generate::{Output, Source, generate};
use crate::path::RustPath;

/// Generates a client from a build script.
///
/// ```no_run
/// // build.rs
/// linchpin_codegen::Builder::new("connectors/tasks.json").only(["getTask"]).build("tasks.rs");
/// ```
///
/// The crate then includes what was written:
///
/// ```ignore
/// mod tasks {
///     include!(concat!(env!("OUT_DIR"), "/tasks.rs"));
/// }
/// ```
///
/// Cargo is told which files, and which folders, a new build depends on; warnings are shown by cargo.
#[derive(Debug, Clone)]
#[must_use = "nothing is generated until `build`"]
pub struct Builder {
    path: PathBuf,
    config: Config,
    mistakes: Vec<String>,
}

impl Builder {
    /// Generates the connector at `path`, relative to the folder of the build script's package.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), config: Config::default(), mistakes: Vec::new() }
    }

    /// Keeps these modules and what they reach.
    pub fn only<S: Into<String>>(mut self, modules: impl IntoIterator<Item = S>) -> Self {
        self.config.only.get_or_insert_default().extend(modules.into_iter().map(Into::into));
        self
    }

    /// Leaves out these modules, and what only they reach.
    pub fn except<S: Into<String>>(mut self, modules: impl IntoIterator<Item = S>) -> Self {
        self.config.except.extend(modules.into_iter().map(Into::into));
        self
    }

    /// Adds a trait to all types: `Serialize`, `Deserialize`, or any derive by its path.
    pub fn derive(mut self, path: &str) -> Self {
        if let Some(path) = self.path(path) {
            self.config.derives.push(path);
        }
        self
    }

    /// Hides a diagnostic, given by its id or name. A template that only it concerns fails when it runs.
    pub fn allow(self, code: &str) -> Self {
        self.level(code, Level::Allow)
    }

    /// Makes a diagnostic a warning.
    pub fn warn(self, code: &str) -> Self {
        self.level(code, Level::Warn)
    }

    /// Makes a diagnostic an error.
    pub fn deny(self, code: &str) -> Self {
        self.level(code, Level::Deny)
    }

    /// Says where the runtime is, when its crate has another name.
    pub fn crate_path(mut self, path: &str) -> Self {
        self.config.crate_path = self.path(path);
        self
    }

    /// Replaces all custom functions by those of a Rust module, named in snake case.
    pub fn functions(mut self, path: &str) -> Self {
        self.config.functions = self.path(path).map(|path| Functions { path, only: None });
        self
    }

    /// Replaces some custom functions by those of a Rust module.
    pub fn functions_only<S: Into<String>>(mut self, path: &str, only: impl IntoIterator<Item = S>) -> Self {
        let only = Some(only.into_iter().map(Into::into).collect());
        self.config.functions = self.path(path).map(|path| Functions { path, only });
        self
    }

    /// Emits `SAMPLES` beside the client, for mocks in tests.
    pub fn samples(mut self) -> Self {
        self.config.samples = true;
        self
    }

    /// What `qs` does to a query in the url, whatever the connector says.
    pub fn qs_policy(mut self, policy: QsPolicy) -> Self {
        self.config.options.qs_policy = Some(policy);
        self
    }

    /// What `valid` does to the test of the status, whatever the connector says.
    pub fn valid_policy(mut self, policy: ValidPolicy) -> Self {
        self.config.options.valid_policy = Some(policy);
        self
    }

    fn level(mut self, code: &str, level: Level) -> Self {
        match Code::find(code) {
            Some(code) => self.config.options.levels.push((code, level)),
            None => self.mistakes.push(format!("there is no diagnostic `{code}`")),
        }
        self
    }

    fn path(&mut self, path: &str) -> Option<RustPath> {
        path.parse().map_err(|error| self.mistakes.push(format!("{error}"))).ok()
    }

    /// Generates the client into the file `name` in `OUT_DIR`. Ends the build script when the connector has mistakes;
    /// they are printed to its standard error.
    pub fn build(self, name: impl AsRef<Path>) {
        let built = match std::env::var_os("OUT_DIR") {
            Some(folder) => self.build_to(&Path::new(&folder).join(name)),
            None => Err("`OUT_DIR` is not set: this is meant for build scripts".to_owned()),
        };
        if let Err(message) = built {
            // A build script has no other way to fail without a backtrace that hides the message.
            let _ = writeln!(io::stderr(), "{message}");
            process::exit(1);
        }
    }

    /// Like [`Builder::build`], but into a file anywhere.
    ///
    /// # Errors
    /// The mistakes of the connector or of the settings, ready to be shown, or why the file cannot be written.
    pub fn build_to(&self, file: &Path) -> Result<(), String> {
        if !self.mistakes.is_empty() {
            return Err(self.mistakes.iter().map(|mistake| format!("error: {mistake}\n")).collect());
        }
        let output = generate(Source::Path(&self.path), &self.config);
        let _ = io::stdout().write_all(directives(&output, &self.path).as_bytes());
        if output.is_denied() {
            return Err(output.rendered(io::stderr().is_terminal()));
        }
        write_if_changed(file, &output.formatted())
            .map_err(|error| format!("error: {}: {error}", file.display()))
    }
}

/// What cargo is told: files and folders to watch, and warnings.
fn directives(output: &Output, path: &Path) -> String {
    let mut lines = String::new();
    let missing = output.files.is_empty().then(|| path.to_owned());
    for path in output.files.iter().chain(&output.folders).chain(&missing) {
        let _ = writeln!(lines, "cargo::rerun-if-changed={}", path.display());
    }
    for diagnostic in output.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Warn) {
        let rendered = render_text(std::slice::from_ref(diagnostic), &output.sources, false);
        let rendered = rendered.strip_prefix("warning").unwrap_or(&rendered);
        for line in rendered.lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(lines, "cargo::warning={line}");
        }
    }
    lines
}

/// An unchanged file keeps its time, so that nothing is built again.
fn write_if_changed(file: &Path, text: &str) -> io::Result<()> {
    if std::fs::read_to_string(file).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text)
}
