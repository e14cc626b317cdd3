//! What an IML expression becomes in Rust, and how one form is turned into another.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// A Rust expression that stands for an IML value.
///
/// The forms differ in who owns the value, so that paths are read without a copy and nothing is dropped too early.
#[derive(Clone)]
pub(crate) enum Code {
    /// A constant of the runtime, such as `__lp::Value::NULL`.
    Const(TokenStream),
    /// A `&Value` that lives as long as the scope.
    Place(TokenStream),
    /// A `&Value` into something that dies at the end of the statement.
    Temporary(TokenStream),
    /// A `Value`.
    Owned(TokenStream),
    /// A `bool`.
    Truth(Truth),
}

/// A Rust condition.
#[derive(Clone)]
pub(crate) struct Truth {
    tokens: TokenStream,
    /// Needs parentheses as an operand.
    compound: bool,
}

impl Truth {
    /// A condition that binds tighter than any operator.
    pub(crate) fn simple(tokens: TokenStream) -> Self {
        Self { tokens, compound: false }
    }

    /// Both of two conditions (`&&`), or any of them (`||`).
    pub(crate) fn joined(left: &Self, operator: &TokenStream, right: &Self) -> Self {
        let (left, right) = (left.operand(), right.operand());
        Self { tokens: quote!(#left #operator #right), compound: true }
    }

    /// The opposite.
    pub(crate) fn negated(&self) -> Self {
        let operand = self.operand();
        Self::simple(quote!(!#operand))
    }

    /// The condition, where it stands alone.
    pub(crate) fn tokens(&self) -> TokenStream {
        self.tokens.clone()
    }

    fn operand(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.compound { quote!((#tokens)) } else { tokens.clone() }
    }
}

impl Code {
    /// As a `&Value` that lives at least to the end of the statement.
    pub(crate) fn reference(&self) -> TokenStream {
        match self {
            Self::Place(tokens) | Self::Temporary(tokens) => tokens.clone(),
            Self::Const(tokens) | Self::Owned(tokens) => quote!(&#tokens),
            Self::Truth(_) => {
                let owned = self.owned();
                quote!(&#owned)
            }
        }
    }

    /// As a `Value`.
    pub(crate) fn owned(&self) -> TokenStream {
        match self {
            Self::Const(tokens) | Self::Owned(tokens) => tokens.clone(),
            Self::Place(tokens) | Self::Temporary(tokens) => quote!(__lp::own(#tokens)),
            Self::Truth(truth) => {
                let truth = truth.tokens();
                quote!(__lp::Value::Bool(#truth))
            }
        }
    }

    /// As a condition.
    pub(crate) fn truth(&self) -> Truth {
        match self {
            Self::Truth(truth) => truth.clone(),
            _ => {
                let receiver = self.receiver();
                Truth::simple(quote!(#receiver.is_truthy()))
            }
        }
    }

    /// As a `&Value` that lives as long as the scope, where it is one.
    pub(crate) fn place(&self) -> Option<TokenStream> {
        match self {
            Self::Const(_) | Self::Place(_) => Some(self.reference()),
            Self::Temporary(_) | Self::Owned(_) | Self::Truth(_) => None,
        }
    }

    /// As what `let v = ..;` is given, so that `v.method()` works for as long as `v` is there.
    pub(crate) fn binding(&self) -> TokenStream {
        self.place().unwrap_or_else(|| self.owned())
    }

    /// As what a method is called on.
    pub(crate) fn receiver(&self) -> TokenStream {
        let tokens = match self {
            Self::Const(tokens) | Self::Place(tokens) | Self::Temporary(tokens) | Self::Owned(tokens) => {
                tokens.clone()
            }
            Self::Truth(_) => self.owned(),
        };
        if starts_like_a_statement(&tokens) { quote!((#tokens)) } else { tokens }
    }

    /// The first step of a path behind this expression; `place` is kept, everything else becomes temporary.
    pub(crate) fn step(&self, method: &TokenStream) -> Self {
        let receiver = self.receiver();
        let tokens = quote!(#receiver.#method);
        match self {
            Self::Const(_) | Self::Place(_) => Self::Place(tokens),
            Self::Temporary(_) | Self::Owned(_) | Self::Truth(_) => Self::Temporary(tokens),
        }
    }

    /// One of two, as both are: places stay places, anything else is owned.
    pub(crate) fn either(condition: &TokenStream, yes: &Self, no: &Self) -> Self {
        match (yes.place(), no.place()) {
            (Some(yes), Some(no)) => Self::Place(quote!(if #condition { #yes } else { #no })),
            _ => {
                let (yes, no) = (yes.owned(), no.owned());
                Self::Owned(quote!(if #condition { #yes } else { #no }))
            }
        }
    }
}

/// `if ..`, `{ .. }`, a labelled block and `&..` would not be read as one operand in front of a method.
fn starts_like_a_statement(tokens: &TokenStream) -> bool {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(ident)) => ident == "if",
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), '\'' | '&'),
        _ => false,
    }
}
