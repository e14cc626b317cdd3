//! Compiles a client for every connector of the corpus, and writes the calls of all its modules with sample input.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use linchpin_codegen::{Config, Source, generate};

#[path = "build/events.rs"]
mod events;
#[path = "src/folders.rs"]
#[allow(unreachable_pub, reason = "the module is also a part of the library")]
mod folders;
#[path = "build/generated.rs"]
mod generated;
#[path = "build/samples.rs"]
mod samples;

use generated::Generated;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={}", folders::VARIABLE);
    // Also while it is absent, so that it is seen when it comes.
    println!("cargo::rerun-if-changed={}", folders::beside().display());
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut subjects = String::new();
    let mut table = String::new();
    for (number, path) in folders::place().iter().flat_map(|place| folders::connectors(place)).enumerate() {
        println!("cargo::rerun-if-changed={}", path.display());
        subjects.push_str(&subject(number, &path, &out)?);
        writeln!(table, "    subject{number}::SUBJECT,")?;
    }
    let code = format!("{subjects}\npub const SUBJECTS: &[crate::Subject] = &[\n{table}];\n");
    std::fs::write(out.join("subjects.rs"), code)?;
    Ok(())
}

/// A module with the client of the connector at `path`, and its calls. A connector that does not compile has only its
/// diagnostics: the tests show them.
fn subject(number: usize, path: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let output = generate(Source::Path(path), &Config::default());
    let folder = path.display().to_string();
    if output.is_denied() {
        let diagnostics = output.rendered(false);
        return Ok(format!(
            "mod subject{number} {{ pub const SUBJECT: crate::Subject = crate::Subject {{ folder: {folder:?}, \
             prepare: Err({diagnostics:?}) }}; }}\n"
        ));
    }
    for file in &output.files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let client = out.join(format!("client{number}.rs"));
    std::fs::write(&client, output.formatted())?;
    let connector =
        linchpin_spec::load(path, &Config::default().options).connector.ok_or("it compiled before")?;
    let prepare = samples::prepare(&Generated::read(&syn::parse2(output.tokens)?), &connector);
    Ok(format!(
        "#[allow(clippy::all, clippy::pedantic)]\nmod subject{number} {{\n    #[path = {client:?}]\n    mod client;\n    pub const SUBJECT: crate::Subject = \
         crate::Subject {{ folder: {folder:?}, prepare: Ok(prepare) }};\n    {prepare}\n}}\n"
    ))
}
