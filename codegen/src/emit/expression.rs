//! Expressions of IML as Rust expressions (iml.md 4 to 6).

use linchpin_spec::iml::ast::{
    BinaryOp, Expr, ExprKind, Keyword, Step, StepKind, Template, UnaryOp, Variable,
};
use linchpin_spec::iml::{is_text, literal_text, space};
use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Code, Truth};
use super::context::Context;
use super::{literal, roots};

/// Emits the expressions of one template. In the emitted code `s` is the scope.
pub(crate) struct Expressions<'a, 'c> {
    pub(crate) context: &'a Context<'c>,
    pub(crate) template: &'a Template,
}

impl<'a, 'c> Expressions<'a, 'c> {
    pub(crate) fn new(context: &'a Context<'c>, template: &'a Template) -> Self {
        Self { context, template }
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Text(text) => Code::Owned(literal::text(text)),
            ExprKind::Number(number) => Code::Owned(literal::number(*number)),
            ExprKind::Keyword(keyword) => self::keyword(*keyword),
            ExprKind::Variable(variable) => self::variable(*variable),
            ExprKind::Name(name) => Code::Place(roots::read(name)),
            ExprKind::Path { base, steps } => self.path(base, steps),
            ExprKind::Call { name, name_range, args } => self.call(name, name_range.clone(), args),
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                Code::Truth(self.value(operand).truth().negated())
            }
            ExprKind::Unary { op: UnaryOp::Negate, operand } => {
                let operand = self.value(operand).reference();
                Code::Owned(quote!(__lp::ops::negate(#operand)))
            }
            ExprKind::Binary { op, left, right } => self.binary(expr, *op, left, right),
            ExprKind::Concat(_) => self.concat(&[expr]),
            ExprKind::Brackets(_) => Code::Const(quote!(__lp::Value::NULL)),
            ExprKind::Brace(brace) => Code::Owned(literal::text(brace.encode_utf8(&mut [0; 4]))),
        }
    }

    fn path(&self, base: &Expr, steps: &[Step]) -> Code {
        let is_headers = matches!(&base.kind, ExprKind::Name(name) if &**name == "headers");
        let member = match (&base.kind, steps.first().map(|step| &step.kind)) {
            (ExprKind::Name(name), Some(StepKind::Key(key))) if !is_headers => roots::member(name, key),
            _ => None,
        };
        let (mut code, done) = match member {
            Some(place) => (Code::Place(place), 1),
            None => (self.value(base), 0),
        };
        for (at, step) in steps.iter().enumerate().skip(done) {
            code = code.step(&self.step(&step.kind, is_headers && at == 0));
        }
        code
    }

    /// The value of an argument; one that is left out is undefined (iml.md 3.2).
    pub(crate) fn argument(&self, argument: Option<&Option<Expr>>) -> Code {
        match argument {
            Some(Some(expr)) => self.value(expr),
            _ => Code::Const(quote!(__lp::Value::UNDEFINED)),
        }
    }

    /// Pieces joined as text (iml.md 2, rule 3, and 3.3).
    pub(crate) fn concat(&self, pieces: &[&Expr]) -> Code {
        let mut parts = Parts::default();
        for piece in pieces {
            self.collect(piece, &mut parts);
        }
        parts.finish()
    }

    /// Adds what `expr` is as text to `parts`.
    pub(crate) fn collect(&self, expr: &Expr, parts: &mut Parts) {
        match &expr.kind {
            ExprKind::Concat(pieces) => pieces.iter().for_each(|piece| self.collect(piece, parts)),
            ExprKind::Binary { op: BinaryOp::Add, left, right } if is_text(expr) => {
                self.collect(left, parts);
                self.collect(right, parts);
            }
            _ => match literal_text(expr) {
                Some(text) => parts.text(&text),
                None => parts.value(&self.value(expr)),
            },
        }
    }

    fn step(&self, step: &StepKind, is_header: bool) -> TokenStream {
        match step {
            StepKind::Key(name) => named(name, is_header),
            StepKind::First => quote!(first()),
            StepKind::Index(index) => {
                let sign = index.is_negative().then(|| quote!(-));
                let index = proc_macro2::Literal::u64_unsuffixed(index.unsigned_abs());
                quote!(index(#sign #index))
            }
            StepKind::Computed(expr) => match &expr.kind {
                // Text that could be a number may be an index instead (iml.md 5).
                ExprKind::Text(name) if is_header || is_word(name) => named(name, is_header),
                _ if is_header => {
                    let name = self.value(expr).receiver();
                    quote!(header(&#name.to_text()))
                }
                _ => {
                    let key = self.value(expr).reference();
                    quote!(computed(#key))
                }
            },
        }
    }

    fn binary(&self, expr: &Expr, op: BinaryOp, left: &Expr, right: &Expr) -> Code {
        let function = match op {
            BinaryOp::Or | BinaryOp::And => return self.logic(op, left, right),
            BinaryOp::Add if is_text(expr) => return self.concat(&[expr]),
            BinaryOp::Equal | BinaryOp::NotEqual => self.context.equality(),
            BinaryOp::Less => quote!(less),
            BinaryOp::LessEqual => quote!(less_equal),
            BinaryOp::Greater => quote!(greater),
            BinaryOp::GreaterEqual => quote!(greater_equal),
            BinaryOp::Add => quote!(add),
            BinaryOp::NumberAdd => quote!(number_add),
            BinaryOp::Subtract => quote!(subtract),
            BinaryOp::Multiply => quote!(multiply),
            BinaryOp::Divide => quote!(divide),
            BinaryOp::Remainder => quote!(remainder),
        };
        let (left, right) = (self.value(left).reference(), self.value(right).reference());
        match op {
            BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => {
                let site = self.context.site(self.template.span_of(expr.range.clone()));
                Code::Owned(quote!(__lp::ops::#function(#site, #left, #right)?))
            }
            BinaryOp::Add | BinaryOp::NumberAdd | BinaryOp::Subtract => {
                Code::Owned(quote!(__lp::ops::#function(#left, #right)))
            }
            BinaryOp::NotEqual => Code::Truth(Truth::simple(quote!(!__lp::ops::#function(#left, #right)))),
            _ => Code::Truth(Truth::simple(quote!(__lp::ops::#function(#left, #right)))),
        }
    }

    /// `|` and `&` give one of their operands and evaluate the second one only when needed (iml.md 6).
    fn logic(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Code {
        let (left, right) = (self.value(left), self.value(right));
        let is_or = op == BinaryOp::Or;
        if let (Code::Truth(left), Code::Truth(right)) = (&left, &right) {
            let operator = if is_or { quote!(||) } else { quote!(&&) };
            return Code::Truth(Truth::joined(left, &operator, right));
        }
        let binding = left.binding();
        let kept = if left.place().is_some() { Code::Place(quote!(v)) } else { Code::Owned(quote!(v)) };
        let condition = quote!(v.is_truthy());
        let (yes, no) = if is_or { (&kept, &right) } else { (&right, &kept) };
        let either = Code::either(&condition, yes, no);
        let is_place = either.place().is_some();
        let chosen = either.binding();
        let block = quote!({ let v = #binding; #chosen });
        if is_place { Code::Place(block) } else { Code::Owned(block) }
    }
}

/// Pieces of text, literal ones merged.
#[derive(Default)]
pub(crate) struct Parts {
    parts: Vec<TokenStream>,
    literal: String,
}

impl Parts {
    /// Adds literal text.
    pub(crate) fn text(&mut self, text: &str) {
        self.literal.push_str(text);
    }

    /// Adds a value.
    pub(crate) fn value(&mut self, value: &Code) {
        self.flush();
        self.parts.push(value.reference());
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            let text = literal::text(&std::mem::take(&mut self.literal));
            self.parts.push(quote!(&#text));
        }
    }

    /// One text of all pieces.
    pub(crate) fn finish(mut self) -> Code {
        if self.parts.is_empty() {
            return Code::Owned(literal::text(&self.literal));
        }
        self.flush();
        let parts = self.parts;
        Code::Owned(quote!(__lp::ops::concat(&[#(#parts),*])))
    }
}

/// The step to a key. Names of headers are found whatever their case.
fn named(name: &str, is_header: bool) -> TokenStream {
    if is_header { quote!(header(#name)) } else { quote!(key(#name)) }
}

fn is_word(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn keyword(keyword: Keyword) -> Code {
    match keyword {
        Keyword::True => Code::Const(quote!(__lp::Value::TRUE)),
        Keyword::False => Code::Const(quote!(__lp::Value::FALSE)),
        Keyword::Null | Keyword::Erase => Code::Const(quote!(__lp::Value::NULL)),
        Keyword::Ignore | Keyword::Undefined => Code::Const(quote!(__lp::Value::UNDEFINED)),
        Keyword::EmptyString => Code::Const(quote!(__lp::Value::EMPTY_TEXT)),
        Keyword::EmptyArray => Code::Owned(quote!(__lp::Value::empty_array())),
        _ => Code::Owned(literal::text(space(keyword).unwrap_or_default())),
    }
}

fn variable(variable: Variable) -> Code {
    match variable {
        Variable::Pi => Code::Const(quote!(__lp::Value::PI)),
        Variable::Now => Code::Owned(quote!(s.now())),
        Variable::Timestamp => Code::Owned(quote!(s.timestamp())),
        Variable::Uuid => Code::Owned(quote!(s.uuid())),
        Variable::Random => Code::Owned(quote!(s.random())),
        Variable::ExecutionId => Code::Owned(quote!(s.execution_id())),
    }
}
