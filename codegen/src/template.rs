//! Templates on their own: what `iml!` and the test vectors compile (rulings 6, 43).

use std::collections::BTreeMap;
use std::fmt;

use linchpin_spec::diagnostic::{Diagnostic, render_text};
use linchpin_spec::source::SourceMap;
use linchpin_spec::span::Span;
use linchpin_spec::{LoadedTemplate, load_template};
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{self, Context};
use crate::path::RustPath;

/// How a template is compiled. The default is what `iml!("..")` does, as a `ValueTemplate`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TemplateConfig {
    /// The variables that it may read, which also holds it to the strict dialect; `None` lets it read any (rulings 6).
    pub roots: Option<Vec<String>>,
    /// Where the runtime is found; `::linchpin` if absent.
    pub crate_path: Option<RustPath>,
    /// What the expression is.
    pub shape: Shape,
}

/// The type of the expression that a template becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Shape {
    /// `plan::ValueTemplate`: gives a value.
    #[default]
    Value,
    /// `plan::TextTemplate`: writes text into a buffer.
    Text,
    /// `Template`: what users hold.
    Template,
}

/// Why a template does not compile.
#[derive(Debug, Clone)]
pub struct TemplateError {
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The template as the only file.
    pub sources: Box<SourceMap>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render_text(&self.diagnostics, &self.sources, false).trim_end())
    }
}

impl std::error::Error for TemplateError {}

/// Compiles a template to an expression that may stand in a `const` or `static`.
///
/// # Errors
/// Every mistake in the template.
///
/// ```
/// use linchpin_codegen::{TemplateConfig, compile_template};
///
/// let tokens = compile_template("Bearer {{connection.token}}", &TemplateConfig::default())?;
/// assert!(tokens.to_string().contains("Root :: Connection"));
/// assert!(compile_template("{{1 +}}", &TemplateConfig::default()).is_err());
/// # Ok::<(), linchpin_codegen::TemplateError>(())
/// ```
pub fn compile_template(text: &str, config: &TemplateConfig) -> Result<TokenStream, TemplateError> {
    let loaded = load_template("template", text, config.roots.as_deref());
    let LoadedTemplate { template: Some(template), sources, .. } = &loaded else {
        return Err(TemplateError { diagnostics: loaded.diagnostics, sources: Box::new(loaded.sources) });
    };
    let locate = |span: Span| {
        let (line, column) = sources.position(span);
        format!("template:{line}:{column}")
    };
    let context = Context::new(&locate, BTreeMap::new());
    let (ty, compiled) = match config.shape {
        Shape::Value => (quote!(ValueTemplate), context.single_template(template)),
        Shape::Text => (quote!(TextTemplate), context.text_template(template)),
        Shape::Template if template.single().is_some() => {
            let value = context.template(template).owned();
            (quote!(Template), quote!(__lp::Template::single(|s| __lp::Ok(#value))))
        }
        Shape::Template => {
            let body = context.text_body(template);
            (quote!(Template), quote!(__lp::Template::mixed(|s, b| { #body })))
        }
    };
    let crate_path =
        config.crate_path.as_ref().map_or_else(|| quote!(::linchpin), |path| path.tokens().clone());
    let import = emit::import(&crate_path);
    Ok(quote!({
        #import
        #[allow(unused, clippy::all, clippy::pedantic)]
        const COMPILED: __lp::#ty = #compiled;
        COMPILED
    }))
}
