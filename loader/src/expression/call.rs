//! Calls: lazy ones get a form of their own, the others name a function of the runtime (iml.md 8, 9).

use std::ops::Range;
use std::sync::Arc;

use linchpin::{functions, ops};
use linchpin_spec::iml::Switch;
use linchpin_spec::iml::ast::Expr;

use super::{Code, Expressions};

impl Expressions<'_, '_> {
    /// A call.
    pub(super) fn call(&self, name: &str, range: Range<u32>, args: &[Option<Expr>]) -> Code {
        let argument = |at: usize| self.argument(args.get(at));
        let all = || args.iter().map(|argument| self.argument(Some(argument))).collect();
        let place = || self.maker.place(self.template.span_of(range));
        if self.maker.is_custom(name) {
            return Code::Custom { name: Arc::from(name), place: place(), args: all() };
        }
        match name {
            "if" => Code::If(Box::new([argument(0), argument(1), argument(2)])),
            "ifempty" => Code::IfEmpty(Box::new([argument(0), argument(1)])),
            "switch" => self.switch(&Switch::of(args)),
            _ => match functions::find(name) {
                Some(function) => Code::Call { function, place: place(), args: all() },
                None => Code::Fail {
                    place: self.maker.place(self.template.source.span),
                    message: format!("Function '{name}' not found!"),
                },
            },
        }
    }

    fn switch(&self, switch: &Switch<'_>) -> Code {
        let arms = switch.arms.iter();
        let arms =
            arms.map(|(value, result)| (self.argument(Some(value)), self.argument(Some(result)))).collect();
        let matches =
            if self.maker.is_secretive() { ops::switch_matches_secret } else { ops::switch_matches };
        Code::Switch {
            matches,
            subject: Box::new(self.argument(switch.subject)),
            arms,
            otherwise: Box::new(self.argument(switch.otherwise)),
        }
    }
}
