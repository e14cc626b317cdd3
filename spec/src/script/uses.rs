//! Follows `configVars` and `stepResults` through a block.

use std::ops::Range;

use super::pattern::{Entry, behind, entries, exported, opening};
use super::token::{Token, TokenKind, tokens};

/// What a block names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Uses {
    pub(crate) config_vars: Names,
    pub(crate) steps: Names,
}

/// Names of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Names {
    /// Each name with its place in the code, in the code's order.
    pub(crate) named: Vec<(String, Range<usize>)>,
    /// There may be more: the object is passed on whole, or read under names that are computed.
    pub(crate) is_open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Context,
    ConfigVars,
    Steps,
}

/// More names for one object are not followed.
const MOST_ALIASES: usize = 32;

/// What `code` names. `has_steps` tells an action, whose second argument is `stepResults`.
pub(crate) fn uses(code: &str, has_steps: bool) -> Uses {
    let tokens = tokens(code);
    let mut reader =
        Reader { tokens: &tokens, uses: Uses::default(), aliases: Vec::new(), declared: Vec::new() };
    let Some(parameters) = exported(&tokens) else {
        let open = Names { named: Vec::new(), is_open: true };
        return Uses { config_vars: open.clone(), steps: open };
    };
    for (pattern, kind) in parameters.into_iter().zip([Kind::Context, Kind::Steps]) {
        reader.declared.push(pattern.clone());
        if kind != Kind::Steps || has_steps {
            reader.bind(kind, pattern);
        }
    }
    let mut at = 0;
    while let Some((kind, name)) = reader.aliases.get(at).cloned() {
        reader.follow(kind, &name);
        at += 1;
    }
    let mut uses = reader.uses;
    for names in [&mut uses.config_vars, &mut uses.steps] {
        names.named.sort_by_key(|(_, range)| range.start);
    }
    uses
}

struct Reader<'a> {
    tokens: &'a [Token],
    uses: Uses,
    aliases: Vec<(Kind, String)>,
    /// Places where names are declared: they are no uses.
    declared: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn is(&self, at: usize, punct: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(punct))
    }

    fn before(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at.checked_sub(1)?)
    }

    /// Binds an object to a pattern: a name, or a pattern of destructuring.
    fn bind(&mut self, kind: Kind, pattern: Range<usize>) {
        let Some(first) = self.tokens.get(pattern.start).filter(|_| !pattern.is_empty()) else { return };
        if let Some(name) = first.name() {
            let alias = (kind, name.to_owned());
            if self.aliases.len() < MOST_ALIASES && !self.aliases.contains(&alias) {
                self.aliases.push(alias);
            }
        } else if first.is("{") {
            for entry in entries(self.tokens, pattern.start) {
                match entry {
                    Entry::Member { key, target } => self.member(kind, key, Some(target)),
                    Entry::Rest { target } if kind == Kind::Context => self.bind(kind, target),
                    Entry::Rest { .. } | Entry::Unknown => self.open(kind),
                }
            }
        } else {
            self.open(kind);
        }
    }

    /// Reads the member whose name stands at `key`.
    fn member(&mut self, kind: Kind, key: usize, target: Option<Range<usize>>) {
        let Some(token) = self.tokens.get(key) else { return };
        let (TokenKind::Name(name) | TokenKind::Text(name)) = &token.kind else { return self.open(kind) };
        let named = (name.clone(), token.range.clone());
        match kind {
            Kind::Context if name == "configVars" => match target {
                Some(target) => self.bind(Kind::ConfigVars, target),
                None => self.open(Kind::ConfigVars),
            },
            Kind::Context => {}
            Kind::ConfigVars => self.uses.config_vars.named.push(named),
            Kind::Steps => self.uses.steps.named.push(named),
        }
    }

    fn open(&mut self, kind: Kind) {
        match kind {
            Kind::Context | Kind::ConfigVars => self.uses.config_vars.is_open = true,
            Kind::Steps => self.uses.steps.is_open = true,
        }
    }

    /// Looks at every use of a name.
    fn follow(&mut self, kind: Kind, name: &str) {
        for at in 0..self.tokens.len() {
            let is_use = self.tokens.get(at).and_then(Token::name) == Some(name)
                && !self.declared.iter().any(|range| range.contains(&at))
                && !self.before(at).is_some_and(|before| before.is(".") || before.is("?."));
            let is_key = self.is(at + 1, ":")
                && self.before(at).is_some_and(|before| before.is("{") || before.is(","));
            if is_use && !is_key {
                self.expression(kind, at, at);
            }
        }
    }

    /// Reads what is done with an object that the tokens from `start` to `end` stand for.
    fn expression(&mut self, kind: Kind, start: usize, end: usize) {
        let dots = usize::from(self.is(end + 1, ".") || self.is(end + 1, "?."));
        let next = end + 1 + dots;
        if self.is(next, "[") && self.is(next + 2, "]") {
            return self.read(kind, start, next + 1, next + 2);
        }
        if dots == 1 && self.tokens.get(next).and_then(Token::name).is_some() {
            return self.read(kind, start, next, next);
        }
        let target = self.assigned(start, end);
        match target {
            Some(target) => {
                self.declared.push(target.clone());
                self.bind(kind, target);
            }
            None => self.open(kind),
        }
    }

    /// Reads the member at `key`, with which the expression that began at `start` ends at `end`.
    fn read(&mut self, kind: Kind, start: usize, key: usize, end: usize) {
        let token = self.tokens.get(key).map(|token| &token.kind);
        let is_config =
            matches!(token, Some(TokenKind::Name(name) | TokenKind::Text(name)) if name == "configVars");
        match token {
            Some(TokenKind::Name(_)) if end != key => self.open(kind),
            _ if kind == Kind::Context && is_config => self.expression(Kind::ConfigVars, start, end),
            _ => self.member(kind, key, None),
        }
    }

    /// The pattern that an expression is assigned to as it is: `const { a } = it`, `const b = it`.
    fn assigned(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let equals = start.checked_sub(1).filter(|at| self.is(*at, "="))?;
        let last = equals.checked_sub(1)?;
        let goes_on = self.tokens.get(end + 1).is_some_and(|next| {
            matches!(&next.kind, TokenKind::Punct("(" | "?" | "=" | "==" | "===") | TokenKind::Other)
        });
        if goes_on {
            return None;
        }
        if self.is(last, "}") {
            let open = opening(self.tokens, last)?;
            return (behind(self.tokens, open) == equals).then_some(open..equals);
        }
        let word = self.before(last).and_then(Token::name);
        let declares = matches!(word, Some("const" | "let" | "var"));
        (declares && self.tokens.get(last).and_then(Token::name).is_some()).then_some(last..equals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `config variables | steps`, with `..` where there may be more.
    fn shown(code: &str) -> String {
        let names = |names: &Names| {
            let mut shown: Vec<&str> = names.named.iter().map(|(name, _)| name.as_str()).collect();
            shown.extend(names.is_open.then_some(".."));
            shown.join(",")
        };
        let uses = uses(code, true);
        for (name, range) in uses.config_vars.named.iter().chain(&uses.steps.named) {
            assert!(code[range.clone()].contains(name.as_str()), "{code}");
        }
        format!("{} | {}", names(&uses.config_vars), names(&uses.steps))
    }

    #[test]
    fn names_are_followed_from_the_parameters() {
        let cases = [
            (
                "module.exports = async ({ configVars }, stepResults) => ({ data: stepResults.getIt.results + configVars['Base URL'] })",
                "Base URL | getIt",
            ),
            (
                "module.exports = async (context, { webhookTrigger, other: o, 'x': y }) => context.configVars.Shop",
                "Shop | webhookTrigger,other,x",
            ),
            (
                "module.exports = async ({ logger, configVars: { Shop, 'App URL': url } }, { a, ...rest }) => 1",
                "Shop,App URL | a,..",
            ),
            (
                "module.exports = async ({ logger }, steps) => { const { a, b: { results } } = steps; return steps?.c?.results ?? steps?.['d'] }",
                " | a,b,c,d",
            ),
            (
                "module.exports = function (ctx, r) { const { configVars } = ctx; const cv = configVars; let s = r; return cv.One + s.two }",
                "One | two",
            ),
            (
                "module.exports = async function run(context, r) { const c = context; return `${c.configVars[`Two`]}/${r.x}` }",
                "Two | x",
            ),
            (
                "const main = async ({ configVars }, r) => { JSON.stringify(r); configVars[key]; }; module.exports = main;",
                ".. | ..",
            ),
            ("async function main({ configVars }, { a = {} }) {}\nmodule.exports = main", " | a"),
            ("exports.default = (context) => context", ".. | "),
            (
                "module.exports = async (context, stepResults) => ({ stepResults: 1, a: { stepResults: 2 }, b: x.stepResults })",
                " | ",
            ),
            (
                "module.exports = async (_, s) => { // s.no\n /* s.no */ 's.no'; /s.no/; return s.yes }",
                " | yes",
            ),
            ("module.exports = (async (c, s) => Object.keys(s))", " | .."),
            ("module.exports = async c => c['configVars']['A b']", "A b | "),
            (
                "module.exports = async ({ ...all }, s) => { const x = s ? s.a : 1; const { y } = all.configVars; return s === null }",
                "y | a,..",
            ),
            ("module.exports = require('x')", ".. | .."),
            ("nothing here", ".. | .."),
            ("", ".. | .."),
            ("module.exports = async ({ configVars }, {", ".. | .."),
        ];
        for (code, expected) in cases {
            assert_eq!(shown(code), expected, "{code}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_code_is_read(code in "(module\\.exports = |async |function |\\(|\\)|\\{|\\}|\\[|\\]|=>|=|configVars|stepResults|\\.|,|:|'|\"|`|\\$\\{|/|\\*|//|\n| |a|1|\\\\){0,60}") {
            for (name, range) in uses(&code, true).steps.named {
                proptest::prop_assert!(code.get(range).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn the_second_argument_of_other_blocks_holds_no_steps() {
        let code = "module.exports = async ({ configVars }, payload) => [payload.body, configVars.A]";
        let uses = uses(code, false);
        assert_eq!(uses.steps, Names::default());
        assert_eq!(uses.config_vars.named.len(), 1);
    }
}
