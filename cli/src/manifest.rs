//! The files of a generated crate that are not the connector's.

use std::path::Path;

use linchpin_spec::facts;
use linchpin_spec::model::Connector;

/// Names that cargo or rustc refuse for a package, or that would hide a crate which its code needs.
const REFUSED: &[&str] = &[
    "linchpin",
    "test",
    "core",
    "std",
    "alloc",
    "proc-macro",
    "build",
    "deps",
    "examples",
    "incremental",
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "con",
    "prn",
    "aux",
    "nul",
];

/// A package name that cargo takes: small ASCII letters, digits and `-`, a letter first.
pub(crate) fn package_name(name: &str) -> String {
    let mut package = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            package.push(letter.to_ascii_lowercase());
        } else if !package.is_empty() && !package.ends_with('-') {
            package.push('-');
        }
    }
    let package = package.trim_end_matches('-');
    let starts_well = package.starts_with(|first: char| first.is_ascii_lowercase());
    match package {
        "" => "connector".to_owned(),
        _ if REFUSED.contains(&package) => format!("{package}-client"),
        _ if !starts_well => format!("connector-{package}"),
        _ => package.to_owned(),
    }
}

/// `Cargo.toml`.
pub(crate) fn manifest(name: &str, connector: &Connector, entry: &str, runtime: Option<&Path>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let description = quoted(&format!("Client of {}.", title(connector)));
    let is_yaml = entry.ends_with(".yml") || entry.ends_with(".yaml");
    let js = match (is_yaml, facts::runs_javascript(connector)) {
        (true, _) => ", features = [\"yaml\"]",
        (false, true) => ", features = [\"js\"]",
        (false, false) => "",
    };
    let dependency = runtime.map_or_else(
        || match js {
            "" => format!("linchpin = \"{version}\""),
            js => format!("linchpin = {{ version = \"{version}\"{js} }}"),
        },
        |path| {
            format!(
                "linchpin = {{ version = \"{version}\", path = {}{js} }}",
                quoted(&path.display().to_string())
            )
        },
    );
    format!(
        "[package]\nname = \"{name}\"\ndescription = {description}\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         publish = false\n\n[dependencies]\n{dependency}\n\n# It belongs to no workspace around it.\n[workspace]\n"
    )
}

/// `src/lib.rs`.
pub(crate) fn library(connector: &Connector, entry: &str, options: &str) -> String {
    let path = quoted(&format!("../{entry}"));
    let arguments = if options.is_empty() { path } else { format!("path = {path}, {options}") };
    format!("//! Client of {}.\n\nlinchpin::include_connector!({arguments});\n", title(connector))
}

/// The connector's name for people, on one line and without what rustdoc would read as markup.
fn title(connector: &Connector) -> String {
    let label = connector.label.as_deref().unwrap_or(&connector.name);
    let plain =
        |letter: char| if letter.is_alphanumeric() || " .,-'".contains(letter) { letter } else { ' ' };
    let words: String = label.chars().map(plain).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string of TOML, and of Rust.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn names_are_what_cargo_takes() {
        for (name, package) in [
            ("hello", "hello"),
            ("My App!", "my-app"),
            ("2fa", "connector-2fa"),
            ("", "connector"),
            ("名前", "connector"),
            ("test", "test-client"),
            ("linchpin", "linchpin-client"),
            ("a__b--c", "a-b-c"),
        ] {
            assert_eq!(package_name(name), package);
        }
    }
}
