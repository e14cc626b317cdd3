//! `linchpin check`: every diagnostic of every connector, and a line about each.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use linchpin_spec::Loaded;
use linchpin_spec::diagnostic::{Level, render_json, render_text};
use serde_json::{Value, json};

use crate::count::Counts;
use crate::levels::Levels;
use crate::output::{BOLD, GREEN, Progress, RED, YELLOW, colour, print, report};
use crate::paths::connectors;
use crate::scripts;

/// Show every mistake in connectors
///
/// Reads one-file connectors, apps with `makecomapp.json`, exported apps and OAuth 2 connection documents. Errors
/// and warnings go to the error stream, a line about each connector to the standard output.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin check connector.json
  linchpin check apps --deny warnings --allow zero-index
  linchpin check connector.json --format json > report.jsonl")]
pub(crate) struct Arguments {
    /// Files or folders; a folder of connectors stands for all of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to show what is found; `json` writes one object a line, one line a connector
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    levels: Levels,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What was found in one connector.
struct Found {
    path: PathBuf,
    name: String,
    counts: Option<Counts>,
    warnings: usize,
    errors: usize,
}

/// Checks every connector; true when all of them compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let paths = connectors(&arguments.paths);
    let progress = Progress::new(paths.len());
    let mut failed = 0;
    for (at, path) in paths.iter().enumerate() {
        progress.step(at, &path.display().to_string());
        let options = arguments.levels.options();
        let mut loaded = linchpin_spec::load(path, &options);
        if let Some(connector) = &loaded.connector {
            loaded.diagnostics.extend(scripts::check(connector, &options));
        }
        arguments.levels.apply(&mut loaded.diagnostics);
        let found = Found::new(path, &mut loaded);
        progress.clear();
        match arguments.format {
            Format::Text => show(&found, &loaded),
            Format::Json => print(&json_line(&found, &loaded)),
        }
        failed += usize::from(found.errors > 0);
    }
    if paths.len() > 1 && arguments.format == Format::Text {
        print(&format!("{} of {} connectors compile\n", paths.len() - failed, paths.len()));
    }
    Ok(failed == 0)
}

impl Found {
    fn new(path: &Path, loaded: &mut Loaded) -> Self {
        let with = |level| loaded.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
        let name =
            loaded.connector.as_ref().map_or_else(|| path.display().to_string(), |found| found.name.clone());
        let counts = loaded.connector.as_mut().map(Counts::of);
        Self { path: path.to_owned(), name, counts, warnings: with(Level::Warn), errors: with(Level::Deny) }
    }
}

fn show(found: &Found, loaded: &Loaded) {
    if !loaded.diagnostics.is_empty() {
        report(&render_text(&loaded.diagnostics, &loaded.sources, colour()));
    }
    let (style, word) = if found.errors == 0 { (GREEN, "ok") } else { (RED, "failed") };
    let mut line = format!("{style}{word}{style:#} {BOLD}{}{BOLD:#}", found.name);
    if let Some(counts) = &found.counts {
        line.push_str(&format!(
            ": {}, {}, {}",
            plural(counts.modules, "module"),
            plural(counts.rpcs, "RPC"),
            plural(counts.templates, "template")
        ));
    }
    let separator = if found.counts.is_some() { ", " } else { ": " };
    let style = if found.warnings > 0 { YELLOW } else { anstyle::Style::new() };
    line.push_str(&format!("{separator}{style}{}{style:#}", plural(found.warnings, "warning")));
    if found.errors > 0 {
        line.push_str(&format!(", {RED}{}{RED:#}", plural(found.errors, "error")));
    }
    print(&format!("{line}\n"));
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn json_line(found: &Found, loaded: &Loaded) -> String {
    let Counts { modules, rpcs, templates } = found.counts.unwrap_or_default();
    let rendered = render_json(&loaded.diagnostics, &loaded.sources);
    let diagnostics: Vec<Value> =
        rendered.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let line = json!({
        "path": found.path,
        "name": found.name,
        "ok": found.errors == 0,
        "modules": modules,
        "rpcs": rpcs,
        "templates": templates,
        "warnings": found.warnings,
        "errors": found.errors,
        "diagnostics": diagnostics,
    });
    format!("{line}\n")
}
