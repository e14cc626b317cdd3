//! The JavaScript of a connector, parsed with the engine that would run it.

use linchpin::js::{CodeBlock, SyntaxError, check_function};
use linchpin_spec::Options;
use linchpin_spec::diagnostic::{Code, Diagnostic, Level};
use linchpin_spec::facts::code_parameter;
use linchpin_spec::model::Connector;
use linchpin_spec::span::{Span, Text};

/// What of the connector's JavaScript does not parse. Nothing of it runs.
pub(crate) fn check(connector: &Connector, options: &Options) -> Vec<Diagnostic> {
    let set = options.levels.iter().rev().find(|(code, _)| *code == Code::JavaScriptSyntax);
    let level = set.map_or(Level::Deny, |(_, level)| *level);
    if level == Level::Allow {
        return Vec::new();
    }
    let functions = connector.functions.iter();
    let functions = functions.filter_map(|function| {
        let mistake = check_function(&function.code.value).err()?;
        Some(diagnostic(&format!("function `{}`", function.id.value), &function.code, &mistake))
    });
    let modules = connector.modules.iter();
    let modules = modules.filter_map(|module| Some(("module", &module.id.value, module.code.as_ref()?)));
    let sources = connector.data_sources.iter();
    let sources = sources.map(|source| ("data source", &source.id.value, &source.code));
    let blocks = modules.chain(sources).filter_map(|(noun, id, code)| check_block(noun, id, code));
    let found = functions.chain(blocks);
    found.map(|diagnostic| Diagnostic { level, ..diagnostic }).collect()
}

/// What of a block does not parse.
pub(crate) fn check_block(noun: &str, id: &str, code: &Text) -> Option<Diagnostic> {
    let mistake = match code_parameter(&code.value) {
        Some(_) => None,
        None => CodeBlock::new(&*code.value).check().err(),
    }?;
    Some(diagnostic(&format!("{noun} `{id}`"), code, &mistake))
}

fn diagnostic(what: &str, code: &Text, mistake: &SyntaxError) -> Diagnostic {
    let message = format!("the JavaScript of {what} does not parse: {}", mistake.message);
    Diagnostic::new(Code::JavaScriptSyntax, message, span(code, mistake))
        .help(format!("line {}, column {} of the code", mistake.line, mistake.column))
}

/// The place of a mistake in the file that holds the code, also behind the escapes of JSON.
fn span(code: &Text, mistake: &SyntaxError) -> Span {
    let mut start = 0;
    let lines = code.value.split_inclusive('\n');
    for (number, line) in lines.enumerate() {
        if number + 1 == mistake.line {
            let before = line.char_indices().nth(mistake.column.saturating_sub(1));
            start += before.map_or(line.trim_end().len(), |(at, _)| at);
            break;
        }
        start += line.len();
    }
    let length = code.value.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    code.span_of(offset(start)..offset(start + length))
}
