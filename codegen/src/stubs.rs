//! Rust in place of JavaScript, to be written by the user (rulings 39).

use std::fmt::Write as _;

use linchpin_spec::model::Connector;

use crate::lower::names;

/// A Rust module with a function for each custom function of a connector. Each fails until it is written; its
/// JavaScript stands in it as a comment.
///
/// ```
/// use linchpin_codegen::function_stubs;
/// use linchpin_spec::{Options, load_inline};
///
/// let text = r#"{ "name": "a", "functions": { "markIt": { "code": "function markIt(x) { return x; }" } } }"#;
/// let connector = load_inline("a.json", text, &Options::default()).connector.ok_or("it loads")?;
/// assert!(function_stubs(&connector).contains("pub fn mark_it(scope: &Scope, args: &[Value])"));
/// # Ok::<(), &str>(())
/// ```
pub fn function_stubs(connector: &Connector) -> String {
    let mut stubs = format!(
        "//! The custom functions of `{}`, in Rust. If they stand in `src/functions.rs`, the macro takes them as\n\
         //! `include_connector!(path = \"..\", functions = crate::functions)`.\n\n\
         use linchpin::{{Error, ErrorKind, Scope, Value}};\n",
        crate::lower::doc::code(&connector.name).trim_matches('`')
    );
    for function in &connector.functions {
        let (id, name) = (&function.id.value, names::value(&function.id.value));
        // Writing to a string cannot fail.
        let _ = write!(
            stubs,
            "\n/// `{id}`\n///\n/// # Errors\n/// Always: it is not written yet.\n\
             pub fn {name}(scope: &Scope, args: &[Value]) -> Result<Value, Error> {{\n"
        );
        for line in function.code.value.trim_end().lines() {
            let _ = writeln!(stubs, "    // {}", line.trim_end());
        }
        let _ = write!(
            stubs,
            "    let _ = (scope, args);\n    \
             Err(Error::new(ErrorKind::Runtime, \"the function `{id}` is not written yet\"))\n}}\n"
        );
    }
    stubs
}
