//! What templates become, as text. Vectors say whether it is right; these say that it is small.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use linchpin_codegen::{Config, Shape, Source, TemplateConfig, compile_template, generate};

/// Without white space and without the runtime's path, so that only the code counts.
fn squeeze(text: &str) -> String {
    text.replace("__lp ::", "").split_whitespace().collect()
}

fn compiled(template: &str, shape: Shape) -> String {
    let mut config = TemplateConfig::default();
    config.shape = shape;
    let text = squeeze(&compile_template(template, &config).unwrap().to_string());
    let (_, rest) = text.split_once("COMPILED:").unwrap();
    let (_, rest) = rest.split_once('=').unwrap();
    let rest = rest.strip_suffix(";COMPILED}").unwrap();
    let value = rest.strip_prefix("ValueTemplate::Static(|s|Ok(").and_then(|rest| rest.strip_suffix("))"));
    let text =
        rest.strip_prefix("TextTemplate::Static(|s,b|{").and_then(|rest| rest.strip_suffix("Ok(())})"));
    value.or(text).unwrap_or(rest).to_owned()
}

#[track_caller]
fn value(template: &str, expected: &str) {
    assert_eq!(compiled(template, Shape::Value), squeeze(expected), "{template}");
}

#[track_caller]
fn text(template: &str, expected: &str) {
    assert_eq!(compiled(template, Shape::Text), squeeze(expected), "{template}");
}

#[test]
fn text_goes_straight_into_the_buffer() {
    text("plain", "TextTemplate::Const(Cow::Borrowed(\"plain\"))");
    text(
        "Bearer {{connection.token}}",
        r#"b.push_str("Bearer "); s.member(Root::Connection, "token").write_text(b);"#,
    );
    text(
        "/a/{{'b' '/'}}{{space}}c/{{item.id}}",
        r#"b.push_str("/a/b/ c/"); s.member(Root::Item, "id").write_text(b);"#,
    );
    text(
        "{{if(parameters.create, 'POST', 'PUT')}}",
        r#"if s.member(Root::Parameters, "create").is_truthy() { b.push_str("POST"); } else { b.push_str("PUT"); }"#,
    );
    text(
        "{{ifempty(a, 'x') + '!'}}",
        r#"{ let v = s.named("a"); if v.is_blank() { b.push_str("x"); } else { v.write_text(b); } } b.push_str("!");"#,
    );
    text(
        "{{a || b}}",
        r#"{ let v = s.named("a"); if v.is_truthy() { v.write_text(b); } else { s.named("b").write_text(b); } }"#,
    );
    text(
        "{{switch(a, 1, 'x', b)}}",
        "'s1 : { let v = s.named(\"a\"); if ops::switch_matches(v, &Value::number(1.0)) { b.push_str(\"x\"); break 's1; } \
         s.named(\"b\").write_text(b); }",
    );
    text("{{null}}{{emptystring}}", "");
}

#[test]
fn paths_borrow_and_only_results_are_cloned() {
    value("{{body.a[2].b}}", r#"own(s.member(Root::Body, "a").index(2).key("b"))"#);
    value("{{body.a[]}}", r#"own(s.member(Root::Body, "a").first())"#);
    value("{{body.a[-1]}}", r#"own(s.member(Root::Body, "a").index(- 1))"#);
    value("{{headers.X-Id}}", r#"own(s.root(Root::Headers).header("X-Id"))"#);
    value("{{headers['x-1']}}", r#"own(s.root(Root::Headers).header("x-1"))"#);
    value("{{body['a:b']}}", r#"own(s.root(Root::Body).key("a:b"))"#);
    value("{{body['1']}}", r#"own(s.root(Root::Body).computed(&Value::text("1")))"#);
    value(
        "{{a.b || c}}",
        r#"own({ let v = s.named("a").key("b"); if v.is_truthy() { v } else { s.named("c") } })"#,
    );
    value("{{first(a).b}}", r#"own(functions::first(s.at("template:1:3"), &[s.named("a")]) ?.key("b"))"#);
}

#[test]
fn conditions_are_plain_booleans() {
    value(
        "{{!a & b = 1}}",
        "Value::Bool(! s.named(\"a\").is_truthy() && ops::equal(s.named(\"b\"), &Value::number(1.0)))",
    );
    value(
        "{{if(a > 1 | !(b < 2 & c != 3), d)}}",
        concat!(
            "own(if ops::greater(s.named(\"a\"), &Value::number(1.0)) || ! (ops::less(s.named(\"b\"), ",
            "&Value::number(2.0)) && ! ops::equal(s.named(\"c\"), &Value::number(3.0))) ",
            "{ s.named(\"d\") } else { &Value::UNDEFINED })"
        ),
    );
}

#[test]
fn joining_is_flat_and_merges_literals() {
    value(
        "{{'a' + b + 'c' + 'd' + e}}",
        "ops::concat(&[&Value::text(\"a\"), s.named(\"b\"), &Value::text(\"cd\"), s.named(\"e\")])",
    );
    // Two numbers are added before text comes in (iml.md 6.1).
    value(
        "{{a + b + 'c'}}",
        "ops::concat(&[&ops::add(s.named(\"a\"), s.named(\"b\")), &Value::text(\"c\")])",
    );
    value("{{a + b}}", r#"ops::add(s.named("a"), s.named("b"))"#);
    value(
        "x{{a b}}y",
        "ops::concat(&[&Value::text(\"x\"), s.named(\"a\"), s.named(\"b\"), &Value::text(\"y\")])",
    );
}

#[test]
fn patterns_and_formats_are_compiled_once() {
    let replaced = compiled("{{replace(a, '/x+/g', '')}}", Shape::Value);
    assert!(
        replaced.contains("staticONCE:functions::Pattern=functions::Pattern::new(\"/x+/g\");"),
        "{replaced}"
    );
    let plain = compiled("{{replace(a, '/x/z', '')}}", Shape::Value);
    assert!(!plain.contains("static"), "`z` is no flag: {plain}");
    let dated = compiled("{{formatDate(a, 'YYYY')}}", Shape::Value);
    assert!(dated.contains("functions::format_date_with(s.at(\"template:1:3\"),&ONCE"), "{dated}");
}

#[test]
fn chains_as_long_as_allowed_stay_shallow_enough_for_rustc() {
    let many = |count: usize, separator: &str| vec!["a"; count].join(separator);
    for (template, limit) in [(many(250, " + "), 250), (many(250, " & "), 250), (many(250, "."), 250)] {
        assert!(
            compile_template(&format!("{{{{{template}}}}}"), &TemplateConfig::default()).is_ok(),
            "{limit}"
        );
    }
    for separator in [" + ", " & ", "."] {
        let template = format!("{{{{{}}}}}", many(20_000, separator));
        assert!(compile_template(&template, &TemplateConfig::default()).is_err(), "{separator}");
    }
}

#[test]
fn mistakes_name_their_place() {
    let error = compile_template("Hello {{uper(name)}}", &TemplateConfig::default()).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("template:1:9") && text.contains("upper"), "{text}");
    let mut strict = TemplateConfig::default();
    strict.roots = Some(vec!["body".to_owned()]);
    assert!(compile_template("{{body.x}}", &strict).is_ok());
    let error = compile_template("{{bdy.x}}", &strict).unwrap_err().to_string();
    assert!(error.contains("did you mean `body`?"), "{error}");
    assert!(compile_template("{{body[0]}}", &strict).is_err(), "strict templates refuse a zero index");
    assert!(compile_template("{{anything[0]}}", &TemplateConfig::default()).is_ok());
}

#[test]
fn texts_that_arrive_at_a_webhook_are_compared_in_constant_time() {
    let connector = |test: &str| {
        let text = format!(
            r#"{{ "name": "hooks", "webhooks": {{ "hook": {{ "communication": {{
                "condition": "{test}", "output": "a{{{{switch(body.a; 'x'; 1)}}}}",
                "respond": {{ "status": "{{{{if(body.a != 'x'; 200; 400)}}}}" }} }},
                "attach": {{ "url": "https://hooks.example/{{{{if(parameters.a = 'x'; 1; 2)}}}}" }} }} }} }}"#
        );
        let output = generate(Source::Inline { name: "c.json", text: &text }, &Config::default());
        squeeze(&output.tokens.to_string())
    };
    let code = connector("{{headers.sig = rawBody & switch(query.a; query.b; true)}}");
    assert_eq!(code.matches("ops::equal_secret(").count(), 2, "{code}");
    assert_eq!(code.matches("ops::switch_matches_secret(").count(), 2, "{code}");
    assert_eq!(code.matches("ops::equal(").count(), 1, "what is sent is compared as anywhere else: {code}");
    assert_eq!(code.matches("ops::switch_matches(").count(), 0, "{code}");
}
