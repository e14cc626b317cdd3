//! What can be said about a template's text without evaluating IML: its literal parts, and the values of plain
//! paths into the variables that the test sets. Everything else may be anything.
//!
//! This reads the author's text with a few string operations and shares no code with the parser under test.

use serde_json::Value as Json;

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// This very text.
    Exact(String),
    /// Any text, also none.
    Any,
}

/// What a template must give.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// One value: the template is a plain path alone. `None` is undefined.
    Value(Option<Json>),
    /// Text made of parts.
    Text(Vec<Part>),
    /// It cannot be said.
    Anything,
}

/// What `template` must give when the variables are the members of `variables`.
pub fn expect(template: &str, variables: &Json) -> Expected {
    let pieces = split(template);
    if let [Piece::Mustache(code)] = pieces.as_slice() {
        return path(code).map_or(Expected::Anything, |steps| look_up(&steps, variables));
    }
    let parts = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => Part::Exact(text.clone()),
        Piece::Mustache(code) => match path(code).map(|steps| look_up(&steps, variables)) {
            Some(Expected::Value(Some(Json::String(text)))) => Part::Exact(text),
            Some(Expected::Value(Some(Json::Number(number)))) => Part::Exact(number.to_string()),
            Some(Expected::Value(Some(Json::Bool(value)))) => Part::Exact(value.to_string()),
            Some(Expected::Value(None | Some(Json::Null))) => Part::Exact(String::new()),
            _ => Part::Any,
        },
    });
    Expected::Text(parts.collect())
}

enum Piece {
    Literal(String),
    Mustache(String),
}

/// Splits a template at its mustaches. Braces inside quotes do not end one.
fn split(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        let end = end_of_mustache(after);
        pieces.push(Piece::Mustache(after[..end].to_owned()));
        rest = after.get(end + 2..).unwrap_or_default();
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

fn end_of_mustache(code: &str) -> usize {
    let mut quote = None;
    for (at, letter) in code.char_indices() {
        match (quote, letter) {
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            (None, '}') if code[at..].starts_with("}}") => return at,
            _ => {}
        }
    }
    code.len()
}

/// The steps of a path of plain names, when `code` is nothing else.
fn path(code: &str) -> Option<Vec<&str>> {
    let code = code.trim();
    let plain = code.split('.').all(|name| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    });
    plain.then(|| code.split('.').collect())
}

/// The value at `steps`; nothing can be said about a variable that is not among `variables`.
fn look_up(steps: &[&str], variables: &Json) -> Expected {
    let [root, rest @ ..] = steps else { return Expected::Anything };
    let Some(mut value) = variables.get(root) else { return Expected::Anything };
    for step in rest {
        match value.get(step) {
            Some(next) => value = next,
            // Items of lists are reached in ways of their own.
            None if value.is_array() => return Expected::Anything,
            None => return Expected::Value(None),
        }
    }
    Expected::Value(Some(value.clone()))
}

/// True when `text` is made of `parts`.
pub fn fits(parts: &[Part], text: &str) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Exact(exact), rest @ ..] => {
            text.strip_prefix(exact.as_str()).is_some_and(|text| fits(rest, text))
        }
        [Part::Any] => true,
        [Part::Any, rest @ ..] => {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| fits(rest, &text[at..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn exact(text: &str) -> Part {
        Part::Exact(text.to_owned())
    }

    #[test]
    fn plain_paths_have_values_and_other_code_has_none() {
        let variables = json!({ "parameters": { "id": "t_1", "n": 3, "list": [1] } });
        let is = |template| expect(template, &variables);
        assert_eq!(is("{{parameters.n}}"), Expected::Value(Some(json!(3))));
        assert_eq!(is("{{ parameters.none }}"), Expected::Value(None));
        assert_eq!(is("{{upper(parameters.id)}}"), Expected::Anything);
        assert_eq!(is("{{body.id}}"), Expected::Anything);
        assert_eq!(is("{{parameters.list.a}}"), Expected::Anything);
        assert_eq!(is("/a/{{parameters.id}}"), Expected::Text(vec![exact("/a/"), exact("t_1")]));
        assert_eq!(is("{{'}}'}}x"), Expected::Text(vec![Part::Any, exact("x")]));
        assert_eq!(is("plain"), Expected::Text(vec![exact("plain")]));
        assert_eq!(is(""), Expected::Text(vec![exact("")]));
    }

    #[test]
    fn parts_fit_texts() {
        let parts = [exact("/a/"), Part::Any, exact("/b")];
        assert!(fits(&parts, "/a//b") && fits(&parts, "/a/x/b/b"));
        assert!(!fits(&parts, "/a/x/c") && !fits(&parts, "a/x/b") && !fits(&[exact("a")], "ab"));
        assert!(fits(&[], "") && !fits(&[], "x"));
    }
}
