//! One interpreter: made fresh for a run and dropped at its end (rulings 37).

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rquickjs::function::This;
use rquickjs::{Array, Context, Ctx, Function, Object, Runtime, Value as JsValue};

use super::intrinsics;
use super::limits::JsLimits;
use super::web;
use crate::error::{Error, ErrorKind};

/// Makes the functions that Rust needs, of intrinsics as they were before any other code ran: code that replaces them
/// later deceives only itself. It is parsed when the first of its functions is needed, which many runs never do.
const KIT: &str = include_str!("kit.js");

/// Tells the interpreter when to stop. The interpreter asks now and then; the caller tells.
#[derive(Debug)]
pub(super) struct Guard {
    start: Instant,
    deadline: AtomicU64,
    cancelled: AtomicBool,
    stopped: AtomicBool,
}

impl Guard {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            deadline: AtomicU64::new(u64::MAX),
            cancelled: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        })
    }

    /// Gives the code that starts now `time` to end.
    pub(super) fn arm(&self, time: Duration) {
        let deadline = self.start.elapsed().saturating_add(time);
        self.deadline.store(u64::try_from(deadline.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Stops the code at the next occasion.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }

    /// Whether code was stopped: the interpreter that it ran in is not used again.
    pub(super) fn was_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// The time that is left; nothing when the run was told to stop.
    pub(super) fn remaining(&self) -> Duration {
        if self.cancelled.load(Ordering::Acquire) {
            return Duration::ZERO;
        }
        Duration::from_nanos(self.deadline.load(Ordering::Relaxed)).saturating_sub(self.start.elapsed())
    }

    /// Whether the code must stop now; remembers that it did.
    pub(super) fn must_stop(&self) -> bool {
        if !self.remaining().is_zero() {
            return false;
        }
        self.stopped.store(true, Ordering::Release);
        true
    }
}

/// Promises that were rejected and that nothing handles, so far.
#[derive(Clone, Default)]
pub(super) struct Rejections(Rc<RefCell<Vec<(u64, String)>>>);

/// More are not remembered.
const MOST_REJECTIONS: usize = 64;

impl Rejections {
    fn track<'js>(&self, ctx: &Ctx<'js>, promise: &JsValue<'js>, reason: &JsValue<'js>, is_handled: bool) {
        let mut hasher = DefaultHasher::new();
        promise.hash(&mut hasher);
        let id = hasher.finish();
        if is_handled {
            self.0.borrow_mut().retain(|(own, _)| *own != id);
        } else if self.0.borrow().len() < MOST_REJECTIONS {
            let message = reason.as_object().filter(|_| reason.is_error());
            let message = message.and_then(|error| error.get::<_, String>("message").ok());
            let text =
                || Realm::of(ctx).and_then(|realm| realm.tool(Tool::Describe)?.call((reason.clone(),)));
            let message = message.or_else(|| text().ok()).unwrap_or_else(|| {
                let _ = ctx.catch();
                "a value that cannot be read".to_owned()
            });
            self.0.borrow_mut().push((id, message));
        }
    }

    /// What the first one was rejected with.
    pub(super) fn first(&self) -> Option<String> {
        self.0.borrow().first().map(|(_, reason)| reason.clone())
    }
}

/// Makes an interpreter within `limits` and runs `work` in it.
///
/// # Errors
///
/// When the interpreter cannot be made, and those of `work`.
pub(super) fn enter<R>(
    limits: &JsLimits,
    guard: &Arc<Guard>,
    rejections: Option<&Rejections>,
    work: impl for<'js> FnOnce(&Ctx<'js>) -> Result<R, Error>,
) -> Result<R, Error> {
    let refused = |_| Error::new(ErrorKind::Runtime, "no memory for a JavaScript interpreter");
    let runtime = Runtime::new().map_err(refused)?;
    runtime.set_memory_limit(limits.memory_bytes());
    runtime.set_max_stack_size(limits.stack_bytes());
    let watch = Arc::clone(guard);
    runtime.set_interrupt_handler(Some(Box::new(move || watch.must_stop())));
    if let Some(rejections) = rejections {
        let rejections = rejections.clone();
        runtime.set_host_promise_rejection_tracker(Some(Box::new(
            move |ctx, promise, reason, is_handled| {
                rejections.track(&ctx, &promise, &reason, is_handled);
            },
        )));
    }
    let context = Context::full(&runtime).map_err(refused)?;
    context.with(|ctx| {
        let taken = web::locale::install(&ctx).and_then(|()| intrinsics::take(&ctx)).map_err(refused)?;
        ctx.store_userdata(taken).map_err(|_| Error::new(ErrorKind::Runtime, "the interpreter is in use"))?;
        work(&ctx)
    })
}

/// The intrinsics that Rust uses, as they were before any other code ran.
pub(super) struct Realm<'js> {
    pub(super) ctx: Ctx<'js>,
    pub(super) object_prototype: Object<'js>,
    taken: Array<'js>,
}

/// Places in the list that `kit.js` ends with.
#[derive(Clone, Copy)]
#[repr(usize)]
pub(super) enum Tool {
    Class,
    MakeDate,
    DateValue,
    Unbox,
    ToBase64,
    BytesFromView,
    WellFormed,
    EmptyText,
    Describe,
    Settle,
}

impl<'js> Realm<'js> {
    /// The intrinsics of an interpreter that [`enter`] made.
    pub(super) fn of(ctx: &Ctx<'js>) -> rquickjs::Result<Self> {
        let taken = match ctx.userdata::<Array<'js>>() {
            Some(taken) => (*taken).clone(),
            None => return Err(rquickjs::Exception::throw_internal(ctx, "the interpreter is not set up")),
        };
        let object_prototype = taken.get(intrinsics::OBJECT_PROTOTYPE)?;
        Ok(Self { ctx: ctx.clone(), object_prototype, taken })
    }

    /// A function of the kit.
    pub(super) fn tool(&self, tool: Tool) -> rquickjs::Result<Function<'js>> {
        let kit = match self.taken.get::<Option<Array<'js>>>(intrinsics::KIT)? {
            Some(kit) => kit,
            None => {
                let make: Function<'js> = self.ctx.eval(KIT)?;
                let kit: Array<'js> = make.call((self.taken.clone(),))?;
                self.taken.set(intrinsics::KIT, kit.clone())?;
                kit
            }
        };
        kit.get(tool as usize)
    }

    /// Calls a method that was taken from its prototype.
    pub(super) fn method<R: rquickjs::FromJs<'js>>(
        &self,
        tool: Tool,
        this: &JsValue<'js>,
    ) -> rquickjs::Result<R> {
        self.tool(tool)?.call((This(this.clone()),))
    }
}
