//! `iml!`

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use linchpin::{Scope, Template, Value, iml};

const GREETING: Template = iml!("Hello, {{ifempty(body.name, 'World')}}!");

#[test]
fn a_template_stands_in_a_constant_and_runs_with_any_scope() {
    let mut scope = Scope::new();
    assert_eq!(GREETING.text(&scope).unwrap(), "Hello, World!");
    scope.insert("body", Value::parse_json(br#"{"name": "Ada"}"#).unwrap());
    assert_eq!(GREETING.text(&scope).unwrap(), "Hello, Ada!");
}

#[test]
fn one_mustache_keeps_its_type() {
    let mut scope = Scope::new();
    scope.insert("n", 20);
    assert_eq!(iml!("{{n + 1}}").eval(&scope).unwrap(), Value::from(21));
    assert_eq!(iml!(strict, roots = [n], "{{n + 1}}").text(&scope).unwrap(), "21");
    assert_eq!(iml!("{{n}} ").eval(&scope).unwrap(), Value::from("20 "));
}

#[test]
fn an_error_says_where() {
    let error = iml!("{{round('x')}}").eval(&Scope::new()).unwrap_err();
    assert!(error.to_string().contains("template:1:3"), "{error}");
}
