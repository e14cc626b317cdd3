//! Calls of custom functions: a caller and an interpreter on two threads, handing work to and fro.
//!
//! A call costs little because neither side sleeps at once: calls come in rows, one for each item, so each side looks
//! for the other's answer for a while before it parks.

use std::collections::HashMap;
use std::hint;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::function::Args;
use rquickjs::{Ctx, Exception, Function, IntoJs as _, Object, Value as JsValue};

use super::convert::{Bounds, Refusal, from_js, function, to_js};
use super::engine::JsEngine;
use super::failure::Subject;
use super::functions::Source;
use super::limits::JsLimits;
use super::pool::{Pool, Ticket};
use super::realm::{Guard, Realm, enter};
use super::{iml, web};
use crate::engine::blotter::Blotter;
use crate::error::{Error, ErrorKind};
use crate::scope::Root;
use crate::scope::Scope;
use crate::value::Value;

/// How often each side looks before it parks: some tens of microseconds.
const LOOKS: u32 = 4_000;
/// What a thread that was told to stop may take beyond the time limit.
const GRACE: Duration = Duration::from_millis(250);
/// Stands before a function's source, on its first line. A parameter of the function's own name hides the global of
/// that name, which would parse the source again.
fn prefix(name: &str) -> String {
    format!("(function({name}){{return(function(){{")
}

const IDLE: u8 = 0;
const ASKED: u8 = 1;
const ANSWERED: u8 = 2;
const CLOSED: u8 = 3;
/// The thread was needed elsewhere.
const LEFT: u8 = 4;

/// How often a session that waits for calls looks whether a run lacks a thread.
const PATIENCE: Duration = Duration::from_millis(100);

/// What both threads share.
struct Line {
    state: AtomicU8,
    slot: Mutex<Slot>,
    worker: OnceLock<Thread>,
    worker_parks: AtomicBool,
    caller_parks: AtomicBool,
}

#[derive(Default)]
struct Slot {
    caller: Option<Thread>,
    function: usize,
    args: Vec<Value>,
    answer: Option<Result<Value, Error>>,
}

/// An interpreter that waits for calls, until it is dropped.
pub(super) struct Session {
    line: Arc<Line>,
    guard: Arc<Guard>,
    pool: Arc<Pool>,
    ticket: Arc<Ticket>,
}

impl Session {
    /// Starts an interpreter on a thread of the engine, without waiting for it.
    pub(super) fn start(
        engine: &JsEngine,
        sources: &Arc<[Source]>,
        scope: &Scope,
        secrets: &Arc<Blotter>,
    ) -> Result<Self, Error> {
        let pool = Arc::clone(engine.pool());
        let guard = Guard::new();
        let line = Arc::new(Line {
            state: AtomicU8::new(IDLE),
            slot: Mutex::default(),
            worker: OnceLock::new(),
            worker_parks: AtomicBool::new(false),
            caller_parks: AtomicBool::new(false),
        });
        let worker = Worker {
            line: Arc::clone(&line),
            guard: Arc::clone(&guard),
            sources: Arc::clone(sources),
            scope: Arc::new(scope.surroundings()),
            secrets: Arc::clone(secrets),
            limits: pool.limits().clone(),
            pool: Arc::clone(&pool),
        };
        let ticket = pool.submit(Box::new(move || worker.work()))?;
        Ok(Self { line, guard, pool, ticket })
    }

    /// Whether the interpreter has given its thread to a run that lacked one: another session takes its place.
    pub(super) fn has_left(&self) -> bool {
        // From here on it stays, for the call that follows.
        let state = self.line.state.compare_exchange(ANSWERED, IDLE, Ordering::SeqCst, Ordering::SeqCst);
        state == Err(LEFT)
    }

    /// Calls a function and waits for its end.
    pub(super) fn call(&self, function: usize, args: Vec<Value>) -> Result<Value, Error> {
        if self.line.state.load(Ordering::Acquire) == CLOSED {
            return Err(Error::new(
                ErrorKind::Runtime,
                "the interpreter of this run was stopped by an error",
            ));
        }
        {
            let mut slot = self.line.slot();
            slot.caller = Some(thread::current());
            slot.function = function;
            slot.args = args;
            slot.answer = None;
        }
        self.line.state.store(ASKED, Ordering::SeqCst);
        self.line.wake_worker();
        self.wait()?;
        let answer = self.line.slot().answer.take();
        answer.unwrap_or_else(|| Err(Error::new(ErrorKind::Runtime, "the JavaScript thread failed")))
    }

    fn wait(&self) -> Result<(), Error> {
        let limit = self.pool.limits().time_limit();
        let is_over = || self.line.state.load(Ordering::SeqCst) >= ANSWERED;
        if look(is_over) {
            return Ok(());
        }
        let deadline = Instant::now() + limit + GRACE;
        loop {
            self.line.caller_parks.store(true, Ordering::SeqCst);
            if is_over() {
                self.line.caller_parks.store(false, Ordering::SeqCst);
                return Ok(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(self.lost(limit));
            }
            thread::park_timeout(left);
        }
    }

    /// The thread did not stop in time: it is left to itself.
    #[cold]
    fn lost(&self, limit: Duration) -> Error {
        let message = if self.ticket.has_begun() {
            format!("a custom function did not end within {limit:?}")
        } else {
            format!("no JavaScript thread became free within {limit:?}")
        };
        self.line.state.store(CLOSED, Ordering::SeqCst);
        self.guard.cancel();
        self.pool.give_up(&self.ticket);
        Error::new(ErrorKind::Timeout, message)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.line.state.store(CLOSED, Ordering::SeqCst);
        self.line.wake_worker();
    }
}

impl Line {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_worker(&self) {
        if self.worker_parks.swap(false, Ordering::SeqCst)
            && let Some(worker) = self.worker.get()
        {
            worker.unpark();
        }
    }

    /// Waits for a call. `false` ends the session.
    fn next(&self, pool: &Pool) -> bool {
        let is_due = || self.state.load(Ordering::SeqCst) & 1 == 1;
        if !look(is_due) {
            loop {
                self.worker_parks.store(true, Ordering::SeqCst);
                if is_due() || (pool.lacks_threads() && self.leave()) {
                    break;
                }
                thread::park_timeout(PATIENCE);
            }
            self.worker_parks.store(false, Ordering::SeqCst);
        }
        self.state.load(Ordering::SeqCst) == ASKED
    }

    /// Ends a session that has answered and waits. One that has not been called, or is about to be, stays: a call
    /// never finds its interpreter gone.
    fn leave(&self) -> bool {
        self.state.compare_exchange(ANSWERED, LEFT, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    fn answer(&self, answer: Result<Value, Error>, state: u8) {
        let caller = {
            let mut slot = self.slot();
            slot.answer = Some(answer);
            slot.caller.take()
        };
        // A session that was closed meanwhile stays closed.
        let _ = self.state.compare_exchange(ASKED, state, Ordering::SeqCst, Ordering::SeqCst);
        if self.caller_parks.swap(false, Ordering::SeqCst)
            && let Some(caller) = caller
        {
            caller.unpark();
        }
    }
}

/// Looks for a while whether something has come.
fn look(is_there: impl Fn() -> bool) -> bool {
    static CORES: OnceLock<usize> = OnceLock::new();
    // With one core, the other side can only run while this one does not.
    let looks = match CORES.get_or_init(|| thread::available_parallelism().map_or(1, usize::from)) {
        1 => 1,
        _ => LOOKS,
    };
    for at in 0..looks {
        if is_there() {
            return true;
        }
        if at % 512 == 511 { thread::yield_now() } else { hint::spin_loop() }
    }
    false
}

/// The side of the interpreter.
struct Worker {
    line: Arc<Line>,
    guard: Arc<Guard>,
    sources: Arc<[Source]>,
    scope: Arc<Scope>,
    secrets: Arc<Blotter>,
    limits: JsLimits,
    pool: Arc<Pool>,
}

/// Answers a caller also when the interpreter failed in an unforeseen way.
struct End<'a>(&'a Line);

impl Drop for End<'_> {
    fn drop(&mut self) {
        if self.0.state.load(Ordering::SeqCst) == ASKED {
            self.0.answer(Err(Error::new(ErrorKind::Runtime, "the JavaScript interpreter failed")), CLOSED);
        }
    }
}

impl Worker {
    fn work(&self) {
        let _ = self.line.worker.set(thread::current());
        let _end = End(&self.line);
        let ended = enter(&self.limits, &self.guard, None, |ctx| {
            let made = self.globals(ctx).and_then(|()| Realm::of(ctx));
            let realm = made.map_err(|error| Error::new(ErrorKind::Runtime, error.to_string()))?;
            let mut parsed = HashMap::new();
            while self.line.next(&self.pool) {
                let answer = self.call(&realm, &mut parsed);
                let state = if self.guard.was_stopped() { CLOSED } else { ANSWERED };
                self.line.answer(answer, state);
            }
            Ok(())
        });
        if let Err(error) = ended
            && self.line.next(&self.pool)
        {
            self.line.answer(Err(error), CLOSED);
        }
    }

    fn call<'js>(
        &self,
        realm: &Realm<'js>,
        parsed: &mut HashMap<usize, Function<'js>>,
    ) -> Result<Value, Error> {
        let (at, args) = {
            let mut slot = self.line.slot();
            (slot.function, std::mem::take(&mut slot.args))
        };
        let Some(source) = self.sources.get(at) else {
            return Err(Error::new(ErrorKind::Unexpected, "there is no such function"));
        };
        self.guard.arm(self.limits.time_limit());
        self.run(realm, source, at, &args, parsed).map_err(|refusal| {
            let (what, file) = (format!("custom function `{}`", source.name), file_of(&source.name));
            let subject = Subject {
                what: &what,
                file: &file,
                limits: &self.limits,
                guard: &self.guard,
                source: &source.code,
                before: prefix(&source.name).len(),
            };
            subject.refused(&realm.ctx, refusal)
        })
    }

    fn run<'js>(
        &self,
        realm: &Realm<'js>,
        source: &Source,
        at: usize,
        args: &[Value],
        parsed: &mut HashMap<usize, Function<'js>>,
    ) -> Result<Value, Refusal> {
        let function = match parsed.get(&at) {
            Some(function) => function,
            None => {
                let function: Function<'js> = realm.ctx.globals().get(source.name.as_ref())?;
                parsed.entry(at).or_insert(function)
            }
        };
        let mut given = Args::new(realm.ctx.clone(), args.len());
        for arg in args {
            given.push_arg(to_js(realm, arg)?)?;
        }
        let result: JsValue<'js> = function.call_arg(given)?;
        if result.is_promise() {
            let reason = "returned a promise; custom functions are synchronous";
            return Err(Refusal::NotData(reason.to_owned()));
        }
        from_js(realm, &result, &self.bounds())
    }

    /// What functions find beside the language.
    fn globals(&self, ctx: &Ctx<'_>) -> rquickjs::Result<()> {
        let bounds = self.bounds();
        web::lazy(ctx, "Buffer", web::buffer::class)?;
        web::lazy(ctx, "Intl", web::intl)?;
        let environment = self.scope.root(Root::Environment).clone();
        web::lazy(ctx, "environment", move |ctx| to_js(&Realm::of(ctx)?, &environment))?;
        let (secrets, of_debug) = (Arc::clone(&self.secrets), self.bounds());
        web::lazy(ctx, "debug", move |ctx| logger(ctx, &of_debug, &secrets)?.into_js(ctx))?;
        // Published functions have it in branches that are seldom taken.
        let (secrets, of_console) = (Arc::clone(&self.secrets), self.bounds());
        web::lazy(ctx, "console", move |ctx| {
            let console = Object::new(ctx.clone())?;
            for name in ["log", "info", "debug", "warn", "error", "trace"] {
                console.set(name, logger(ctx, &of_console, &secrets)?)?;
            }
            console.into_js(ctx)
        })?;
        let (scope, names) = (Arc::clone(&self.scope), self.names());
        web::lazy(ctx, "iml", move |ctx| iml::object(ctx, &scope, &names, &bounds))?;
        for (at, name) in self.names().into_iter().enumerate() {
            let sources = Arc::clone(&self.sources);
            web::lazy_named(ctx, name, move |ctx| match sources.get(at) {
                Some(source) => parse(ctx, source)?.into_js(ctx),
                None => Ok(JsValue::new_undefined(ctx.clone())),
            })?;
        }
        Ok(())
    }

    fn bounds(&self) -> Bounds {
        Bounds { bytes: self.limits.memory_bytes(), guard: Arc::clone(&self.guard) }
    }

    fn names(&self) -> Vec<String> {
        self.sources.iter().map(|source| source.name.to_string()).collect()
    }
}

/// What writes to the log of the process.
fn logger<'js>(ctx: &Ctx<'js>, bounds: &Bounds, secrets: &Arc<Blotter>) -> rquickjs::Result<Function<'js>> {
    let secrets = Arc::clone(secrets);
    function(ctx, bounds, move |_, args| Ok(debug(args, &secrets)))
}

/// `debug(...)`: to the log of the process.
fn debug(args: &[Value], secrets: &Blotter) -> Value {
    for arg in args {
        tracing::debug!(target: "linchpin::js", "{}", secrets.blot(&arg.text_form()));
    }
    Value::Undefined
}

/// The name of a function's source in stack traces.
pub(super) fn file_of(name: &str) -> String {
    format!("{name}.js")
}

/// Parses a function's source, with other helpers that it may hold kept to itself.
fn parse<'js>(ctx: &Ctx<'js>, source: &Source) -> rquickjs::Result<Function<'js>> {
    let Source { name, code } = source;
    if !is_identifier(name) {
        return Err(Exception::throw_syntax(ctx, &format!("`{name}` is no name of a function")));
    }
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(file_of(name));
    let text = format!("{}{code}\n;return {name}}})()}})", prefix(name));
    let body: Function<'js> = ctx.eval_with_options(text, options)?;
    let made: JsValue<'js> = body.call(())?;
    match made.into_function() {
        Some(function) => Ok(function),
        None => Err(Exception::throw_type(ctx, &format!("the source defines no function `{name}`"))),
    }
}

/// Whether a text can stand as a name in code.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '$'))
        && chars.all(|char| char.is_alphanumeric() || matches!(char, '_' | '$'))
}
