//! Which code `linchpin run` runs: a file of code, or a block of a connector or an integration.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use linchpin::js::CodeBlock;
use linchpin_spec::diagnostic::render_text;
use linchpin_spec::facts::code_parameter;
use linchpin_spec::model::{Connector, ModuleKind};
use linchpin_spec::span::Text;
use linchpin_spec::{Options, load};

use crate::output::colour;
use crate::scripts;

/// What a block is run as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Action,
    Trigger,
    DataSource,
}

/// A block that was found.
pub(crate) struct Block {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// A block inside of a connector.
struct Candidate<'a> {
    id: &'a str,
    label: Option<&'a str>,
    kind: Kind,
    code: &'a Text,
}

/// Reads the block at `path`; of a connector, the one that `name` names by its id or its name for people.
pub(crate) fn read(path: &Path, name: Option<&str>, kind: Option<Kind>) -> Result<Block, String> {
    if is_connector(path) {
        return match kind {
            None => of_connector(path, name),
            Some(_) => Err("`--kind` is for a file of code: a connector says what its blocks are".to_owned()),
        };
    }
    let Some(kind) = kind else {
        return Err(
            "say what the code is: `--kind action`, `--kind trigger` or `--kind data-source`".to_owned()
        );
    };
    if name.is_some() {
        return Err("`--block` is for a connector: a file of code is one block".to_owned());
    }
    let code = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let name = path.file_name().map_or_else(|| "code".into(), |name| name.to_string_lossy());
    if let Err(mistake) = CodeBlock::new(code.as_str()).check() {
        return Err(format!("{name}:{}:{}: {}", mistake.line, mistake.column, mistake.message));
    }
    Ok(Block { name: name.into_owned(), code, kind })
}

/// The files that the block at `path` comes from.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    if !is_connector(path) {
        return vec![path.to_owned()];
    }
    let loaded = load(path, &Options::default());
    loaded.sources.files().map(|(_, file)| file.path().to_owned()).collect()
}

fn is_connector(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    path.is_dir() || matches!(extension, Some("json" | "jsonc" | "yml" | "yaml"))
}

fn of_connector(path: &Path, name: Option<&str>) -> Result<Block, String> {
    let loaded = load(path, &Options::default());
    let show = |diagnostics: &[_]| {
        let text = render_text(diagnostics, &loaded.sources, colour());
        format!("{} does not run\n{text}", path.display())
    };
    let Some(connector) = &loaded.connector else { return Err(show(&loaded.diagnostics)) };
    let all = candidates(connector);
    let fits = |block: &&Candidate<'_>| name.is_none_or(|name| block.id == name || block.label == Some(name));
    let mut found = all.iter().filter(fits);
    let (Some(block), None) = (found.next(), found.next()) else {
        let names = all.iter().map(|block| format!("`{}`", block.id)).collect::<Vec<_>>().join(", ");
        return Err(match (name, all.is_empty()) {
            (_, true) => format!("{} has no code block", path.display()),
            (None, _) => format!("name a block with `--block`: {names}"),
            (Some(name), _) => format!("there is no block `{name}`, or more than one: there are {names}"),
        });
    };
    let noun = if block.kind == Kind::DataSource { "data source" } else { "module" };
    if let Some(mistake) = scripts::check_block(noun, block.id, block.code) {
        return Err(show(&[mistake]));
    }
    Ok(Block { code: block.code.value.to_string(), name: block.id.to_owned(), kind: block.kind })
}

fn candidates(connector: &Connector) -> Vec<Candidate<'_>> {
    let modules = connector.modules.iter().filter_map(|module| {
        let kind = if module.kind == ModuleKind::Trigger { Kind::Trigger } else { Kind::Action };
        let (id, label) = (module.id.value.as_str(), module.label.as_deref());
        Some(Candidate { id, label, kind, code: module.code.as_ref()? })
    });
    let sources = connector.data_sources.iter().map(|source| {
        let (id, label) = (source.id.value.as_str(), source.label.as_deref());
        Candidate { id, label, kind: Kind::DataSource, code: &source.code }
    });
    modules.chain(sources).filter(|block| code_parameter(&block.code.value).is_none()).collect()
}
