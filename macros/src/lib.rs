//! `include_connector!` and `iml!`: they read their place in the user's crate, and leave the rest to
//! `linchpin-codegen`.

use std::path::{Path, PathBuf};

use linchpin_codegen::{Bases, expand_iml, expand_include_connector};
use proc_macro::{Span, TokenStream};

/// Generates a typed client of a connector, in the module where it stands. Give it a module of its own.
///
/// ```ignore
/// mod tasks {
///     linchpin::include_connector!("connectors/tasks.json");
/// }
/// ```
///
/// The path leads to a one-file connector, to the folder or the `makecomapp.json` of a Make app, or to a bare OAuth 2
/// document. It is looked up in the folder of the source file first, then in that of the package.
///
/// The long form takes settings:
///
/// | argument | meaning |
/// | --- | --- |
/// | `path = ".."`, `inline = r#".."#` | the connector: its place, or its text |
/// | `only = [getTask]`, `except = [..]` | modules to keep or to drop, with what they reach |
/// | `derives = [Serialize]` | traits beside `Clone` and `Debug`; those of serde, and `PartialEq`, go through the runtime |
/// | `allow = [..]`, `warn = [..]`, `deny = [..]` | levels of diagnostics, by id (`LP0201`) or name (`unknown_function`) |
/// | `functions = path`, `functions(path, only = [..])` | Rust functions in place of the connector's JavaScript |
/// | `samples = true` | emits `SAMPLES` beside the client, for mocks in tests |
/// | `functions = path`, `functions(path, only = [..])` | Rust functions in place of the connector's JavaScript, which otherwise needs the feature `js` |
/// | `qs_policy = replace`, `valid_policy = and_status` | policies, whatever the connector says |
/// | `crate = path` | the runtime, where its crate has another name |
///
/// Mistakes in the connector are errors at the path, with the place in the connector's file. A macro cannot warn:
/// warnings are shown by `linchpin check` and in build scripts. A change of any file that was read rebuilds the crate;
/// a *new* file in a folder that is searched is only noticed by a build script (`linchpin_codegen::Builder`).
#[proc_macro]
pub fn include_connector(input: TokenStream) -> TokenStream {
    let caller = caller(&input);
    // The compiler cannot know that an expansion depends on this variable; cargo sets it anew for each package.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    expand_include_connector(input.into(), &Bases { caller, manifest }).into()
}

/// Compiles an IML template to a `linchpin::Template`.
///
/// ```ignore
/// let greeting = linchpin::iml!("Hello, {{ifempty(body.name, 'World')}}!");
/// assert_eq!(greeting.text(&scope)?, "Hello, World!");
/// ```
///
/// It may read any variable. `iml!(strict, roots = [body, item], "..")` may read those that are named, and is held to
/// the strict dialect. A mistake in the template is an error of the compiler.
#[proc_macro]
pub fn iml(input: TokenStream) -> TokenStream {
    expand_iml(input.into()).into()
}

/// The folder of the source file that calls the macro: that of the path literal, which a macro of the user may have
/// passed on.
fn caller(input: &TokenStream) -> Option<PathBuf> {
    let literal = input.clone().into_iter().find(|token| matches!(token, proc_macro::TokenTree::Literal(_)));
    let span = literal.map_or_else(Span::call_site, |literal| literal.span());
    let file = span.local_file().or_else(|| Span::call_site().local_file())?;
    file.parent().map(Path::to_owned)
}
