//! The ids that Make accepts (connector.md 2.2).

use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Component, ComponentKind};

/// Shortest and longest id of a kind, and whether `-` may stand inside.
fn form(kind: ComponentKind) -> (usize, usize, bool) {
    match kind {
        ComponentKind::Module | ComponentKind::Rpc | ComponentKind::DataSource => (3, 64, false),
        ComponentKind::Function => (3, 96, false),
        ComponentKind::Connection | ComponentKind::Webhook => (3, 35, true),
        ComponentKind::Endpoint => (3, 128, false),
    }
}

impl Reader<'_> {
    /// Warns of an id that Make would refuse; here any id works.
    pub(super) fn check_identifier(&mut self, component: &Component) {
        let (least, most, hyphen) = form(component.kind);
        if fits(&component.id.value, least, most, hyphen || component.is_folder_name) {
            return;
        }
        let message =
            format!("`{}` is no id that Make takes for {}", component.id.value, component.kind.a_noun());
        let also = if hyphen { ", `-` inside" } else { "" };
        let help = format!("it starts with a letter and has {least} to {most} letters and digits{also}");
        self.sink.push(Diagnostic::new(Code::BadIdentifier, message, component.id.span).help(help));
    }
}

fn fits(id: &str, least: usize, most: usize, hyphen: bool) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || (hyphen && c == '-');
    (least..=most).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.ends_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(inside)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn forms_of_ids() {
        assert!(fits("getTask", 3, 64, false));
        assert!(fits("my-key2", 3, 35, true));
        for (id, hyphen) in
            [("go", false), ("2fast", false), ("get-task", false), ("key-", true), ("naïve", true)]
        {
            assert!(!fits(id, 3, 64, hyphen), "{id}");
        }
    }
}
