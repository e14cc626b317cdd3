//! Runs what was prepared. Paths into the scope are read without a copy.

use std::borrow::Cow;

use linchpin::__private::v1::custom;
use linchpin::{Error, Object, Scope, Value, ops};
use linchpin_spec::iml::ast::Variable;

use super::{Code, Comparison, Entry, Step};

/// A value of the scope, or a new one.
type Given<'s> = Result<Cow<'s, Value>, Error>;

impl Code {
    /// The value.
    pub(crate) fn evaluate<'s>(&'s self, scope: &'s Scope) -> Given<'s> {
        Ok(match self {
            Self::Value(value) => Cow::Borrowed(value),
            Self::Root(root) => Cow::Borrowed(scope.root(*root)),
            Self::Named(name) => Cow::Borrowed(scope.named(name)),
            Self::Variable(variable) => Cow::Owned(self::variable(*variable, scope)),
            Self::Path { base, steps } => return walk(base.evaluate(scope)?, steps, scope),
            Self::Call { function, place, args } => {
                let args = all(args, scope)?;
                Cow::Owned(function(scope.at(place), &borrowed(&args))?)
            }
            Self::Custom { name, place, args } => {
                let args = all(args, scope)?;
                Cow::Owned(custom(scope.at(place), name, &borrowed(&args))?)
            }
            Self::If(parts) => {
                let [condition, yes, no] = &**parts;
                let branch = if condition.evaluate(scope)?.is_truthy() { yes } else { no };
                return branch.evaluate(scope);
            }
            Self::IfEmpty(sides) => return first_unless(sides, scope, Value::is_blank),
            Self::Or(sides) => return first_unless(sides, scope, |value| !value.is_truthy()),
            Self::And(sides) => return first_unless(sides, scope, Value::is_truthy),
            Self::Switch { matches, subject, arms, otherwise } => {
                return switch(*matches, &*subject.evaluate(scope)?, (arms, otherwise), scope);
            }
            Self::Not(operand) => Cow::Owned(Value::Bool(!operand.evaluate(scope)?.is_truthy())),
            Self::Negate(operand) => Cow::Owned(ops::negate(&*operand.evaluate(scope)?)),
            Self::Compare { holds, sides } => {
                let [left, right] = both(sides, scope)?;
                Cow::Owned(Value::Bool(holds(&left, &right)))
            }
            Self::Combine { combine, sides } => {
                let [left, right] = both(sides, scope)?;
                Cow::Owned(combine(&left, &right))
            }
            Self::Calculate { calculate, place, sides } => {
                let [left, right] = both(sides, scope)?;
                Cow::Owned(calculate(scope.at(place), &left, &right)?)
            }
            Self::Concat(_) => {
                let mut text = String::new();
                self.write(scope, &mut text)?;
                Cow::Owned(Value::from(text))
            }
            Self::Array(items) => {
                let items = items.iter().map(|item| item.owned(scope)).collect::<Result<_, _>>()?;
                Cow::Owned(Value::array(items))
            }
            Self::Object(entries) => Cow::Owned(Value::Object(object(entries, scope)?)),
            Self::Fail { place, message } => return Err(Error::template(place, message)),
        })
    }

    /// The value, to be kept.
    pub(crate) fn owned(&self, scope: &Scope) -> Result<Value, Error> {
        self.evaluate(scope).map(Cow::into_owned)
    }

    /// Appends the text of the value (iml.md 7.1).
    pub(crate) fn write(&self, scope: &Scope, out: &mut String) -> Result<(), Error> {
        match self {
            Self::Concat(parts) => parts.iter().try_for_each(|part| part.write(scope, out)),
            _ => {
                self.evaluate(scope)?.write_text(out);
                Ok(())
            }
        }
    }
}

/// The first of two, or the second where the first one is `unwanted`.
fn first_unless<'s>(sides: &'s [Code; 2], scope: &'s Scope, unwanted: fn(&Value) -> bool) -> Given<'s> {
    let [first, second] = sides;
    let first = first.evaluate(scope)?;
    if unwanted(&first) { second.evaluate(scope) } else { Ok(first) }
}

fn switch<'s>(
    matches: Comparison,
    subject: &Value,
    (arms, otherwise): (&'s [(Code, Code)], &'s Code),
    scope: &'s Scope,
) -> Given<'s> {
    for (value, result) in arms {
        if matches(subject, &*value.evaluate(scope)?) {
            return result.evaluate(scope);
        }
    }
    otherwise.evaluate(scope)
}

fn walk<'s>(base: Cow<'s, Value>, steps: &[Step], scope: &Scope) -> Given<'s> {
    match base {
        Cow::Borrowed(base) => steps.iter().try_fold(base, |at, step| step.go(at, scope)).map(Cow::Borrowed),
        Cow::Owned(base) => {
            let end = steps.iter().try_fold(&base, |at, step| step.go(at, scope))?;
            Ok(Cow::Owned(end.clone()))
        }
    }
}

impl Step {
    fn go<'v>(&self, at: &'v Value, scope: &Scope) -> Result<&'v Value, Error> {
        Ok(match self {
            Self::Key(name) => at.key(name),
            Self::Header(name) => at.header(name),
            Self::First => at.first(),
            Self::Index(index) => at.index(*index),
            Self::Computed(key) => at.computed(&*key.evaluate(scope)?),
            Self::ComputedHeader(name) => at.header(&name.evaluate(scope)?.to_text()),
        })
    }
}

fn all<'s>(args: &'s [Code], scope: &'s Scope) -> Result<Vec<Cow<'s, Value>>, Error> {
    args.iter().map(|argument| argument.evaluate(scope)).collect()
}

fn borrowed<'v>(args: &'v [Cow<'_, Value>]) -> Vec<&'v Value> {
    args.iter().map(|argument| &**argument).collect()
}

fn both<'s>(sides: &'s [Code; 2], scope: &'s Scope) -> Result<[Cow<'s, Value>; 2], Error> {
    let [left, right] = sides;
    Ok([left.evaluate(scope)?, right.evaluate(scope)?])
}

fn object(entries: &[Entry], scope: &Scope) -> Result<Object, Error> {
    let mut object = Object::with_capacity(entries.len());
    for entry in entries {
        match entry {
            Entry::Spread(value) => object.spread(&*value.evaluate(scope)?),
            Entry::Field(key, value) => object.insert_text(key.clone(), value.owned(scope)?),
            Entry::Keyed(key, value) => {
                let key = key.evaluate(scope)?.to_text();
                object.insert_text(key, value.owned(scope)?);
            }
        }
    }
    Ok(object)
}

fn variable(variable: Variable, scope: &Scope) -> Value {
    match variable {
        Variable::Now => scope.now(),
        Variable::Timestamp => scope.timestamp(),
        Variable::Uuid => scope.uuid(),
        Variable::Pi => Value::PI,
        Variable::Random => scope.random(),
        Variable::ExecutionId => scope.execution_id(),
    }
}
