//! The table of diagnostics. Codes are stable: a code is never given to another mistake.

use super::{Dialect, Level};

/// What a diagnostic is about, with its level in each dialect.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// `LP0001`
    pub id: &'static str,
    /// `unknown-function`: the name that `allow`, `warn` and `deny` take beside the id.
    pub name: &'static str,
    /// Level in the strict dialect.
    pub strict: Level,
    /// Level in the lenient dialect.
    pub lenient: Level,
    /// It concerns one template: when it is allowed, that template fails at run time instead.
    pub template: bool,
    /// What it means, in one sentence.
    pub summary: &'static str,
}

macro_rules! codes {
    ($($id:literal $variant:ident $name:literal $strict:ident $lenient:ident $template:literal $summary:literal;)*) => {
        /// A kind of diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        /// Every code, in order.
        pub const CODES: &[CodeInfo] = &[
            $(CodeInfo {
                code: Code::$variant, id: $id, name: $name, strict: Level::$strict, lenient: Level::$lenient,
                template: $template, summary: $summary,
            },)*
        ];
    };
}

// Source and JSON: LP00xx. Templates: LP01xx. Names and scopes: LP02xx. Directives: LP03xx.
// Components and references: LP04xx. Parameters: LP05xx. Likely mistakes: LP06xx.
codes! {
    "LP0001" FileNotFound "file-not-found" Deny Deny false "A file or folder that was named does not exist or has no known layout.";
    "LP0002" NotUtf8 "not-utf8" Deny Deny false "A file is not UTF-8 text.";
    "LP0003" JsonSyntax "json-syntax" Deny Deny false "A file is not JSON with comments.";
    "LP0004" DuplicateKey "duplicate-key" Warn Warn false "A key stands twice in one object; the last one wins.";
    "LP0005" TooDeep "too-deep" Deny Deny false "JSON or an expression is nested too deeply.";
    "LP0006" MissingFile "missing-file" Deny Warn false "A file that the manifest names is missing.";
    "LP0007" YamlSyntax "yaml-syntax" Deny Deny false "A file is not YAML.";
    "LP0101" TemplateSyntax "template-syntax" Deny Deny true "A template does not parse.";
    "LP0102" UnclosedCall "unclosed-call" Deny Warn false "A call's parenthesis is not closed; it is closed at the end of the expression.";
    "LP0103" BracketLiteral "bracket-literal" Deny Warn false "`[..]` as a value: IML has no array literals, it is always null.";
    "LP0104" ObjectLiteral "object-literal" Deny Warn false "`{..}` as a value: IML has no object literals, it is text.";
    "LP0201" UnknownFunction "unknown-function" Deny Deny true "A function that does not exist is called.";
    // Missing arguments are undefined (iml.md 8): what lacks some runs on Make, so it runs here.
    "LP0202" WrongArity "wrong-arity" Deny Warn false "A function is called with too few arguments.";
    "LP0203" TooManyArguments "too-many-arguments" Warn Warn false "A function is called with more arguments than it reads.";
    "LP0204" UnknownVariable "unknown-variable" Deny Warn false "A variable that is nowhere is always undefined.";
    "LP0205" VariableOutOfScope "variable-out-of-scope" Deny Warn false "A variable is not available at this place and is always undefined.";
    "LP0206" ZeroIndex "zero-index" Deny Warn false "`[0]`: indexes start at 1, so this is always undefined.";
    "LP0207" JavaScriptSyntax "javascript-syntax" Deny Deny false "JavaScript does not parse. Only `linchpin check` looks.";
    "LP0208" ShadowedFunction "shadowed-function" Warn Warn false "A custom function has the name of a built-in one and replaces it.";
    "LP0209" UnknownStep "unknown-step" Warn Warn false "Code reads the results of a step that its flow does not have.";
    "LP0210" UnknownConfigVariable "unknown-config-variable" Warn Warn false "Code reads a config variable that is not declared.";
    "LP0301" UnknownDirective "unknown-directive" Deny Warn false "A key that no directive has.";
    "LP0302" MisplacedDirective "misplaced-directive" Warn Warn false "A directive that exists, but not here; it is ignored.";
    "LP0303" WrongType "wrong-type" Deny Deny false "A directive has a value of a type that cannot work.";
    "LP0304" MissingUrl "missing-url" Deny Warn false "A phase of a connection has no `url`.";
    "LP0305" InternalDirective "internal-directive" Deny Deny false "A directive that only Make's own apps may use.";
    "LP0306" WrongValue "wrong-value" Deny Warn false "A directive has a value that is not one of those it knows.";
    "LP0307" MissingTrigger "missing-trigger" Deny Deny false "A polling trigger has no `response.trigger`.";
    "LP0401" UnknownRpc "unknown-rpc" Deny Warn false "An `rpc://` reference names no RPC.";
    "LP0402" UnknownWebhook "unknown-webhook" Deny Deny false "A module names a webhook that does not exist.";
    "LP0403" UnknownConnection "unknown-connection" Deny Deny false "A component names a connection that does not exist.";
    "LP0404" UnknownModule "unknown-module" Deny Deny false "A module that was named does not exist.";
    "LP0405" UnknownEndpoint "unknown-endpoint" Deny Deny false "A request names an endpoint that does not exist.";
    "LP0406" BadIdentifier "bad-identifier" Warn Warn false "A component or a parameter has a name that Make would refuse.";
    "LP0407" MissingKind "missing-kind" Deny Warn false "A module does not say its type; it was inferred.";
    "LP0408" MissingCommunication "missing-communication" Deny Deny false "A component has no communication.";
    "LP0409" UnknownGroupModule "unknown-group-module" Warn Warn false "A group lists a module that does not exist.";
    "LP0410" StepCollision "step-collision" Warn Warn false "Two steps of a flow have the same key in `stepResults`; code sees the later one.";
    "LP0411" StepNotRun "step-not-run" Warn Warn false "Steps of an integration that are no code do not run here; their results are inputs.";
    "LP0501" UnknownParameterType "unknown-parameter-type" Deny Warn false "A parameter has a type that is not known; any value is taken.";
    "LP0502" UnnamedParameter "unnamed-parameter" Deny Warn false "A parameter has no name and is ignored.";
    "LP0503" DuplicateParameter "duplicate-parameter" Warn Warn false "Two parameters of one level have the same name; the first is kept.";
    "LP0504" UnknownParameter "unknown-parameter" Warn Allow false "A template reads a parameter that is not declared.";
    "LP0601" QueryDropped "query-dropped" Warn Warn false "The url has a query and `qs` stands beside it, which replaces it.";
    "LP0602" IterateInAction "iterate-in-action" Warn Warn false "An action with `iterate` yields no bundle.";
    "LP0603" BodyOnlyValid "body-only-valid" Warn Allow false "`valid` looks at the body alone, so that an error page could pass.";
    "LP0604" BareExpression "bare-expression" Warn Warn false "A path without `{{ }}` is taken as an expression.";
    "LP0605" BaseUrlInBase "url-in-base" Warn Warn false "`url` in base becomes the url of every module that has none.";
    "LP0606" ClampedLimit "clamped-limit" Warn Warn false "A limit is larger than the engine allows and is cut.";
    "LP0607" MethodCall "method-call" Warn Warn false "Parentheses follow a path: IML has no methods, so both are joined as text.";
    "LP0608" NoHost "no-host" Warn Warn false "An address that should begin with `https://` does not.";
}

impl Code {
    /// The row of the table.
    pub fn info(self) -> &'static CodeInfo {
        // The table is made by the same macro as the enum, in the same order.
        &CODES[self as usize]
    }

    /// The level that `dialect` gives this code.
    pub fn default_level(self, dialect: Dialect) -> Level {
        match dialect {
            Dialect::Strict => self.info().strict,
            Dialect::Lenient => self.info().lenient,
        }
    }

    /// Finds a code by its id or its name.
    pub fn find(text: &str) -> Option<Self> {
        CODES
            .iter()
            .find(|info| info.id.eq_ignore_ascii_case(text) || info.name == text)
            .map(|info| info.code)
    }
}
