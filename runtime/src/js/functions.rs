//! Custom functions in JavaScript (connector.md 16).

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::JsEngine;
use super::session::Session;
use crate::custom::CustomFunctions;
use crate::engine::blotter::Blotter;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// The custom functions of a connector, as source.
///
/// Nothing is parsed before a function is called. Each source holds one function of the given name; it sees the
/// JavaScript built-ins, `Buffer`, `iml`, `debug`, `console`, `environment` and the other functions, and is synchronous.
///
/// ```
/// use linchpin::js::{JsEngine, JsFunctions};
/// use linchpin::scope::Scope;
/// use linchpin::value::Value;
///
/// let source = "function total(items) { return items.reduce((sum, item) => sum + item.price, 0); }";
/// let functions = JsFunctions::new(JsEngine::shared(), [("total", source)]);
///
/// let mut scope = Scope::new();
/// scope.set_custom(functions.run());
/// let items = Value::parse_json(br#"[{ "price": 2 }, { "price": 3 }]"#)?;
/// let total = linchpin::custom::custom(scope.at("tasks.json:3:5 response.output"), "total", &[&items])?;
/// assert_eq!(total, Value::from(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct JsFunctions {
    engine: JsEngine,
    sources: Arc<[Source]>,
}

/// One function.
pub(super) struct Source {
    pub(super) name: Cow<'static, str>,
    pub(super) code: Cow<'static, str>,
}

impl JsFunctions {
    /// Functions with their names and sources.
    pub fn new<N, C>(engine: JsEngine, functions: impl IntoIterator<Item = (N, C)>) -> Self
    where
        N: Into<Cow<'static, str>>,
        C: Into<Cow<'static, str>>,
    {
        let sources =
            functions.into_iter().map(|(name, code)| Source { name: name.into(), code: code.into() });
        Self { engine, sources: sources.collect() }
    }

    /// The functions for one module run.
    ///
    /// The interpreter is made at the first call and dropped with what is returned here (rulings 37); when all threads
    /// are taken, one that waits for its next call makes room, and that call gets a fresh one. Calls block
    /// their thread until the function ends, at most for [`JsLimits::time`](super::JsLimits::time).
    #[must_use]
    pub fn run(&self) -> Arc<dyn CustomFunctions> {
        self.run_hiding(Blotter::default())
    }

    /// As [`JsFunctions::run`]; what code logs is without these secrets (rulings 36).
    pub(crate) fn run_hiding(&self, secrets: Blotter) -> Arc<dyn CustomFunctions> {
        Arc::new(Run { functions: self.clone(), secrets: Arc::new(secrets), session: Mutex::new(None) })
    }
}

impl fmt::Debug for JsFunctions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.sources.iter().map(|source| &source.name)).finish()
    }
}

struct Run {
    functions: JsFunctions,
    secrets: Arc<Blotter>,
    /// Made at the first call; calls take turns.
    session: Mutex<Option<Session>>,
}

impl CustomFunctions for Run {
    fn call(&self, site: Site<'_>, name: &str, args: &[&Value]) -> Result<Value, Error> {
        let sources = &self.functions.sources;
        let Some(function) = sources.iter().position(|source| source.name == name) else {
            return Err(Error::template(site.place, format_args!("there is no custom function `{name}`")));
        };
        let args = args.iter().map(|arg| (*arg).clone()).collect();
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match &mut *session {
            Some(session) if !session.has_left() => session,
            none => none.insert(Session::start(&self.functions.engine, sources, site.scope, &self.secrets)?),
        };
        session.call(function, args).map_err(|error| error.at_template(site.place))
    }
}
