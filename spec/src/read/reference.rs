//! References to RPCs: `rpc://name@version?key=value` (connector.md 14.1).

use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::iml::ast::Template;
use crate::iml::parse_template;
use crate::model::RpcReference;
use crate::source::ComponentKind;
use crate::span::{Spanned, Text};

const SCHEME: &str = "rpc://";

impl Reader<'_> {
    /// The reference that `text` holds. Strings that are none are reported.
    pub(super) fn rpc_reference(&mut self, what: &str, text: &Text) -> Option<RpcReference> {
        let Some(target) = text.value.trim().strip_prefix(SCHEME) else {
            let message = format!("`{what}` takes RPC references as strings, not `{}`", text.value);
            let diagnostic = Diagnostic::new(Code::WrongValue, message, text.span);
            self.sink.push(diagnostic.help("write `rpc://` and the name of an RPC"));
            return None;
        };
        let (name, query) = target.split_once('?').unwrap_or((target, ""));
        let name = name.split('@').next().unwrap_or(name).trim_end_matches('/');
        let name = self.resolve(ComponentKind::Rpc, Spanned::new(name.to_owned(), text.span));
        let pairs = split_pairs(query);
        let query =
            pairs.into_iter().map(|(key, value)| (decode(key), self.query_value(value, text))).collect();
        Some(RpcReference { name: name.value, query, span: text.span })
    }

    fn query_value(&mut self, value: &str, text: &Text) -> Template {
        parse_template(&Text::detached(decode(value), text.span), self.sink)
    }
}

/// The pairs of a query. An `&` or `=` inside of `{{ }}` belongs to the template.
fn split_pairs(query: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let mut rest = query;
    while !rest.is_empty() {
        let (pair, after) = split_outside(rest, '&').unwrap_or((rest, ""));
        rest = after;
        if !pair.is_empty() {
            pairs.push(split_outside(pair, '=').unwrap_or((pair, "")));
        }
    }
    pairs
}

/// What stands before and behind the first `separator` outside of mustaches.
fn split_outside(text: &str, separator: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (before, c) {
            ('{', '{') => depth += 1,
            ('}', '}') => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 => return text.get(..at).zip(text.get(at + c.len_utf8()..)),
            _ => {
                before = c;
                continue;
            }
        }
        // A third brace in a row starts anew.
        before = ' ';
    }
    None
}

/// Percent-decodes; what is no escape stays as it is.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_split_outside_of_templates() {
        let pairs = split_pairs("a=1&b={{if(x = 1 & y; 'p=q'; 'r')}}&c&&d=e=f");
        assert_eq!(pairs, [("a", "1"), ("b", "{{if(x = 1 & y; 'p=q'; 'r')}}"), ("c", ""), ("d", "e=f")]);
        assert_eq!(split_pairs(""), []);
    }

    #[test]
    fn escapes_are_decoded_and_others_kept() {
        assert_eq!(decode("a%20b%2"), "a b%2");
        assert_eq!(decode("100%"), "100%");
    }
}
