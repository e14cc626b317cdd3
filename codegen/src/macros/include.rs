//! `include_connector!`

use std::path::Path;

use linchpin_spec::diagnostic::Diagnostic;
use proc_macro2::{Span, TokenStream};

use super::options::{Arguments, SourceArgument};
use super::place::Bases;
use crate::generate::{Output, Source, generate};
use crate::report;

/// What `include_connector!` expands to: the client's items, or one `compile_error!` for each mistake.
///
/// `bases` are the folders that a relative path may start from.
pub fn expand_include_connector(input: TokenStream, bases: &Bases) -> TokenStream {
    let Arguments { source, mut config, selection } = match syn::parse2(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    config.track_files = true;
    let output = match &source {
        SourceArgument::Path(literal) => {
            let path = bases.resolve(Path::new(&literal.value()));
            generate(Source::Path(&path), &config)
        }
        SourceArgument::Inline(literal) => {
            generate(Source::Inline { name: "connector.json", text: &literal.value() }, &config)
        }
    };
    if output.is_denied() { errors(&output, source.span(), selection) } else { output.tokens }
}

/// Mistakes stand at the path, those of `only` and `except` at their names.
fn errors(output: &Output, source: Span, selection: Option<Span>) -> TokenStream {
    let is_of_selection = |diagnostic: &&Diagnostic| diagnostic.span.is_none() && selection.is_some();
    let (named, others): (Vec<_>, Vec<_>) = output.diagnostics.iter().partition(is_of_selection);
    let named: Vec<Diagnostic> = named.into_iter().cloned().collect();
    let others: Vec<Diagnostic> = others.into_iter().cloned().collect();
    let mut errors = report::errors(&others, &output.sources, source);
    errors.extend(report::errors(&named, &output.sources, selection.unwrap_or(source)));
    errors
}
