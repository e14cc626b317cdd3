//! The arguments of `switch` (iml.md 9.1).

use super::ast::Expr;

/// The arguments of a `switch`: what it looks at, the pairs of value and result, and what it gives otherwise.
#[derive(Debug, Clone)]
pub struct Switch<'a> {
    /// What is compared.
    pub subject: Option<&'a Option<Expr>>,
    /// Values, each with its result.
    pub arms: Vec<(&'a Option<Expr>, &'a Option<Expr>)>,
    /// The result when no value matches.
    pub otherwise: Option<&'a Option<Expr>>,
}

impl<'a> Switch<'a> {
    /// Sorts arguments out.
    pub fn of(args: &'a [Option<Expr>]) -> Self {
        let pairs = args.get(1..).unwrap_or_default().chunks_exact(2);
        let otherwise = pairs.remainder().first();
        let arms = pairs.filter_map(|pair| pair.first().zip(pair.get(1))).collect();
        Self { subject: args.first(), arms, otherwise }
    }
}
