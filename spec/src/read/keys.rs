//! Looks at the keys of an object: unknown, misplaced and internal directives.

use super::directives::{Directive, Place, REQUEST, RESPONSE, find, is_internal};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::json::{Member, Node};

/// An object that holds directives of one table.
#[derive(Clone, Copy)]
pub(super) struct Directives<'n> {
    pub(super) node: &'n Node,
    pub(super) table: &'static [Directive],
    pub(super) place: Place,
}

impl<'n> Directives<'n> {
    /// The value of a directive; absent where it is `null` or means nothing in this place.
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        self.get_or_null(name).filter(|value| !value.is_null())
    }

    /// Like [`Directives::get`], but a `null` is a value.
    pub(super) fn get_or_null(&self, name: &str) -> Option<&'n Node> {
        let directive = find(self.table, name).filter(|directive| directive.belongs(self.place))?;
        let spellings = std::iter::once(&directive.name).chain(directive.aliases);
        spellings.into_iter().find_map(|name| self.node.get(name))
    }
}

impl Reader<'_> {
    /// Reports the keys of `node` that are not directives of `table` in this place.
    pub(super) fn check_directives(&mut self, node: &Node, table: &'static [Directive], place: Place) {
        for member in node.members() {
            match find(table, &member.key.value) {
                Some(directive) if directive.belongs(place) => {}
                Some(_) => self.misplaced(member, place, None),
                None => self.foreign_key(member, table, place),
            }
        }
    }

    /// Reports the keys of `node` that are not in `known`; for the small objects inside directives.
    pub(super) fn check_keys(&mut self, what: &str, node: &Node, known: &[&str]) {
        for member in node.members() {
            let key = &*member.key.value;
            if known.contains(&key) || key.starts_with("{{") {
                continue;
            }
            let message = format!("`{what}` has no `{key}`");
            let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span);
            self.sink.push(diagnostic.did_you_mean(key, known.iter().copied()));
        }
    }

    fn foreign_key(&mut self, member: &Member, table: &'static [Directive], place: Place) {
        let key = &*member.key.value;
        if key == "$schema" {
            return;
        }
        if is_internal(key) {
            let message = format!("`{key}` is for Make's own apps only");
            self.report(Code::InternalDirective, message, member.key.span);
            return;
        }
        let inside_response = std::ptr::eq(table, RESPONSE);
        let other = if inside_response { REQUEST } else { RESPONSE };
        if (inside_response || std::ptr::eq(table, REQUEST)) && find(other, key).is_some() {
            let hint =
                if inside_response { "it belongs beside `response`" } else { "it belongs into `response`" };
            self.misplaced(member, place, Some(hint));
            return;
        }
        let message = format!("there is no directive `{key}`");
        let known = table.iter().filter(|directive| directive.belongs(place)).map(|directive| directive.name);
        let diagnostic = Diagnostic::new(Code::UnknownDirective, message, member.key.span);
        self.sink.push(diagnostic.did_you_mean(key, known));
    }

    fn misplaced(&mut self, member: &Member, place: Place, hint: Option<&str>) {
        let message =
            format!("`{}` means nothing here, in {}; it is ignored", member.key.value, place.noun());
        let diagnostic = Diagnostic::new(Code::MisplacedDirective, message, member.key.span);
        self.sink.push(match hint {
            Some(hint) => diagnostic.help(hint),
            None => diagnostic,
        });
    }
}
