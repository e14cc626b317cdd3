//! Checks of a connector that was read: names, scopes, arguments, references.

use crate::Options;
use crate::diagnostic::Diagnostic;
use crate::model::Connector;

/// Looks through the whole connector and reports what is wrong with it.
pub fn check(_connector: &Connector, _options: &Options, _sink: &mut Vec<Diagnostic>) {}
