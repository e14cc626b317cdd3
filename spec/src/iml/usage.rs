//! What a template reads and calls, found from its tree alone.

use std::ops::Range;

use super::ast::{Expr, ExprKind, Piece, Step, StepKind, Template, Variable};

/// What a template uses, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage<'a> {
    /// Every root that is read, with its steps.
    pub paths: Vec<PathUse<'a>>,
    /// Every call.
    pub calls: Vec<CallUse<'a>>,
    /// Every variable that the engine supplies.
    pub variables: Vec<Variable>,
}

/// A root and the steps behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct PathUse<'a> {
    /// The root's name.
    pub root: &'a str,
    /// The steps; none when the whole root is read.
    pub steps: &'a [Step],
    /// Bytes of root and steps in the decoded template.
    pub range: Range<u32>,
    /// Bytes of the root alone.
    pub root_range: Range<u32>,
}

impl<'a> PathUse<'a> {
    /// The keys behind the root, as far as they are known without running anything.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.steps.iter().map_while(static_key)
    }

    /// The first key behind the root. `None` when the whole root is read, or by a key that is only known at run time.
    pub fn first_key(&self) -> Option<&'a str> {
        self.keys().next()
    }
}

/// The key of a step that is the same in every run: `.name`, or `['name']`.
pub fn static_key(step: &Step) -> Option<&str> {
    match &step.kind {
        StepKind::Key(key) => Some(key),
        StepKind::Computed(expr) => match &expr.kind {
            ExprKind::Text(text) => Some(text),
            _ => None,
        },
        StepKind::First | StepKind::Index(_) => None,
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallUse<'a> {
    /// The function's name.
    pub name: &'a str,
    /// Bytes of the name in the decoded template.
    pub name_range: Range<u32>,
    /// Bytes of the whole call.
    pub range: Range<u32>,
    /// Arguments, empty ones included.
    pub args: &'a [Option<Expr>],
}

impl<'a> Usage<'a> {
    /// What `template` uses.
    ///
    /// ```
    /// # use linchpin_spec::{iml::{self, usage::Usage}, span::{Span, Text}};
    /// let text = Text::detached("{{upper(body.items[1].name)}}", Span::default());
    /// let template = iml::parse_template(&text, &mut Vec::new());
    /// let usage = Usage::of(&template);
    /// assert_eq!(usage.paths[0].root, "body");
    /// assert_eq!(usage.paths[0].first_key(), Some("items"));
    /// assert_eq!(usage.calls[0].name, "upper");
    /// ```
    pub fn of(template: &'a Template) -> Self {
        let mut usage = Self::default();
        for piece in &template.pieces {
            if let Piece::Mustache(expr) = piece {
                usage.add(expr);
            }
        }
        usage
    }

    /// What `expr` uses.
    pub fn of_expr(expr: &'a Expr) -> Self {
        let mut usage = Self::default();
        usage.add(expr);
        usage
    }

    /// Whether the template reads this root at all.
    pub fn reads(&self, root: &str) -> bool {
        self.paths.iter().any(|path| path.root == root)
    }

    /// The first keys that are read of a root; `None` stands for the whole of it or a computed key.
    pub fn keys_of(&self, root: &str) -> impl Iterator<Item = Option<&'a str>> {
        self.paths.iter().filter(move |path| path.root == root).map(PathUse::first_key)
    }

    fn add(&mut self, expr: &'a Expr) {
        visit(expr, &mut |expr, steps| match &expr.kind {
            ExprKind::Name(name) => {
                let end = steps.last().map_or(expr.range.end, |step| step.range.end);
                let range = expr.range.start..end;
                self.paths.push(PathUse { root: name, steps, range, root_range: expr.range.clone() });
            }
            ExprKind::Variable(variable) => self.variables.push(*variable),
            ExprKind::Call { name, name_range, args } => {
                let (name_range, range) = (name_range.clone(), expr.range.clone());
                self.calls.push(CallUse { name, name_range, range, args });
            }
            _ => {}
        });
    }
}

/// Shows `seen` an expression and all those in it, each with the steps that follow it.
pub fn visit<'a>(expr: &'a Expr, seen: &mut impl FnMut(&'a Expr, &'a [Step])) {
    visit_with_steps(expr, &[], seen);
}

// The recursion is as deep as the tree, which the parser keeps below `MAX_DEPTH`.
fn visit_with_steps<'a>(expr: &'a Expr, steps: &'a [Step], seen: &mut impl FnMut(&'a Expr, &'a [Step])) {
    seen(expr, steps);
    match &expr.kind {
        ExprKind::Path { base, steps } => {
            visit_with_steps(base, steps, seen);
            for step in steps {
                if let StepKind::Computed(index) = &step.kind {
                    visit_with_steps(index, &[], seen);
                }
            }
        }
        ExprKind::Call { args, .. } => {
            args.iter().flatten().for_each(|arg| visit_with_steps(arg, &[], seen));
        }
        ExprKind::Unary { operand, .. } => visit_with_steps(operand, &[], seen),
        ExprKind::Binary { left, right, .. } => {
            visit_with_steps(left, &[], seen);
            visit_with_steps(right, &[], seen);
        }
        ExprKind::Concat(pieces) => pieces.iter().for_each(|piece| visit_with_steps(piece, &[], seen)),
        ExprKind::Text(_)
        | ExprKind::Number(_)
        | ExprKind::Keyword(_)
        | ExprKind::Variable(_)
        | ExprKind::Name(_)
        | ExprKind::Brackets(_)
        | ExprKind::Brace(_) => {}
    }
}
