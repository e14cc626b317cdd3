//! Statements that write text into a buffer, with adjacent literal text merged.

use proc_macro2::TokenStream;
use quote::quote;

/// Collects statements; `b` is the buffer in the emitted code.
#[derive(Default)]
pub(crate) struct Writer {
    statements: TokenStream,
    literal: String,
}

impl Writer {
    /// Appends literal text.
    pub(crate) fn text(&mut self, text: &str) {
        self.literal.push_str(text);
    }

    /// Appends a statement.
    pub(crate) fn statement(&mut self, statement: TokenStream) {
        self.flush();
        self.statements.extend(statement);
    }

    /// All statements.
    pub(crate) fn finish(mut self) -> TokenStream {
        self.flush();
        self.statements
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            let literal = std::mem::take(&mut self.literal);
            self.statements.extend(quote!(b.push_str(#literal);));
        }
    }
}
