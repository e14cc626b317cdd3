//! Compiles the template of every vector. What a vector expects is not looked at here.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use linchpin_codegen::{Shape, TemplateConfig, compile_template};

#[path = "src/files.rs"]
#[allow(unreachable_pub, reason = "the module is also a part of the library")]
mod files;

/// Functions in one generated file: small enough for rustc to stay fast, and for several to build at once.
const CHUNK: usize = 64;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={}", files::VARIABLE);
    // Also while it is absent, so that it is seen when it comes.
    println!("cargo::rerun-if-changed={}", files::beside().display());
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut templates = Vec::new();
    let mut seen = HashSet::new();
    for place in std::iter::once(files::own()).chain(files::place()) {
        println!("cargo::rerun-if-changed={}", place.display());
        for file in files::list(&place)? {
            println!("cargo::rerun-if-changed={}", file.display());
            for template in read(&file)? {
                if seen.insert(template.clone()) {
                    templates.push(template);
                }
            }
        }
    }
    write(&out, &templates)
}

/// The templates of one file of vectors.
fn read(file: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let vectors: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let vectors = vectors.as_array().ok_or("a file of vectors is an array")?;
    Ok(vectors.iter().filter_map(|vector| vector["template"].as_str()).map(str::to_owned).collect())
}

/// Writes one file for each chunk, and the table that leads from a template to what became of it.
fn write(out: &Path, templates: &[String]) -> Result<(), Box<dyn Error>> {
    let mut config = TemplateConfig::default();
    config.shape = Shape::Template;
    let mut modules = String::new();
    let mut table = String::new();
    for (number, chunk) in templates.chunks(CHUNK).enumerate() {
        let mut code = String::new();
        for (index, template) in chunk.iter().enumerate() {
            let entry = match compile_template(template, &config) {
                Ok(tokens) => {
                    writeln!(code, "pub static T{index}: ::linchpin::Template = {tokens};")?;
                    format!("Ok(&chunk{number}::T{index})")
                }
                Err(error) => format!("Err({:?})", error.to_string()),
            };
            writeln!(table, "    ({template:?}, {entry}),")?;
        }
        let file = format!("chunk{number}.rs");
        std::fs::write(out.join(&file), code)?;
        let path = out.join(&file);
        writeln!(modules, "#[path = {path:?}]\nmod chunk{number};")?;
    }
    let table = format!("{modules}\npub static TEMPLATES: &[(&str, Compiled)] = &[\n{table}];\n");
    std::fs::write(out.join("templates.rs"), table)?;
    Ok(())
}
