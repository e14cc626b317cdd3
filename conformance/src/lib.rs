//! Vectors of the template language: templates with the values that they must give (iml.md 17).
//!
//! `build.rs` puts every template through the parser, the checks and the code generator, as `include_connector!`
//! does; the tests run what rustc made of them: those in `vectors/`, and those beside the workspace, or of another file or
//! folder that `LINCHPIN_VECTORS` names.

pub mod compare;
pub mod files;
pub mod run;
pub mod value;

use linchpin::Template;

/// What became of a template: the compiled form, or why it does not compile.
pub type Compiled = Result<&'static Template, &'static str>;

#[allow(missing_docs, unreachable_pub, reason = "the build script writes this module")]
#[allow(clippy::all, reason = "the build script writes this module")]
mod templates {
    use super::Compiled;
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

pub use templates::TEMPLATES;
