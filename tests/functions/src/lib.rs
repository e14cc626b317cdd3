//! Connectors that run JavaScript.
//!
//! Three have custom functions, each twice: with the functions in JavaScript, and with Rust in their place (connector.md
//! 16, rulings 39); the tests compare both on random input. One is the Code connector (connector.md 18).

pub mod billing;
pub mod forms;
pub mod sales;
#[rustfmt::skip]
pub mod stubs;

/// The Code connector, as the examples have it.
pub mod code {
    linchpin::include_connector!("../../../examples/connectors/code/connector.json");
}

/// The same connectors, whose functions run in the interpreter.
pub mod javascript {
    /// Three functions that use one another and `iml`.
    pub mod billing {
        linchpin::include_connector!("../connectors/billing/connector.json");
    }
    /// Fields of forms from schemas.
    pub mod forms {
        linchpin::include_connector!("../connectors/forms/connector.json");
    }
    /// In Make's own layout.
    pub mod sales {
        linchpin::include_connector!("../connectors/sales/makecomapp.json");
    }
    /// One function in Rust, the other two in JavaScript.
    pub mod mixed {
        linchpin::include_connector!(
            path = "../connectors/billing/connector.json",
            functions(crate::billing, only = [to_cents])
        );
    }
}

/// The same connectors, without an interpreter.
pub mod rust {
    /// Amounts and periods.
    pub mod billing {
        linchpin::include_connector!(
            path = "../connectors/billing/connector.json",
            functions = crate::billing
        );
    }
    /// Fields of forms from schemas.
    pub mod forms {
        linchpin::include_connector!(path = "../connectors/forms/connector.json", functions = crate::forms);
    }
    /// In Make's own layout.
    pub mod sales {
        linchpin::include_connector!(path = "../connectors/sales/makecomapp.json", functions = crate::sales);
    }
    /// With the functions that `linchpin functions` printed, which are not written yet.
    pub mod stubs {
        linchpin::include_connector!(path = "../connectors/sales/makecomapp.json", functions = crate::stubs);
    }
}

use linchpin::{Object, Value};

/// An argument of a function; one that is missing is undefined.
fn argument(args: &[Value], at: usize) -> &Value {
    args.get(at).unwrap_or(&Value::Undefined)
}

/// What `value || other` gives in JavaScript.
fn or(value: &Value, other: impl Into<Value>) -> Value {
    if is_truthy(value) { value.clone() } else { other.into() }
}

/// What JavaScript takes for true.
fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != 0.0 && !number.as_f64().is_nan(),
        Value::Text(text) => !text.is_empty(),
        _ => true,
    }
}

fn object<const N: usize>(members: [(&'static str, Value); N]) -> Value {
    members.into_iter().collect::<Object>().into()
}
