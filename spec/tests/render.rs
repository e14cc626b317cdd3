//! How diagnostics look for people and for tools.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use linchpin_spec::diagnostic::{Code, Diagnostic, Level, render_json, render_text};
use linchpin_spec::source::SourceMap;
use linchpin_spec::span::Span;

/// Renders a diagnostic that marks `needle` in `text`.
fn render(text: &str, needle: &str, label: &str) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("tasks.json", text);
    let start = text.find(needle).unwrap() as u32;
    let span = Span::new(file, start, start + needle.len() as u32);
    let mut one = Diagnostic::new(Code::UnknownFunction, "there is no such function", span);
    if !label.is_empty() {
        one = one.label(label);
    }
    render_text(&[one], &sources, false)
}

#[test]
fn the_form_is_that_of_rustc() {
    let mut sources = SourceMap::new();
    let file = sources.add("tasks.json", "{\n  \"name\": \"{{uper(x)}}\"\n}\n");
    let found = [
        Diagnostic::new(Code::UnknownFunction, "there is no function `uper`", Span::new(file, 15, 19))
            .help("did you mean `upper`?\nor not"),
        Diagnostic {
            level: Level::Warn,
            ..Diagnostic::new(Code::MissingFile, "no `a.json`", None).help("add it")
        },
    ];
    let expected = "\
error[LP0201]: there is no function `uper`
 --> tasks.json:2:14
  |
2 |   \"name\": \"{{uper(x)}}\"
  |              ^^^^
  |
  = help: did you mean `upper`?
          or not

warning[LP0006]: no `a.json`
 = help: add it
";
    assert_eq!(render_text(&found, &sources, false), expected);
}

#[test]
fn colours_only_when_asked() {
    let sources = SourceMap::new();
    let found = [Diagnostic::new(Code::MissingFile, "no `a.json`", None)];
    assert!(!render_text(&found, &sources, false).contains('\u{1b}'));
    let colored = render_text(&found, &sources, true);
    assert_eq!(colored, "\u{1b}[1;31merror[LP0006]\u{1b}[0m\u{1b}[1m: no `a.json`\u{1b}[0m\n");
}

#[test]
fn tabs_wide_and_control_characters_keep_their_place() {
    assert!(
        render("\t\"日本\": oops\n", "oops", "").contains("1 |     \"日本\": oops\n  |             ^^^^\n")
    );
    assert!(
        render("e\u{301}\u{7}\u{202e}x y", "x", "here")
            .contains("1 | e\u{301}\u{2407}\u{fffd}x y\n  |    ^ here\n")
    );
    assert!(render("a\tb c", "\tb", "").contains("1 | a    b c\n  |  ^^^^^\n"));
}

#[test]
fn an_empty_span_has_one_caret() {
    let mut sources = SourceMap::new();
    let file = sources.add("a.json", "{\"a\":");
    let found = [Diagnostic::new(Code::JsonSyntax, "unexpected end", Span::new(file, 5, 5))];
    assert!(render_text(&found, &sources, false).ends_with("1 | {\"a\":\n  |      ^\n"));
}

#[test]
fn spans_of_several_lines_have_an_edge() {
    let text = "{\n  \"a\": {\n    \"b\": 1\n  }\n}";
    let expected = "\
  |
2 | /   \"a\": {
3 | |     \"b\": 1
4 | |   }
  | |___^ here
";
    assert!(render(text, "\"a\": {\n    \"b\": 1\n  }", "here").ends_with(expected));
    let long = format!("[\n{}]", "1,\n".repeat(500));
    let shown = render(&long, &long, "");
    assert!(shown.contains("\n3   | | 1,\n...\n500 | | 1,\n"), "{shown}");
    assert_eq!(shown.lines().count(), 11);
}

#[test]
fn long_lines_are_cut_around_the_span() {
    let line = format!("{}needle{}", "a".repeat(5000), "b".repeat(5000));
    let shown = render(&line, "needle", "");
    let rows: Vec<_> = shown.lines().skip(3).collect();
    let cut = format!("1 | ...{}needle{}...", "a".repeat(40), "b".repeat(74));
    assert_eq!(rows, [cut, format!("  | {}^^^^^^", " ".repeat(43))]);
    let whole = render(&line, &line, "");
    assert!(whole.lines().all(|row| row.chars().count() < 130));
    assert!(render(&format!("x{}", "b".repeat(5000)), "x", "").contains("\n  | ^\n"));
}

#[test]
fn tools_get_an_object_a_line() {
    let mut sources = SourceMap::new();
    let file = sources.add("a.json", "{\n \"ž\": tru }");
    let span = Span::new(file, 9, 12);
    let found =
        [Diagnostic::new(Code::JsonSyntax, "a \"b\"\n\u{1}", span).pointer("/ž").label("l").help("h")];
    let expected = concat!(
        r#"{"code":"LP0003","name":"json-syntax","level":"error","message":"a \"b\"\n\u0001","file":"a.json","#,
        r#""start":{"line":2,"column":7,"offset":9},"end":{"line":2,"column":10,"offset":12},"#,
        r#""pointer":"/ž","label":"l","help":"h"}"#,
        "\n"
    );
    assert_eq!(render_json(&found, &sources), expected);
    let bare = render_json(&[Diagnostic::new(Code::FileNotFound, "m", None)], &sources);
    assert!(bare.contains(r#""file":null,"start":null,"end":null,"pointer":null"#));
}

/// Minified connectors are one line. Counting it through for every place took minutes for a file like this one.
#[test]
fn many_mistakes_on_one_line_take_no_time_to_show() {
    let members: Vec<String> = (0..10_000).map(|at| format!(r#""k{at}":"{{{{nowhere.x}}}}""#)).collect();
    let text = format!(
        r#"{{"modules":{{"getIt":{{"type":"action","communication":{{"url":"https://a.example","body":{{{}}}}}}}}}}}"#,
        members.join(",")
    );
    let start = std::time::Instant::now();
    let loaded = linchpin_spec::load_inline("connector.json", &text, &linchpin_spec::Options::default());
    let shown = render_text(&loaded.diagnostics, &loaded.sources, false);
    let as_json = render_json(&loaded.diagnostics, &loaded.sources);
    assert_eq!(shown.matches("there is no variable `nowhere`").count(), 10_000);
    assert_eq!(as_json.lines().count(), 10_000);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
