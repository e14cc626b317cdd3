//! Diagnostics as errors of rustc.

use linchpin_spec::diagnostic::{Diagnostic, Level, render_text};
use linchpin_spec::source::SourceMap;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// More errors than this are not shown at once.
const MOST_SHOWN: usize = 50;

/// Every denied diagnostic as an error at `span`. A macro cannot warn, so the others are left out (rulings 9).
pub(crate) fn errors(diagnostics: &[Diagnostic], sources: &SourceMap, span: Span) -> TokenStream {
    let denied: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Deny).collect();
    let shown = denied.iter().take(MOST_SHOWN).map(|diagnostic| error(&message(diagnostic, sources), span));
    let mut errors: TokenStream = shown.collect();
    if let Some(more) = denied.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        errors.extend(error(&format!("the connector has {more} more errors"), span));
    }
    errors
}

/// The text of one diagnostic. rustc writes `error:` in front of it.
fn message(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let rendered = render_text(std::slice::from_ref(diagnostic), sources, false);
    let id = diagnostic.code.info().id;
    let title = format!("error[{id}]: ");
    match rendered.trim_end().strip_prefix(&title) {
        Some(rest) => format!("[{id}] {rest}"),
        None => rendered.trim_end().to_owned(),
    }
}

/// One error at `span`.
pub(crate) fn error(message: &str, span: Span) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error! { #message })
}
