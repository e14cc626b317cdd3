//! Writing text: expressions as statements that append to the caller's buffer (rulings 14).

use linchpin_spec::iml::ast::{BinaryOp, Expr, ExprKind, Keyword, Piece};
use linchpin_spec::iml::{Switch, is_text, literal_text};
use proc_macro2::TokenStream;
use quote::quote;

use super::code::Code;
use super::expression::Expressions;
use super::text::Writer;

impl Expressions<'_, '_> {
    /// Statements that write the whole template.
    pub(crate) fn write_template(&self) -> TokenStream {
        let mut writer = Writer::default();
        for piece in &self.template.pieces {
            match piece {
                Piece::Literal(text) => writer.text(text),
                Piece::Mustache(expr) => self.write(expr, &mut writer),
            }
        }
        writer.finish()
    }

    /// Statements that write the text form of an expression (iml.md 7.1).
    fn write(&self, expr: &Expr, writer: &mut Writer) {
        if let Some(text) = literal_text(expr) {
            return writer.text(&text);
        }
        match &expr.kind {
            ExprKind::Concat(pieces) => pieces.iter().for_each(|piece| self.write(piece, writer)),
            ExprKind::Binary { op: BinaryOp::Add, left, right } if is_text(expr) => {
                self.write(left, writer);
                self.write(right, writer);
            }
            ExprKind::Binary { op: BinaryOp::Or, left, right } => {
                self.write_choice(left, &quote!(v.is_truthy()), &Branch::Kept, &Branch::Other(right), writer);
            }
            ExprKind::Binary { op: BinaryOp::And, left, right } => {
                self.write_choice(left, &quote!(v.is_truthy()), &Branch::Other(right), &Branch::Kept, writer);
            }
            ExprKind::Keyword(Keyword::True) => writer.text("true"),
            ExprKind::Keyword(Keyword::False) => writer.text("false"),
            // Nullish values, the empty text and the empty array have no text.
            ExprKind::Keyword(_) | ExprKind::Brackets(_) => {}
            ExprKind::Call { name, args, .. } if self.context.custom(name).is_none() => match &**name {
                "if" => self.write_if(args, writer),
                "ifempty" => self.write_ifempty(args, writer),
                "switch" => self.write_switch(args, writer),
                _ => self.write_value(&self.value(expr), writer),
            },
            _ => self.write_value(&self.value(expr), writer),
        }
    }

    fn write_value(&self, value: &Code, writer: &mut Writer) {
        let receiver = value.receiver();
        writer.statement(quote!(#receiver.write_text(b);));
    }

    fn written(&self, argument: Option<&Option<Expr>>) -> TokenStream {
        let mut writer = Writer::default();
        if let Some(Some(expr)) = argument {
            self.write(expr, &mut writer);
        }
        writer.finish()
    }

    fn write_if(&self, args: &[Option<Expr>], writer: &mut Writer) {
        let condition = self.argument(args.first()).truth().tokens();
        let (yes, no) = (self.written(args.get(1)), self.written(args.get(2)));
        let otherwise = (!no.is_empty()).then(|| quote!(else { #no }));
        writer.statement(quote!(if #condition { #yes } #otherwise));
    }

    fn write_ifempty(&self, args: &[Option<Expr>], writer: &mut Writer) {
        let Some(Some(first)) = args.first() else {
            return writer.statement(self.written(args.get(1)));
        };
        let second = args.get(1).and_then(Option::as_ref);
        let second = second.map_or(Branch::Nothing, Branch::Other);
        self.write_choice(first, &quote!(v.is_blank()), &second, &Branch::Kept, writer);
    }

    fn write_choice(
        &self,
        first: &Expr,
        condition: &TokenStream,
        yes: &Branch<'_>,
        no: &Branch<'_>,
        writer: &mut Writer,
    ) {
        let binding = self.value(first).binding();
        let branch = |branch: &Branch<'_>| match branch {
            Branch::Kept => quote!(v.write_text(b);),
            Branch::Nothing => TokenStream::new(),
            Branch::Other(expr) => {
                let mut writer = Writer::default();
                self.write(expr, &mut writer);
                writer.finish()
            }
        };
        let (yes, no) = (branch(yes), branch(no));
        writer.statement(quote!({ let v = #binding; if #condition { #yes } else { #no } }));
    }

    fn write_switch(&self, args: &[Option<Expr>], writer: &mut Writer) {
        let Switch { arms, otherwise, .. } = Switch::of(args);
        let label = self.context.label();
        let matches = self.context.switch_equality();
        let arms = arms.iter().map(|(value, result)| {
            let (value, result) = (self.argument(Some(value)).reference(), self.written(Some(result)));
            quote!(if __lp::ops::#matches(v, #value) { #result break #label; })
        });
        let (subject, otherwise) = (self.subject(args), self.written(otherwise));
        writer.statement(quote!(#label: { #subject #(#arms)* #otherwise }));
    }
}

/// What one side of a choice writes.
enum Branch<'e> {
    /// The value that was looked at.
    Kept,
    /// Another expression.
    Other(&'e Expr),
    /// Nothing.
    Nothing,
}
