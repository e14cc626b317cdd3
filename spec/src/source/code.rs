//! The codes of components and every way in which layouts spell them (connector.md 2.2, 2.4).

use super::component::ComponentKind;

/// One code of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum CodeName {
    Communication,
    Parameters,
    Expect,
    Interface,
    Samples,
    Scope,
    Scopes,
    Epoch,
    Attach,
    Detach,
    Update,
    Common,
    Install,
    InstallSpec,
    /// JavaScript of a function, a code module or a data source.
    Script,
    /// Tests of a function; never compiled.
    Test,
    /// Prose of an endpoint; never compiled.
    Context,
    /// Metadata in a file of its own.
    Metadata,
}

impl CodeName {
    /// The name that a one-file connector uses, and messages.
    pub(crate) fn key(self) -> &'static str {
        SPELLINGS.iter().find(|row| row.code == self).map_or("code", |row| row.key)
    }

    /// Finds the code that `name` spells in a component of `kind`; case, `-` and `_` do not matter.
    pub(crate) fn find(kind: ComponentKind, name: &str) -> Option<Self> {
        let name = squeeze(name);
        let spells = |row: &&Spelling| {
            row.kinds.contains(&kind)
                && (squeeze(row.key) == name || row.also.iter().any(|also| squeeze(also) == name))
        };
        SPELLINGS.iter().find(spells).map(|row| row.code)
    }

    /// True for codes that are not JSON but text.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Script | Self::Test | Self::Context)
    }

    /// True for codes that a component may have but that nothing is compiled from.
    pub(crate) fn is_ignored(self) -> bool {
        matches!(self, Self::Test | Self::Context)
    }
}

/// A code, the components that may have it, and its names.
pub(crate) struct Spelling {
    pub(crate) code: CodeName,
    /// The key in a one-file connector.
    pub(crate) key: &'static str,
    pub(crate) kinds: &'static [ComponentKind],
    /// Code types of manifests, file names of exports, suffixes of discovered files.
    pub(crate) also: &'static [&'static str],
}

use ComponentKind::{Connection, DataSource, Endpoint, Function, Module, Rpc, Webhook};

/// Which names mean which code. The first row that fits wins, so that `input` of an endpoint is its parameters.
pub(crate) const SPELLINGS: &[Spelling] = &[
    Spelling {
        code: CodeName::Communication,
        key: "communication",
        kinds: &[Connection, Webhook, Module, Rpc, Endpoint],
        also: &["api", "oauth-communication"],
    },
    Spelling {
        code: CodeName::Parameters,
        key: "parameters",
        kinds: &[Connection, Webhook, Module, Rpc, Endpoint],
        also: &["params", "static-params", "static-parameters", "static"],
    },
    Spelling {
        code: CodeName::Parameters,
        key: "parameters",
        kinds: &[Endpoint],
        also: &["input", "input-parameters"],
    },
    Spelling {
        code: CodeName::Expect,
        key: "expect",
        kinds: &[Module],
        also: &["mappable-params", "mappable-parameters", "mappable"],
    },
    Spelling { code: CodeName::Interface, key: "interface", kinds: &[Module, Endpoint], also: &[] },
    Spelling {
        code: CodeName::Interface,
        key: "interface",
        kinds: &[Endpoint],
        also: &["output", "output-parameters"],
    },
    Spelling { code: CodeName::Samples, key: "samples", kinds: &[Module], also: &[] },
    Spelling {
        code: CodeName::Scope,
        key: "scope",
        kinds: &[Connection, Webhook, Module, Rpc, Endpoint],
        also: &["required-scope", "default-scope"],
    },
    Spelling { code: CodeName::Scopes, key: "scopes", kinds: &[Connection], also: &["scope-list"] },
    Spelling { code: CodeName::Epoch, key: "epoch", kinds: &[Module], also: &[] },
    Spelling { code: CodeName::Attach, key: "attach", kinds: &[Webhook], also: &[] },
    Spelling { code: CodeName::Detach, key: "detach", kinds: &[Webhook], also: &[] },
    Spelling { code: CodeName::Update, key: "update", kinds: &[Webhook], also: &[] },
    Spelling { code: CodeName::Common, key: "common", kinds: &[Connection], also: &[] },
    Spelling { code: CodeName::Install, key: "install", kinds: &[Connection], also: &["install-directives"] },
    Spelling { code: CodeName::InstallSpec, key: "installSpec", kinds: &[Connection], also: &[] },
    Spelling { code: CodeName::Script, key: "code", kinds: &[Function, Module, DataSource], also: &[] },
    Spelling { code: CodeName::Test, key: "test", kinds: &[Function], also: &[] },
    Spelling { code: CodeName::Context, key: "context", kinds: &[Endpoint], also: &[] },
    Spelling {
        code: CodeName::Metadata,
        key: "metadata",
        kinds: &[Connection, Webhook, Module, Rpc, Function, Endpoint],
        also: &["meta"],
    },
];

/// A name without what spellings differ in: case, `-` and `_`.
pub(crate) fn squeeze(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// The form in which folders and files carry an id: `getATopic` is `get-atopic` (connector.md 2.2).
pub(crate) fn kebab(id: &str) -> String {
    let mut out = String::with_capacity(id.len() + 4);
    let mut before = ' ';
    for c in id.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            out.push('-');
        }
        out.extend(c.to_lowercase());
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_ignore_case_and_separators() {
        for name in ["staticParams", "static-params", "static_parameters", "PARAMS", "static"] {
            assert_eq!(CodeName::find(Module, name), Some(CodeName::Parameters), "{name}");
        }
        for name in ["mappableParams", "mappable", "expect", "mappable-parameters"] {
            assert_eq!(CodeName::find(Module, name), Some(CodeName::Expect), "{name}");
        }
        assert_eq!(CodeName::find(Endpoint, "input_parameters"), Some(CodeName::Parameters));
        assert_eq!(CodeName::find(Endpoint, "output"), Some(CodeName::Interface));
        assert_eq!(CodeName::find(Module, "output"), None);
        assert_eq!(CodeName::find(Rpc, "expect"), None);
    }

    #[test]
    fn every_key_of_the_table_finds_its_code() {
        for row in SPELLINGS {
            for kind in row.kinds {
                for name in row.also.iter().chain([&row.key]) {
                    assert_eq!(CodeName::find(*kind, name), Some(row.code), "{name}");
                }
            }
        }
    }

    #[test]
    fn kebab_splits_before_capitals_only() {
        assert_eq!(kebab("getWorkflowRun"), "get-workflow-run");
        assert_eq!(kebab("getAWorkflow"), "get-aworkflow");
        assert_eq!(kebab("v2List"), "v2-list");
        assert_eq!(kebab("plain"), "plain");
    }
}
