//! From the tree of an expression to what runs.

use linchpin::scope::Root;
use linchpin::{Value, ops};
use linchpin_spec::iml::ast::{
    BinaryOp, Expr, ExprKind, Keyword, Piece, StepKind, Template, UnaryOp, Variable,
};
use linchpin_spec::iml::{is_text, literal_text, space};

use super::{Calculation, Code, Step};
use crate::maker::Maker;

/// Prepares the expressions of one template.
pub(crate) struct Expressions<'a, 'm> {
    pub(super) maker: &'a Maker<'m>,
    pub(super) template: &'a Template,
}

impl<'a, 'm> Expressions<'a, 'm> {
    pub(crate) fn new(maker: &'a Maker<'m>, template: &'a Template) -> Self {
        Self { maker, template }
    }

    /// All pieces of the template as text, one behind the other.
    pub(crate) fn pieces(&self) -> Code {
        let mut parts = Vec::new();
        for piece in &self.template.pieces {
            match piece {
                Piece::Literal(text) => parts.push(self::text(text)),
                Piece::Mustache(expr) => self.collect(expr, &mut parts),
            }
        }
        Code::Concat(parts)
    }

    /// An expression.
    pub(crate) fn value(&self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Text(text) => self::text(text),
            ExprKind::Number(number) => Code::Value(Value::number(*number)),
            ExprKind::Keyword(keyword) => Code::Value(self::keyword(*keyword)),
            ExprKind::Variable(Variable::Pi) => Code::Value(Value::PI),
            ExprKind::Variable(variable) => Code::Variable(*variable),
            ExprKind::Name(name) => {
                Root::find(name).map_or_else(|| Code::Named(name.as_ref().into()), Code::Root)
            }
            ExprKind::Path { base, steps } => {
                let is_headers = matches!(&base.kind, ExprKind::Name(name) if &**name == "headers");
                let steps = steps.iter().enumerate();
                let steps = steps.map(|(at, step)| self.step(&step.kind, is_headers && at == 0)).collect();
                Code::Path { base: Box::new(self.value(base)), steps }
            }
            ExprKind::Call { name, name_range, args } => self.call(name, name_range.clone(), args),
            ExprKind::Unary { op: UnaryOp::Not, operand } => Code::Not(Box::new(self.value(operand))),
            ExprKind::Unary { op: UnaryOp::Negate, operand } => Code::Negate(Box::new(self.value(operand))),
            ExprKind::Binary { op, left, right } => self.binary(expr, *op, left, right),
            ExprKind::Concat(_) => self.concat(expr),
            ExprKind::Brackets(_) => Code::Value(Value::Null),
            ExprKind::Brace(brace) => self::text(brace.encode_utf8(&mut [0; 4])),
        }
    }

    /// An argument; one that is left out is undefined (iml.md 3.2).
    pub(super) fn argument(&self, argument: Option<&Option<Expr>>) -> Code {
        match argument {
            Some(Some(expr)) => self.value(expr),
            _ => Code::Value(Value::Undefined),
        }
    }

    fn concat(&self, expr: &Expr) -> Code {
        let mut parts = Vec::new();
        self.collect(expr, &mut parts);
        Code::Concat(parts)
    }

    /// Adds what `expr` is as text, so that long chains stay flat.
    fn collect(&self, expr: &Expr, parts: &mut Vec<Code>) {
        match &expr.kind {
            ExprKind::Concat(pieces) => pieces.iter().for_each(|piece| self.collect(piece, parts)),
            ExprKind::Binary { op: BinaryOp::Add, left, right } if is_text(expr) => {
                self.collect(left, parts);
                self.collect(right, parts);
            }
            _ => parts.push(literal_text(expr).map_or_else(|| self.value(expr), |literal| text(&literal))),
        }
    }

    fn step(&self, step: &StepKind, is_header: bool) -> Step {
        match step {
            StepKind::Key(name) if is_header => Step::Header(name.as_ref().into()),
            StepKind::Key(name) => Step::Key(name.as_ref().into()),
            StepKind::First => Step::First,
            StepKind::Index(index) => Step::Index(*index),
            StepKind::Computed(expr) if is_header => Step::ComputedHeader(self.value(expr)),
            StepKind::Computed(expr) => Step::Computed(self.value(expr)),
        }
    }

    fn binary(&self, expr: &Expr, op: BinaryOp, left: &Expr, right: &Expr) -> Code {
        if op == BinaryOp::Add && is_text(expr) {
            return self.concat(expr);
        }
        let sides = Box::new([self.value(left), self.value(right)]);
        let calculate = |calculate: Calculation, sides| {
            let place = self.maker.place(self.template.span_of(expr.range.clone()));
            Code::Calculate { calculate, place, sides }
        };
        match op {
            BinaryOp::Or => Code::Or(sides),
            BinaryOp::And => Code::And(sides),
            BinaryOp::Equal if self.maker.is_secretive() => Code::Compare { holds: ops::equal_secret, sides },
            BinaryOp::NotEqual if self.maker.is_secretive() => {
                Code::Compare { holds: |left, right| !ops::equal_secret(left, right), sides }
            }
            BinaryOp::Equal => Code::Compare { holds: ops::equal, sides },
            BinaryOp::NotEqual => Code::Compare { holds: |left, right| !ops::equal(left, right), sides },
            BinaryOp::Less => Code::Compare { holds: ops::less, sides },
            BinaryOp::LessEqual => Code::Compare { holds: ops::less_equal, sides },
            BinaryOp::Greater => Code::Compare { holds: ops::greater, sides },
            BinaryOp::GreaterEqual => Code::Compare { holds: ops::greater_equal, sides },
            BinaryOp::Add => Code::Combine { combine: ops::add, sides },
            BinaryOp::NumberAdd => Code::Combine { combine: ops::number_add, sides },
            BinaryOp::Subtract => Code::Combine { combine: ops::subtract, sides },
            BinaryOp::Multiply => calculate(ops::multiply, sides),
            BinaryOp::Divide => calculate(ops::divide, sides),
            BinaryOp::Remainder => calculate(ops::remainder, sides),
        }
    }
}

fn text(text: &str) -> Code {
    Code::Value(Value::from(text))
}

fn keyword(keyword: Keyword) -> Value {
    match keyword {
        Keyword::True => Value::TRUE,
        Keyword::False => Value::FALSE,
        Keyword::Null | Keyword::Erase => Value::Null,
        Keyword::Ignore | Keyword::Undefined => Value::Undefined,
        Keyword::EmptyString => Value::EMPTY_TEXT,
        Keyword::EmptyArray => Value::empty_array(),
        _ => Value::from(space(keyword).unwrap_or_default()),
    }
}
