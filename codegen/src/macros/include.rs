//! `include_connector!`

use std::path::{Path, PathBuf};

use linchpin_spec::diagnostic::{Code, Diagnostic, Level};
use proc_macro2::{Span, TokenStream};

use super::options::{Arguments, SourceArgument};
use super::place::Bases;
use crate::config::Config;
use crate::generate::{Output, Source, generate};
use crate::report;

/// What `include_connector!` expands to: the client's items, and one `compile_error!` for each mistake.
///
/// `bases` are the folders that a relative path may start from.
pub fn expand_include_connector(input: TokenStream, bases: &Bases) -> TokenStream {
    let Arguments { source, mut config, selection } = match syn::parse2(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    config.track_files = true;
    let place = Place::new(&source, bases);
    let output = generate(place.source(), &config);
    if !output.is_denied() {
        return output.tokens;
    }
    let mut tokens = errors(&output, source.span(), selection);
    tokens.extend(skeleton(&place, config, &output));
    tokens
}

/// A resolved source.
enum Place {
    Path(PathBuf),
    Inline(String),
}

impl Place {
    fn new(source: &SourceArgument, bases: &Bases) -> Self {
        match source {
            SourceArgument::Path(literal) => Self::Path(bases.resolve(Path::new(&literal.value()))),
            SourceArgument::Inline(literal) => Self::Inline(literal.value()),
        }
    }

    fn source(&self) -> Source<'_> {
        match self {
            Self::Path(path) => Source::Path(path),
            Self::Inline(text) => Source::Inline { name: "connector.json", text },
        }
    }
}

/// Mistakes stand at the path, those of `only` and `except` at their names.
fn errors(output: &Output, source: Span, selection: Option<Span>) -> TokenStream {
    let (named, others): (Vec<_>, Vec<_>) = output.diagnostics.iter().cloned().partition(is_of_selection);
    let mut errors = report::errors(&others, &output.sources, source);
    errors.extend(report::errors(&named, &output.sources, selection.unwrap_or(source)));
    errors
}

fn is_of_selection(diagnostic: &Diagnostic) -> bool {
    diagnostic.span.is_none() && diagnostic.code == Code::UnknownModule
}

/// The client as far as it can be told in spite of the mistakes, so that code that uses it is not reported as well.
/// Nothing of it ever runs: the errors stand beside it.
fn skeleton(place: &Place, mut config: Config, output: &Output) -> TokenStream {
    for diagnostic in output.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Deny) {
        config.options.levels.push((diagnostic.code, Level::Allow));
    }
    if output.diagnostics.iter().any(is_of_selection) {
        config.only = None;
        config.except = Vec::new();
    }
    generate(place.source(), &config).tokens
}
