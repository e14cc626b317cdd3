//! Where something stands, as errors at run time say it.

use std::path::Path;

use crate::model::Connector;
use crate::source::SourceMap;
use crate::span::Span;

/// `file:line:column` of a span.
///
/// Files are named from the connector's folder on: where that lies is nobody's business but the builder's.
pub fn place(connector: &Connector, sources: &SourceMap, span: Span) -> String {
    let root = connector.files.first().and_then(|file| sources.file(*file).path().parent());
    let path = sources.file(span.file).path();
    let inside = root.and_then(|root| path.strip_prefix(root).ok());
    let path = inside.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    let (line, column) = sources.position(span);
    format!("{}:{line}:{column}", path.display().to_string().replace('\\', "/"))
}
