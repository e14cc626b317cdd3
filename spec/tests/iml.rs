//! The grammar of IML: what is parsed into which tree, what is reported, and where.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test")]

use linchpin_spec::diagnostic::{Code, Diagnostic};
use linchpin_spec::iml::ast::{Expr, ExprKind, Keyword, Piece, Template, Variable};
use linchpin_spec::iml::{self, usage::Usage};
use linchpin_spec::json::{self, Kind};
use linchpin_spec::span::{FileId, Span, Text};

/// The template as a JSON string would give it, so that places go through the JSON reader too.
fn text(source: &str) -> Text {
    let json = source.escape_json();
    let node = json::parse(FileId(0), &json, &mut Vec::new()).expect("a string");
    match node.kind {
        Kind::String(text) => text,
        other => panic!("not a string: {other:?}"),
    }
}

trait EscapeJson {
    fn escape_json(&self) -> String;
}

impl EscapeJson for str {
    fn escape_json(&self) -> String {
        format!("\"{}\"", self.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}

fn parse(source: &str) -> (Template, Vec<Diagnostic>) {
    let mut found = Vec::new();
    (iml::parse_template(&text(source), &mut found), found)
}

fn good(source: &str) -> Template {
    let (template, found) = parse(source);
    assert_eq!(found, [], "{source}");
    template
}

fn expr(source: &str) -> Expr {
    let (template, found) = parse(&format!("{{{{{source}}}}}"));
    assert!(found.iter().all(|one| one.code != Code::TemplateSyntax), "{source}: {found:?}");
    template.single().expect("one mustache").clone()
}

/// The tree with parentheses around everything that is nested, to see how it was grouped.
fn tree(source: &str) -> String {
    show(&expr(source))
}

fn show(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Binary { op, left, right } => format!("({} {} {})", show(left), op.symbol(), show(right)),
        ExprKind::Unary { op, operand } => format!("({}{})", op.symbol(), show(operand)),
        ExprKind::Concat(pieces) => format!("<{}>", pieces.iter().map(show).collect::<Vec<_>>().join(" ")),
        ExprKind::Path { base, steps } => {
            format!("{}{}", show(base), steps.iter().map(ToString::to_string).collect::<String>())
        }
        ExprKind::Call { name, args, .. } => {
            let args = args.iter().map(|arg| arg.as_ref().map_or("_".to_owned(), show));
            format!("{name}({})", args.collect::<Vec<_>>().join(","))
        }
        ExprKind::Name(name) => format!("${name}"),
        _ => expr.to_string(),
    }
}

/// What is reported, as `code, text at the place, message`.
fn reports(source: &str) -> Vec<String> {
    let json = source.escape_json();
    let (_, found) = parse(source);
    let show = |one: &Diagnostic| {
        let Span { start, end, .. } = one.span.expect("a place");
        format!("{} {}: {}", one.code.info().id, &json[start as usize..end as usize], one.message)
    };
    found.iter().map(show).collect()
}

#[test]
fn templates_are_literals_and_mustaches() {
    assert_eq!(good("no } mustache }} {").literal(), Some("no } mustache }} {"));
    assert_eq!(good("").literal(), Some(""));
    assert_eq!(good("a {{b}}{{c}} d").pieces.len(), 4);
    assert!(good("{{a}}").single().is_some());
    assert!(good(" {{a}}").single().is_none());
    for empty in ["{{}}", "{{ \n\t}}"] {
        assert_eq!(good(empty).single().expect("one").kind, ExprKind::Keyword(Keyword::Undefined));
    }
    for (source, pieces) in
        [("{{'}}'}}x", 2), ("{{a.`}}`}}", 1), ("{{\"{{\"}}", 1), ("{{replace(x, '}}', '')}}", 1)]
    {
        assert_eq!(good(source).pieces.len(), pieces, "{source}");
    }
}

#[test]
fn operators_group_by_precedence() {
    for (source, grouped) in [
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("a - b - c", "(($a - $b) - $c)"),
        ("a | b & c = d < e + f * g", "($a | ($b & ($c = ($d < ($e + ($f * $g))))))"),
        ("a * b + c < d = e & f | g", "(((((($a * $b) + $c) < $d) = $e) & $f) | $g)"),
        ("a === b == c !== d", "((($a = $b) = $c) != $d)"),
        ("a || b && c", "($a | ($b & $c))"),
        ("a ++ b + c", "(($a ++ $b) + $c)"),
        ("!a = b", "((!$a) = $b)"),
        ("!!a.b", "(!(!$a.b))"),
        ("-a * -b", "((-$a) * (-$b))"),
        ("a--b", "($a - (-$b))"),
        ("a<=-1", "($a <= (-1))"),
        ("-'a' b", "(-<'a' $b>)"),
        ("'n=' 1 + 1", "(<'n=' 1> + 1)"),
        ("(a + b) * c", "(($a + $b) * $c)"),
        ("a % b / c", "(($a % $b) / $c)"),
        ("a>=b", "($a >= $b)"),
        ("a!=!b", "($a != (!$b))"),
    ] {
        assert_eq!(tree(source), grouped, "{source}");
    }
}

#[test]
fn names_numbers_and_dashes() {
    for (source, shown) in [
        ("headers.content-type", "$headers.content-type"),
        ("9.nested-array", "$9.nested-array"),
        ("YYYY-MM-DDTHH:mm:ss", "$YYYY-MM-DDTHH:mm:ss"),
        ("page - 1", "($page - 1)"),
        ("page -1", "($page - 1)"),
        ("page-1", "($page - 1)"),
        ("length(x)-1", "(length($x) - 1)"),
        ("a-_b", "$a-_b"),
        ("a -b", "($a - $b)"),
        ("12.50", "12.5"),
        ("007", "7"),
        ("1.email", "$1.email"),
        ("5.items[1].title", "$5.items[1].title"),
        ("1[2]", "$1[2]"),
        ("1.5.x", "$1.5.x"),
        ("a.1.5", "$a.1.5"),
        ("5x", "$5x"),
        ("1e5", "$1e5"),
        ("ž-é.ö", "$ž-é.ö"),
        ("$x.@y #z ?", "<$$x.@y $#z $?>"),
        ("a\u{a0}+\u{a0}b", "($a + $b)"),
    ] {
        assert_eq!(tree(source), shown, "{source}");
    }
}

#[test]
fn keywords_and_variables_are_whole_names() {
    assert_eq!(expr("emptyarray").kind, ExprKind::Keyword(Keyword::EmptyArray));
    assert_eq!(expr("executionId").kind, ExprKind::Variable(Variable::ExecutionId));
    assert_eq!(expr("True").kind, ExprKind::Name("True".into()));
    assert_eq!(expr("`true`").kind, ExprKind::Name("true".into()));
    for path in ["item.null", "now.x", "true[1]", "`now`.x"] {
        assert!(matches!(expr(path).kind, ExprKind::Path { .. }), "{path}");
    }
    assert_eq!(tree("true [1]"), "<true [1]>");
    assert_eq!(tree("null(1)"), "null(1)");
}

#[test]
fn paths_take_every_kind_of_step() {
    for (source, shown) in [
        ("a[]", "$a[]"),
        ("a[ 2 ]", "$a[2]"),
        ("a[-1].b", "$a[-1].b"),
        ("a[007]", "$a[7]"),
        ("a[1.5]", "$a[1.5]"),
        ("a['b:c'].d", "$a['b:c'].d"),
        ("a[b.c][d]", "$a[b.c][d]"),
        ("a[if(b,c,'d')]", "$a[if(b, c, 'd')]"),
        ("headers.`set-cookie`[1]", "$headers.set-cookie[1]"),
        ("`First Name`.x", "$First Name.x"),
        ("first(a).b", "first($a).b"),
        ("(a)[2].b", "$a[2].b"),
        ("(a + b).c", "($a + $b).c"),
        ("a . b", "$a.b"),
        ("foo [1]", "<$foo [1]>"),
        ("a.``", "$a.``"),
        ("a[99999999999999999999]", "$a[(100000000000000000000)]"),
    ] {
        assert_eq!(tree(source), shown, "{source}");
    }
}

#[test]
fn calls_take_both_separators_and_empty_arguments() {
    for (source, shown) in [
        ("now2()", "now2()"),
        ("f( )", "f()"),
        ("f(,)", "f(_,_)"),
        ("if(a,'x',)", "if($a,'x',_)"),
        ("ifempty(, 'x')", "ifempty(_,'x')"),
        ("f(a;b,c)", "f($a,$b,$c)"),
        ("if (a, b)", "if($a,$b)"),
        ("f(g(h()))", "f(g(h()))"),
        ("1 (2)", "<1 2>"),
        ("`f` (2)", "<$f 2>"),
    ] {
        assert_eq!(tree(source), shown, "{source}");
    }
}

#[test]
fn strings_have_one_escape() {
    for (source, value) in [
        (r"'it\'s'", "it's"),
        (r#""say \"hi\"""#, "say \"hi\""),
        (r"'\d+'", r"\d+"),
        (r"'a\nb'", r"a\nb"),
        (r"'\\'", r"\\"),
        (r#"'a\"b'"#, r#"a\"b"#),
        ("'a\nb'", "a\nb"),
        ("''", ""),
    ] {
        assert_eq!(expr(source).kind, ExprKind::Text(value.into()), "{source}");
    }
    assert_eq!(tree("'it''s'"), "<'it' 's'>");
}

#[test]
fn braces_are_text_and_brackets_null() {
    assert_eq!(tree(" { country: parameters.x } "), "<{ $country: $parameters.x }>");
    assert_eq!(tree("{} "), "<{ }>");
    assert_eq!(tree("if(a, { l: x, s: y }, z)"), "if($a,<{ $l: $x>,<$s: $y }>,$z)");
    assert_eq!(tree("['a', [b], ')']"), "['a', [b], ')']");
    assert_eq!(
        reports("{{ { a: {b} } }}{{['x']}}"),
        [
            "LP0104 { a: {b} }: braces are text, not an object",
            "LP0103 ['x']: `[..]` as a value is always null"
        ]
    );
}

#[test]
fn unclosed_calls_are_closed_with_a_warning() {
    assert_eq!(reports("{{if(a, first(map(b"), ["LP0101 {{: this `{{` is never closed"],);
    assert_eq!(
        reports("{{if(a, first(b, }}"),
        ["LP0102 first: the call of `first` is never closed", "LP0102 if: the call of `if` is never closed",]
    );
    assert_eq!(tree("if(a, first(b, "), "if($a,first($b,_))");
    assert_eq!(reports("{{(a + b}}"), ["LP0102 (: this `(` is never closed"]);
}

#[test]
fn mistakes_are_reported_at_their_place() {
    for (source, report) in [
        ("a {{1 +}}", "LP0101 : expected an expression, found the end of the expression"),
        ("\"{{a)}}", "LP0101 ): expected an operator or the end of the expression, found `)`"),
        ("{{a]}}", "LP0101 ]: expected an operator or the end of the expression, found `]`"),
        ("{{'abc}} {{b}}", "LP0101 'abc: this string is never closed"),
        ("{{a.`b}}", "LP0101 `b: this backtick name is never closed"),
        ("{{* a}}", "LP0101 *: expected an expression, found `*`"),
        ("{{a <> b}}", "LP0101 >: expected an expression, found `>`"),
        ("{{+a}}", "LP0101 +: expected an expression, found `+`"),
        ("{{a.}}", "LP0101 : expected a name behind the `.`, found the end of the expression"),
        ("{{a..b}}", "LP0101 .: expected a name behind the `.`, found `.`"),
        ("{{.a}}", "LP0101 .: expected an expression, found `.`"),
        ("{{'a'.b}}", "LP0101 .: expected an operator or the end of the expression, found `.`"),
        ("{{a[1}}", "LP0101 [: this `[` is never closed"),
        ("{{[1}}", "LP0101 [: this `[` is never closed"),
        ("{{a[1 2 , 3]}}", "LP0101 ,: expected an operator or `]`, found `,`"),
        ("{{f(a ! b)}}", "LP0101 !: expected `,` or `)`, found `!`"),
        ("{{()}}", "LP0101 ): expected an expression, found `)`"),
        ("{{a, b}}", "LP0101 ,: expected an operator or the end of the expression, found `,`"),
        ("x{{a", "LP0101 {{: this `{{` is never closed"),
    ] {
        assert_eq!(reports(source), [report], "{source}");
        assert!(parse(source).0.broken.is_some(), "{source}");
    }
    assert_eq!(reports("{{a b +}} {{)}} {{'it}}").len(), 3, "one for each mustache");
    assert_eq!(reports("{{a +}} {{'x' b}}").len(), 1);
    let lost_quote = reports("{{'a + b}} and {{'c'}}");
    assert_eq!(lost_quote, ["LP0101 'a + b}} and {{': this string is never closed"]);
}

#[test]
fn places_reach_through_json_escapes() {
    let json = r#""\u00e9\"{{upper(\"x\", \n)) }}""#;
    let node = json::parse(FileId(0), json, &mut Vec::new()).expect("a string");
    let Kind::String(text) = node.kind else { panic!() };
    let mut found = Vec::new();
    iml::parse_template(&text, &mut found);
    let span = found[0].span.expect("a place");
    assert_eq!(
        (span.start as usize, &json[span.start as usize..span.end as usize]),
        (json.rfind(')').expect("it"), ")")
    );
}

#[test]
fn bare_expressions_need_no_mustache() {
    let mut found = Vec::new();
    let template = iml::parse_expression(&text("body.data[].items[].item"), &mut found);
    assert_eq!(show(template.single().expect("one")), "$body.data[].items[].item");
    let template = iml::parse_expression(&text("{{body.a}}"), &mut found);
    assert_eq!(show(template.single().expect("one")), "$body.a");
    assert_eq!(found, []);
    assert!(iml::parse_expression(&text("a}} b"), &mut found).broken.is_some());
    assert!(!found.is_empty());
}

#[test]
fn depth_is_the_height_of_the_tree() {
    let chain = |separator: &str, terms: usize| format!("{{{{{}}}}}", vec!["a"; terms].join(separator));
    for separator in ["+", " & ", ".", " ", "="] {
        good(&chain(separator, 256));
        let (template, found) = parse(&chain(separator, 257));
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooDeep], "{separator}");
        assert!(template.broken.is_some());
    }
    let nested = |depth: usize| format!("{{{{{}a{}}}}}", "f(".repeat(depth), ")".repeat(depth));
    good(&nested(255));
    assert_eq!(parse(&nested(256)).1[0].code, Code::TooDeep);
}

/// Runs on a stack that is half as large as that of a test, in a build without optimisation.
#[test]
fn nothing_overflows_the_stack() {
    let work = || {
        let pieces = [
            "+a",
            "&a",
            "|a",
            ".x",
            " a",
            "[1]",
            "=a",
            "(",
            "f(",
            "[",
            "a[",
            "!",
            "-",
            "{",
            "}",
            "'",
            "`",
            ",",
            "a|b&c=d<e+f*(",
        ];
        for piece in pieces {
            for count in [300, 20_000] {
                let source = format!("{{{{a{}}}}}", piece.repeat(count));
                let (template, _) = parse(&source);
                let copy = template.clone();
                assert!(copy.pieces == template.pieces);
                drop(iml::print_template(&copy));
            }
        }
        let deep = format!("{{{{{}a{}}}}}", "(a|b&c=d<e+f*g(".repeat(200), "))".repeat(200));
        assert_eq!(parse(&deep).1[0].code, Code::TooDeep);
        let highest = format!("{{{{{}a{}}}}}", "!(f(".repeat(127), "))".repeat(127));
        let template = good(&highest);
        assert!(parse(&iml::print_template(&template)).0.pieces == template.pieces);
    };
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(work);
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn large_templates_are_read() {
    let literal = "x".repeat(5_000_000);
    assert_eq!(good(&literal).literal().map(str::len), Some(5_000_000));
    let many = "{{a}} ".repeat(500_000);
    assert_eq!(good(&many).pieces.len(), 1_000_000);
    let broken = "{{)}}".repeat(1_000_000);
    assert!(parse(&broken).1.len() <= 20);
    let arguments = format!("{{{{f({})}}}}", "1,".repeat(1_000_000));
    assert_eq!(Usage::of(&good(&arguments)).calls[0].args.len(), 1_000_001);
}

#[test]
fn printing_keeps_the_tree() {
    for source in [
        "`f` (a)",
        "(true) (a)",
        "(a) (b) (c + d)",
        "(a b) c",
        "a[(1)]",
        "a[(-1)]",
        "(a.b).c",
        "(-a).b",
        "-(a + b)",
        "(a = b) = (c = d)",
        "a - (b - c)",
        "!(a & b)",
        r"'\\'",
        r#"'a\"b'"#,
        r#""a\'b""#,
        "`now`",
        "`a b`.c",
        "(`5`)",
        "x.5.6",
        "f(,)",
        "['}' \"]\"]",
        "{ } a",
        "`true`.a",
        "(now).x",
        "('a').b",
        "-1",
        "(1) (2)",
        "1 [2]",
        "a.`b.c`",
    ] {
        let first = expr(source);
        let printed = first.to_string();
        assert_eq!(expr(&printed), first, "{source} printed as {printed}");
    }
    let braces = parse("{{ {a} }}").0;
    assert_eq!(parse(&iml::print_template(&braces)).0.pieces, braces.pieces);
}

#[test]
fn usage_lists_roots_calls_and_variables() {
    let template = good("{{if(body['x'].y, parameters[temp.k], first(item[1].z))}} {{now}} `{{output}}");
    let usage = Usage::of(&template);
    let paths: Vec<_> = usage.paths.iter().map(|path| (path.root, path.first_key())).collect();
    let expected =
        [("body", Some("x")), ("parameters", None), ("temp", Some("k")), ("item", None), ("output", None)];
    assert_eq!(paths, expected);
    assert_eq!(usage.paths[0].keys().collect::<Vec<_>>(), ["x", "y"]);
    assert_eq!(usage.calls.iter().map(|call| call.name).collect::<Vec<_>>(), ["if", "first"]);
    assert_eq!(usage.variables, [Variable::Now]);
    assert_eq!(usage.keys_of("temp").collect::<Vec<_>>(), [Some("k")]);
    let literal = template.pieces.iter().filter(|piece| matches!(piece, Piece::Literal(_))).count();
    assert_eq!(literal, 2);
}
