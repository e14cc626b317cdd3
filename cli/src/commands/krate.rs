//! `linchpin crate`: a crate of its own for the client of a connector.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use linchpin_spec::Loaded;
use linchpin_spec::diagnostic::render_text;

use crate::copy::{self, Copied};
use crate::levels::Levels;
use crate::manifest::{library, manifest, package_name};
use crate::output::{BOLD, GREEN, colour, print, report};

/// Write a crate that holds the client of a connector
///
/// The files of the connector are copied into it, without constants (`common`) and hidden files: values of constants
/// are given to the client's builder when it runs.
#[derive(Args)]
#[command(after_help = "\
Examples:
  linchpin crate apps/crm --out crm-client
  linchpin crate connector.json --out client --linchpin-path ../linchpin")]
pub(crate) struct Arguments {
    /// File or folder of the connector
    path: PathBuf,
    /// Folder to write to; created when it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where linchpin's sources are, to depend on them by path instead of on the published version
    #[arg(long, value_name = "DIR")]
    linchpin_path: Option<PathBuf>,
    /// Name of the crate; made from the connector's name by default
    #[arg(long)]
    name: Option<String>,
    /// Write into a folder that is not empty
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    levels: Levels,
}

/// Writes the crate; false when the connector does not compile.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut loaded = linchpin_spec::load(&arguments.path, &arguments.levels.options());
    arguments.levels.apply(&mut loaded.diagnostics);
    let Loaded { connector: Some(connector), .. } = &loaded else {
        report(&render_text(&loaded.diagnostics, &loaded.sources, colour()));
        return Ok(false);
    };
    if loaded.is_denied() {
        report(&render_text(&loaded.diagnostics, &loaded.sources, colour()));
        return Ok(false);
    }
    let out = &arguments.out;
    if !arguments.force && fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("`{}` is not empty; `--force` writes into it all the same", out.display()));
    }
    let runtime = arguments.linchpin_path.as_deref().map(runtime_folder).transpose()?;
    let name = package_name(arguments.name.as_deref().unwrap_or(&connector.name));
    let Copied { entry, count, left_out } =
        copy::connector(&loaded, &arguments.path, &out.join("connector"))?;
    write(&out.join("Cargo.toml"), &manifest(&name, connector, &entry, runtime.as_deref()))?;
    write(&out.join("src/lib.rs"), &library(connector, &entry, &arguments.levels.macro_options()))?;
    write(&out.join(".gitignore"), "/target\n")?;
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    print(&format!(
        "{GREEN}wrote{GREEN:#} crate {BOLD}{name}{BOLD:#} to {} ({files} of the connector)\n",
        out.display()
    ));
    for path in left_out {
        print(&format!("left out {}: give its values to `ClientBuilder::common`\n", path.display()));
    }
    Ok(true)
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|error| format!("{}: {error}", path.display()))
}

/// The folder of the runtime's package, for which the folder of the whole workspace may be given.
fn runtime_folder(path: &Path) -> Result<PathBuf, String> {
    let candidates = [path.join("runtime"), path.to_owned()];
    let found = candidates.iter().find(|folder| {
        fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("name = \"linchpin\"\n"))
    });
    let found = found.ok_or_else(|| format!("there is no package `linchpin` in `{}`", path.display()))?;
    std::path::absolute(found).map_err(|error| format!("{}: {error}", found.display()))
}
