//! One run of a block, on a thread of the engine: the code, its promise, its timers and its requests.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::function::{Func, Opt, This};
use rquickjs::object::Accessor;
use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Exception, Function, Object as JsObject, Promise, TypedArray, Value as JsValue};
use tokio::sync::mpsc::UnboundedSender;

use super::super::convert::{Bounds, from_js, to_js};
use super::super::failure::Subject;
use super::super::limits::JsLimits;
use super::super::realm::{Guard, Realm, Rejections, Tool, enter};
use super::super::web;
use super::budget::Budget;
use super::fetch::{Command, Event, Head, Outgoing};
use super::log::LogLine;
use crate::engine::blotter::Blotter;
use crate::error::{Error, ErrorKind};
use crate::value::{Object, Value};

/// More requests at once are refused.
const MOST_REQUESTS: usize = 32;
/// Stands before the code, on its first line.
pub(super) const PREFIX: &str = "(function(module,exports,require){";

/// Takes log lines as they come.
pub(crate) type LogSink = Arc<dyn Fn(&LogLine) + Send + Sync>;

/// A run that is about to begin.
pub(super) struct Run {
    pub(super) code: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) context: Object,
    pub(super) argument: Value,
    pub(super) limits: JsLimits,
    pub(super) guard: Arc<Guard>,
    pub(super) commands: UnboundedSender<Command>,
    pub(super) events: Receiver<Event>,
    pub(super) sink: Option<LogSink>,
    pub(super) blotter: Arc<Blotter>,
    pub(super) budget: Budget,
}

/// What the functions that reach out of the interpreter share.
struct Host {
    timers: RefCell<BTreeSet<(Instant, u64)>>,
    by_id: RefCell<HashMap<u64, Instant>>,
    waiting: Cell<usize>,
    commands: UnboundedSender<Command>,
    log: RefCell<Vec<LogLine>>,
    log_left: Cell<usize>,
    sink: Option<LogSink>,
    blotter: Arc<Blotter>,
    budget: Budget,
}

impl Run {
    /// Runs the code to its end.
    pub(super) fn work(&self) -> (Result<Value, Error>, Vec<LogLine>) {
        let host = Rc::new(Host {
            timers: RefCell::default(),
            by_id: RefCell::default(),
            waiting: Cell::new(0),
            commands: self.commands.clone(),
            log: RefCell::default(),
            log_left: Cell::new(self.limits.log_bytes()),
            sink: self.sink.clone(),
            blotter: Arc::clone(&self.blotter),
            budget: self.budget.clone(),
        });
        let rejections = Rejections::default();
        self.guard.arm(self.limits.time_limit());
        let returned = enter(&self.limits, &self.guard, Some(&rejections), |ctx| {
            self.run(ctx, &host).and_then(|value| match rejections.first() {
                Some(reason) => {
                    let message = format!("a promise was rejected, which nothing handles: {reason}");
                    Err(self.subject().error(ErrorKind::Runtime, &message))
                }
                None => Ok(value),
            })
        });
        (returned, host.log.take())
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            what: &self.name,
            file: &self.name,
            limits: &self.limits,
            guard: &self.guard,
            source: &self.code,
            before: PREFIX.len(),
        }
    }

    fn run(&self, ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<Value, Error> {
        let thrown = |error: rquickjs::Error| self.subject().thrown(ctx, &error);
        web::install(ctx, host.functions(ctx).map_err(thrown)?).map_err(thrown)?;
        let function = self.exported(ctx)?;
        let (context, argument) = self.arguments(ctx).map_err(thrown)?;
        let returned: JsValue<'_> = function.call((context, argument)).map_err(thrown)?;
        let settled = match promise_of(ctx, &returned).map_err(thrown)? {
            Some(promise) => self.settle(ctx, host, &promise)?,
            None => returned,
        };
        let bounds = Bounds { bytes: self.limits.memory_bytes(), guard: Arc::clone(&self.guard) };
        let value = Realm::of(ctx).map_err(thrown).and_then(|realm| {
            from_js(&realm, &settled, &bounds).map_err(|refusal| self.subject().refused(ctx, refusal))
        })?;
        // What was put off until after the end is not waited for, but rejections that are due are seen.
        while ctx.execute_pending_job() {
            if self.guard.must_stop() {
                return Err(self.subject().stopped());
            }
        }
        Ok(value)
    }

    /// Evaluates the code and takes what it exports.
    fn exported<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>, Error> {
        let subject = self.subject();
        let thrown = |error: rquickjs::Error| {
            let error = subject.thrown(ctx, &error);
            let is_module = error.message().contains("SyntaxError") && looks_like_a_module(&self.code);
            if !is_module {
                return error;
            }
            let hint = "code is a CommonJS module: write `module.exports = ..` and `require(..)`, not `export` and `import`";
            Error::new(ErrorKind::Runtime, format!("{}; {hint}", error.message()))
        };
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(self.name.to_string());
        let text = format!("{PREFIX}{}\n}})", self.code);
        let body: Function<'js> = ctx.eval_with_options(text, options).map_err(thrown)?;
        let exports = JsObject::new(ctx.clone()).map_err(thrown)?;
        let module = JsObject::new(ctx.clone()).map_err(thrown)?;
        module.set("exports", exports.clone()).map_err(thrown)?;
        // It is loaded when it is first called: most blocks need no module.
        let require = |ctx: Ctx<'js>, name: JsValue<'js>| {
            web::member::<Function<'js>>(&ctx, "require", "require")?.call::<_, JsValue<'js>>((name,))
        };
        let require = Function::new(ctx.clone(), require).map_err(thrown)?;
        body.call::<_, ()>((module.clone(), exports, require)).map_err(thrown)?;
        let exported: JsValue<'js> = module.get("exports").map_err(thrown)?;
        if let Some(function) = exported.as_function() {
            return Ok(function.clone());
        }
        let main: JsValue<'js> = match exported.as_object() {
            Some(object) => object.get("default").map_err(thrown)?,
            None => JsValue::new_undefined(ctx.clone()),
        };
        if let Some(function) = main.as_function() {
            return Ok(function.clone());
        }
        let is_empty = exported.as_object().is_some_and(|object| !exported.is_array() && object.is_empty());
        let message = if is_empty && main.is_undefined() {
            "the code exports nothing: write `module.exports = async (context, input) => { .. }`".to_owned()
        } else {
            let kind = if main.is_undefined() { exported.type_name() } else { main.type_name() };
            format!("the code exports {kind}, not a function")
        };
        Err(subject.error(ErrorKind::Runtime, &message))
    }

    fn arguments<'js>(&self, ctx: &Ctx<'js>) -> rquickjs::Result<(JsValue<'js>, JsValue<'js>)> {
        let realm = Realm::of(ctx)?;
        let context = to_js(&realm, &Value::from(self.context.clone()))?;
        if let Some(object) = context.as_object() {
            let logger = |ctx: Ctx<'js>| web::member::<JsValue<'js>>(&ctx, "console", "logger");
            object.prop("logger", Accessor::from(logger).enumerable().configurable())?;
            // Data sources run while an instance is configured: there is no flow to call yet.
            if self.context.contains_key("webhookUrls") {
                for name in ["invokerOf", "debug"] {
                    let make = move |ctx: Ctx<'js>, context: This<JsValue<'js>>| {
                        web::member::<Function<'js>>(&ctx, "flow", name)?
                            .call::<_, JsValue<'js>>((context.0,))
                    };
                    let of_context = if name == "debug" { name } else { "invokeFlow" };
                    object.prop(of_context, Accessor::from(make).enumerable().configurable())?;
                }
            }
        }
        Ok((context, to_js(&realm, &self.argument)?))
    }

    /// Drives jobs, timers and requests until a promise is settled.
    fn settle<'js>(
        &self,
        ctx: &Ctx<'js>,
        host: &Rc<Host>,
        promise: &Promise<'js>,
    ) -> Result<JsValue<'js>, Error> {
        let subject = self.subject();
        loop {
            while ctx.execute_pending_job() {
                if self.guard.must_stop() {
                    return Err(subject.stopped());
                }
            }
            if self.guard.was_stopped() {
                return Err(subject.stopped());
            }
            if promise.state() != PromiseState::Pending {
                let result = promise.result::<JsValue<'js>>();
                let result = result.unwrap_or_else(|| Ok(JsValue::new_undefined(ctx.clone())));
                return result.map_err(|error| subject.thrown(ctx, &error));
            }
            self.turn(ctx, host)?;
        }
    }

    /// Waits for the next timer or answer and hands it to the code.
    fn turn(&self, ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<(), Error> {
        let subject = self.subject();
        let next = host.timers.borrow().first().copied();
        let now = Instant::now();
        if let Some((at, id)) = next.filter(|(at, _)| *at <= now) {
            host.timers.borrow_mut().remove(&(at, id));
            host.by_id.borrow_mut().remove(&id);
            let fired =
                web::member::<Function<'_>>(ctx, "timers", "fire").and_then(|fire| fire.call::<_, ()>((id,)));
            return fired.map_err(|error| subject.thrown(ctx, &error));
        }
        if next.is_none() && host.waiting.get() == 0 {
            let message =
                "the returned promise never settles: no timer and no request is left that could settle it";
            return Err(subject.error(ErrorKind::Runtime, message));
        }
        let rest = self.guard.remaining();
        let wait = next.map_or(rest, |(at, _)| rest.min(at.saturating_duration_since(now)));
        match self.events.recv_timeout(wait) {
            Ok(event) => {
                host.waiting.set(host.waiting.get().saturating_sub(1));
                deliver(ctx, event).map_err(|error| subject.thrown(ctx, &error))
            }
            Err(RecvTimeoutError::Timeout) if self.guard.must_stop() => Err(subject.stopped()),
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                self.guard.cancel();
                Err(subject.error(ErrorKind::Runtime, "the run was given up"))
            }
        }
    }
}

/// What was returned as a promise, if it is one, or an object that works like one.
fn promise_of<'js>(ctx: &Ctx<'js>, returned: &JsValue<'js>) -> rquickjs::Result<Option<Promise<'js>>> {
    if let Some(promise) = returned.as_promise() {
        return Ok(Some(promise.clone()));
    }
    let Some(object) = returned.as_object().filter(|_| !returned.is_array()) else { return Ok(None) };
    if !object.get::<_, JsValue<'js>>("then")?.is_function() {
        return Ok(None);
    }
    Realm::of(ctx)?.tool(Tool::Settle)?.call((returned.clone(),)).map(Some)
}

/// Hands an answer to the code.
fn deliver<'js>(ctx: &Ctx<'js>, event: Event) -> rquickjs::Result<()> {
    let settle = |id: u64, value: JsValue<'js>| {
        web::member::<Function<'js>>(ctx, "fetch", "settle")?.call::<_, ()>((id, value))
    };
    match event {
        Event::Head { id, head } => {
            let head = head_to_js(ctx, &head)?;
            settle(id, head)
        }
        Event::Body { id, bytes, share: _share } => {
            settle(id, TypedArray::<u8>::new_copy(ctx.clone(), bytes)?.into_value())
        }
        Event::Failed { id, reason } => {
            web::member::<Function<'_>>(ctx, "fetch", "refuse")?.call::<_, ()>((id, reason))
        }
    }
}

fn head_to_js<'js>(ctx: &Ctx<'js>, head: &Head) -> rquickjs::Result<JsValue<'js>> {
    let object = JsObject::new(ctx.clone())?;
    object.set("status", head.status)?;
    object.set("statusText", head.status_text.as_str())?;
    object.set("url", head.url.as_str())?;
    object.set("redirected", head.redirected)?;
    let headers: Vec<Vec<&str>> =
        head.headers.iter().map(|(name, value)| vec![name.as_str(), value]).collect();
    object.set("headers", headers)?;
    Ok(object.into_value())
}

impl Host {
    /// The functions that reach out of the interpreter.
    fn functions<'js>(self: &Rc<Self>, ctx: &Ctx<'js>) -> rquickjs::Result<JsObject<'js>> {
        let functions = JsObject::new(ctx.clone())?;
        let host = Rc::clone(self);
        functions.set("schedule", Func::from(move |id: u64, millis: f64| host.schedule(id, millis)))?;
        let host = Rc::clone(self);
        functions.set("cancel", Func::from(move |id: u64| host.cancel(id)))?;
        let host = Rc::clone(self);
        functions.set("log", Func::from(move |level: String, text: String| host.write(&level, &text)))?;
        let host = Rc::clone(self);
        functions
            .set("abort", Func::from(move |call: u64| drop(host.commands.send(Command::Abort { call }))))?;
        let host = Rc::clone(self);
        let read = move |ctx: Ctx<'_>, call: u64, id: u64| host.ask(&ctx, Command::Read { call, id });
        functions.set("read", Function::new(ctx.clone(), read)?)?;
        let host = Rc::clone(self);
        let send = move |ctx: Ctx<'_>,
                         id: u64,
                         method: String,
                         url: String,
                         headers: Vec<Vec<String>>,
                         body: Opt<Option<String>>,
                         redirect: String| {
            let body = body.0.flatten();
            let mut share = host.budget.share();
            // The text of the body, and its bytes.
            let size = body.as_ref().map_or(0, |body| body.len() + body.len() / 4 * 3);
            share
                .grow(size)
                .map_err(|reason| Exception::throw_type(&ctx, &format!("fetch failed: {reason}")))?;
            host.ask(&ctx, Command::Send(Outgoing { id, method, url, headers, body, redirect, share }))
        };
        functions.set("send", Function::new(ctx.clone(), send)?)?;
        Ok(functions)
    }

    fn schedule(&self, id: u64, millis: f64) {
        let at = Instant::now() + Duration::from_secs_f64((millis / 1_000.0).clamp(0.0, 3e6));
        self.timers.borrow_mut().insert((at, id));
        self.by_id.borrow_mut().insert(id, at);
    }

    fn cancel(&self, id: u64) {
        if let Some(at) = self.by_id.borrow_mut().remove(&id) {
            self.timers.borrow_mut().remove(&(at, id));
        }
    }

    fn ask(&self, ctx: &Ctx<'_>, command: Command) -> rquickjs::Result<()> {
        if self.waiting.get() >= MOST_REQUESTS {
            return Err(Exception::throw_type(
                ctx,
                &format!("fetch failed: more than {MOST_REQUESTS} requests at once"),
            ));
        }
        self.waiting.set(self.waiting.get() + 1);
        match self.commands.send(command) {
            Ok(()) => Ok(()),
            Err(_) => Err(Exception::throw_type(ctx, "fetch failed: the run was given up")),
        }
    }

    fn write(&self, level: &str, text: &str) {
        let line = LogLine::new(level, self.blotter.blot(text).into_owned());
        line.trace();
        if let Some(sink) = &self.sink {
            sink(&line);
        }
        // A line that no longer fits is dropped, and so are those after it.
        let left = self.log_left.get().checked_sub(line.text.len() + 16);
        self.log_left.set(left.unwrap_or(0));
        if left.is_some() {
            self.log.borrow_mut().push(line);
        }
    }
}

/// Whether code has the statements of an ECMAScript module.
fn looks_like_a_module(code: &str) -> bool {
    code.lines().map(str::trim_start).any(|line| line.starts_with("export ") || line.starts_with("import "))
}
