//! From a connector's files to tokens.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use linchpin_spec::diagnostic::{Diagnostic, Level, render_text};
use linchpin_spec::facts;
use linchpin_spec::model::Connector;
use linchpin_spec::source::SourceMap;
use linchpin_spec::span::Span;
use linchpin_spec::{Loaded, load, load_inline};
use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Config;
use crate::emit::{self, Context, Custom};
use crate::lower;

/// Where a connector is.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// A file or a folder, in any layout.
    Path(&'a Path),
    /// A one-file connector as text.
    Inline {
        /// Stands for the file in diagnostics.
        name: &'a str,
        /// The text.
        text: &'a str,
    },
}

/// What generating gave.
#[derive(Debug, Clone)]
pub struct Output {
    /// The items of the client; empty when a diagnostic is denied.
    pub tokens: TokenStream,
    /// What is to be told to the author: errors and warnings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Files that were read, as absolute paths.
    pub files: Vec<PathBuf>,
    /// Folders in which a new file would change the connector.
    pub folders: Vec<PathBuf>,
}

impl Output {
    /// True when a diagnostic is denied: nothing was generated.
    pub fn is_denied(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Deny)
    }

    /// All diagnostics in the form of rustc's own.
    pub fn rendered(&self, color: bool) -> String {
        render_text(&self.diagnostics, &self.sources, color)
    }

    /// The items as formatted source text.
    #[cfg(feature = "format")]
    pub fn formatted(&self) -> String {
        match syn::parse2(self.tokens.clone()) {
            Ok(file) => prettyplease::unparse(&file),
            // What is emitted parses; a test sees to that. Unformatted text still compiles to the same error.
            Err(_) => self.tokens.to_string(),
        }
    }
}

/// Loads a connector and generates its client. The same input gives the same output.
///
/// Mistakes are in [`Output::diagnostics`]; this never fails otherwise.
pub fn generate(source: Source<'_>, config: &Config) -> Output {
    let options = &config.options;
    let loaded = match source {
        Source::Path(path) => load(path, options),
        Source::Inline { name, text } => load_inline(name, text, options),
    };
    let is_inline = matches!(source, Source::Inline { .. });
    let Loaded { mut connector, mut diagnostics, sources, folders } = loaded;
    if let Some(found) = &connector {
        let unknown = config.selection().unknown(found);
        if !unknown.is_empty() {
            diagnostics.extend(unknown);
            connector = None;
        }
    }
    let files = if is_inline { Vec::new() } else { files(&sources) };
    let tokens = match &mut connector {
        Some(connector) => tokens(connector, config, &sources, &files),
        None => TokenStream::new(),
    };
    Output { tokens, diagnostics, sources, files, folders }
}

fn files(sources: &SourceMap) -> Vec<PathBuf> {
    let paths = sources.files().map(|(_, file)| file.path());
    paths.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned())).collect()
}

fn tokens(connector: &mut Connector, config: &Config, sources: &SourceMap, files: &[PathBuf]) -> TokenStream {
    lower::keep(connector, &config.selection());
    let connector = &*connector;
    let custom = custom(connector, config);
    let api = lower::lower(connector, &|name| matches!(custom.get(name), Some(Custom::Rust(_))));
    let locate = |span: Span| facts::place(connector, sources, span);
    let context = Context::new(&locate, custom).knowing(connector);
    let crate_path =
        config.crate_path.as_ref().map_or_else(|| quote!(::linchpin), |path| path.tokens().clone());
    let tracked = if config.track_files { files } else { &[] };
    let mut items = emit::items(&context, &api, &crate_path, &config.derives, tracked);
    if config.samples {
        items.extend(emit::samples(&lower::samples(connector)));
    }
    items
}

/// Who runs each custom function.
fn custom(connector: &Connector, config: &Config) -> BTreeMap<String, Custom> {
    let custom = connector.functions.iter().map(|function| {
        let name = &function.id.value;
        let by_rust = config.functions.as_ref().filter(|functions| functions.covers(name));
        let custom =
            by_rust.map_or(Custom::Engine, |functions| Custom::Rust(functions.path.tokens().clone()));
        (name.clone(), custom)
    });
    custom.collect()
}
