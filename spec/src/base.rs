//! Inheritance from base (connector.md 5): pure functions from two JSON trees to one, spans kept.
//!
//! The merge happens on the definition, before any template is looked at. An own value always wins; what the
//! rules settle is how much of the base's value survives beside it.

use crate::json::{Kind, Member, Node};
use crate::read::canonical;
use crate::span::Text;

/// How the values of one directive are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Objects are merged recursively; anything else is replaced.
    Deep,
    /// Objects are merged key by key, whole values replaced.
    Keys,
    /// Like `Keys`; keys differ only by more than their case.
    Headers,
    /// Lists are joined, without repetitions.
    Union,
    /// Like `Deep`; entries for single statuses may be written short, as a message.
    Errors,
    /// Objects whose keys have rules of their own; other keys are `Deep`.
    Fields(&'static [(&'static str, Rule)]),
}

/// The rules of a request. Directives that are not named here hold scalars, or objects that merge deeply.
const REQUEST: &[(&str, Rule)] = &[
    ("headers", Rule::Headers),
    ("qs", Rule::Keys),
    ("body", Rule::Deep),
    ("temp", Rule::Deep),
    ("oauth", Rule::Keys),
    ("aws", Rule::Keys),
    ("log", Rule::Fields(LOG)),
    ("pagination", Rule::Fields(PAGINATION)),
    ("response", Rule::Fields(RESPONSE)),
    ("error", Rule::Errors),
];

const LOG: &[(&str, Rule)] = &[("sanitize", Rule::Union)];

const PAGINATION: &[(&str, Rule)] = &[("headers", Rule::Headers), ("qs", Rule::Keys), ("body", Rule::Deep)];

const RESPONSE: &[(&str, Rule)] = &[
    ("temp", Rule::Deep),
    ("data", Rule::Deep),
    ("error", Rule::Errors),
    ("valid", Rule::Deep),
    ("type", Rule::Deep),
    ("iterate", Rule::Deep),
    ("output", Rule::Deep),
];

/// The key of a spread (connector.md 1, rule 3).
const SPREAD: &str = "{{...}}";

/// A request that inherits from `base`. The result stands where `own` does.
pub(crate) fn merge(base: &Node, own: &Node) -> Node {
    let mut merged = overlay(base, own);
    if let Kind::Object(members) = &base.kind
        && let Some(headers) = members.iter().find(|member| canonical(&member.key.value) == "headers")
    {
        inherit_in_pages(headers, &mut merged);
    }
    merged
}

/// `own` over a request that has inherited already.
pub(crate) fn overlay(under: &Node, own: &Node) -> Node {
    merge_by(Rule::Fields(REQUEST), under, own)
}

/// Pages that take nothing from their parent (`mergeWithParent: false`) keep base's headers all the same: a call
/// without authentication is never wanted (connector.md 12.1).
fn inherit_in_pages(headers: &Member, request: &mut Node) {
    let Some(pagination) = member_mut(request, "pagination") else { return };
    let is_alone = |node: &Node| matches!(node.kind, Kind::Bool(false)) || node.as_str() == Some("false");
    if !pagination.get("mergeWithParent").is_some_and(is_alone) {
        return;
    }
    match member_mut(pagination, "headers") {
        Some(own) => *own = merge_by(Rule::Headers, &headers.value, own),
        None => {
            if let Kind::Object(members) = &mut pagination.kind {
                members.push(headers.clone());
            }
        }
    }
}

fn member_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Kind::Object(members) = &mut node.kind else { return None };
    members.iter_mut().find(|member| canonical(&member.key.value) == key).map(|member| &mut member.value)
}

/// Signing options of an OAuth 1 phase over those of the whole connection (connector.md 10.5).
pub(crate) fn merge_options(base: &Node, own: &Node) -> Node {
    merge_by(Rule::Keys, base, own)
}

fn merge_by(rule: Rule, base: &Node, own: &Node) -> Node {
    match (&base.kind, &own.kind) {
        (Kind::Object(inherited), Kind::Object(members)) => {
            Node { kind: Kind::Object(merge_members(rule, inherited, members)), span: own.span }
        }
        (Kind::Array(inherited), Kind::Array(items)) if rule == Rule::Union => {
            let is_new = |item: &&Node| {
                item.as_str().is_none_or(|text| inherited.iter().all(|other| other.as_str() != Some(text)))
            };
            let extra = items.iter().filter(is_new);
            Node { kind: Kind::Array(inherited.iter().chain(extra).cloned().collect()), span: own.span }
        }
        _ => own.clone(),
    }
}

/// Base's members keep their places, own ones are added behind. Where either side spreads a collection, place
/// decides who wins when the request is built: then all own members come behind all inherited ones.
fn merge_members(rule: Rule, base: &[Member], own: &[Member]) -> Vec<Member> {
    let spreads = base.iter().chain(own).any(|member| &*member.key.value == SPREAD);
    let merged = |member: &Member, inherited: Option<&Member>| match inherited {
        Some(inherited) => Member {
            key: member.key.clone(),
            value: merge_value(rule, &member.key.value, &inherited.value, &member.value),
        },
        None => member.clone(),
    };
    let mut result = Vec::with_capacity(base.len() + own.len());
    for inherited in base {
        match own.iter().find(|member| same_key(rule, &member.key.value, &inherited.key.value)) {
            None => result.push(inherited.clone()),
            Some(member) if !spreads => result.push(merged(member, Some(inherited))),
            Some(_) => {}
        }
    }
    for member in own {
        let inherited = base.iter().find(|other| same_key(rule, &member.key.value, &other.key.value));
        if spreads || inherited.is_none() {
            result.push(merged(member, inherited));
        }
    }
    result
}

fn merge_value(rule: Rule, key: &str, base: &Node, own: &Node) -> Node {
    match rule {
        Rule::Deep => merge_by(Rule::Deep, base, own),
        Rule::Errors if !matches!(key, "message" | "type") => merge_entries(base, own),
        Rule::Errors => own.clone(),
        Rule::Keys | Rule::Headers | Rule::Union => own.clone(),
        Rule::Fields(rules) => {
            let key = canonical(key);
            let rule = rules.iter().find(|(name, _)| *name == key).map_or(Rule::Deep, |(_, rule)| *rule);
            merge_by(rule, base, own)
        }
    }
}

/// Entries for one status: `"404": "x"` says the same as `"404": {"message": "x"}`, and is merged like it.
fn merge_entries(base: &Node, own: &Node) -> Node {
    match (&base.kind, &own.kind) {
        (Kind::String(_), Kind::Object(_)) => merge_by(Rule::Deep, &long_form(base), own),
        (Kind::Object(_), Kind::String(_)) => merge_by(Rule::Deep, base, &long_form(own)),
        _ => merge_by(Rule::Deep, base, own),
    }
}

fn long_form(message: &Node) -> Node {
    let key = Text::detached("message", message.span);
    Node { kind: Kind::Object(vec![Member { key, value: message.clone() }]), span: message.span }
}

fn same_key(rule: Rule, left: &str, right: &str) -> bool {
    match rule {
        Rule::Headers => left.eq_ignore_ascii_case(right),
        // Aliases of one directive are one key, or the base's spelling would survive beside the own one.
        Rule::Fields(_) => canonical(left) == canonical(right),
        Rule::Deep | Rule::Errors | Rule::Keys | Rule::Union => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::{merge, merge_options};
    use crate::json::{Kind, Node, parse};
    use crate::span::FileId;

    fn node(file: u32, text: &str) -> Node {
        let mut found = Vec::new();
        let node = parse(FileId(file), text, &mut found).unwrap();
        assert_eq!(found, [], "{text}");
        node
    }

    fn print(node: &Node) -> String {
        let join = |parts: Vec<String>| parts.join(",");
        match &node.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(number) => number.clone(),
            Kind::String(text) => format!("'{}'", text.value),
            Kind::Array(items) => format!("[{}]", join(items.iter().map(print).collect())),
            Kind::Object(members) => {
                let member =
                    |member: &crate::json::Member| format!("{}:{}", member.key.value, print(&member.value));
                format!("{{{}}}", join(members.iter().map(member).collect()))
            }
        }
    }

    /// Base, own, and what comes out (connector.md 5).
    const TABLE: &[(&str, &str, &str)] = &[
        // Scalars: the own one.
        (
            r#"{"url":"/b","method":"PUT","timeout":9}"#,
            r#"{"url":"/o","timeout":1}"#,
            "{url:'/o',method:'PUT',timeout:1}",
        ),
        (r#"{"baseUrl":"https://b.example"}"#, "{}", "{baseUrl:'https://b.example'}"),
        (
            r#"{"baseUrl":"https://b.example"}"#,
            r#"{"baseUrl":"https://o.example"}"#,
            "{baseUrl:'https://o.example'}",
        ),
        // Aliases are one directive.
        (r#"{"followRedirect":true}"#, r#"{"followRedirects":false}"#, "{followRedirects:false}"),
        // Headers and qs: key by key; names of headers without case.
        (
            r#"{"headers":{"Accept":"b","X-B":"1"}}"#,
            r#"{"headers":{"accept":"o","X-O":"2"}}"#,
            "{headers:{accept:'o',X-B:'1',X-O:'2'}}",
        ),
        (r#"{"qs":{"a":"b","K":"1"}}"#, r#"{"qs":{"a":"o","k":"2"}}"#, "{qs:{a:'o',K:'1',k:'2'}}"),
        (r#"{"qs":{"a":{"x":1}}}"#, r#"{"qs":{"a":{"y":2}}}"#, "{qs:{a:{y:2}}}"),
        (r#"{"headers":{"A":"b"}}"#, r#"{"headers":"{{temp.all}}"}"#, "{headers:'{{temp.all}}'}"),
        (r#"{"qs":"{{temp.all}}"}"#, r#"{"qs":{"a":1}}"#, "{qs:{a:1}}"),
        // Body and temp: deep.
        (
            r#"{"body":{"a":{"x":1,"y":1},"l":[1,2]}}"#,
            r#"{"body":{"a":{"y":2},"l":[3]}}"#,
            "{body:{a:{x:1,y:2},l:[3]}}",
        ),
        (r#"{"body":{"a":1}}"#, r#"{"body":"text"}"#, "{body:'text'}"),
        (r#"{"body":"text"}"#, r#"{"body":{"a":1}}"#, "{body:{a:1}}"),
        (r#"{"temp":{"a":{"x":1}}}"#, r#"{"temp":{"a":{"y":2}}}"#, "{temp:{a:{x:1,y:2}}}"),
        // An own spread comes behind what is inherited, so that it can override it; own order is kept.
        (
            r#"{"headers":{"{{...}}":"{{b}}","A":"b"}}"#,
            r#"{"headers":{"{{...}}":"{{o}}"}}"#,
            "{headers:{A:'b',{{...}}:'{{o}}'}}",
        ),
        (
            r#"{"qs":{"a":"b","z":"b"}}"#,
            r#"{"qs":{"{{...}}":"{{o}}","a":"o"}}"#,
            "{qs:{z:'b',{{...}}:'{{o}}',a:'o'}}",
        ),
        (r#"{"qs":{"a":"b","{{...}}":"{{b}}"}}"#, r#"{"qs":{"a":"o"}}"#, "{qs:{{{...}}:'{{b}}',a:'o'}}"),
        // Response.
        (
            r#"{"response":{"error":{"message":"b","404":{"message":"x"}}}}"#,
            r#"{"response":{"error":{"404":{"type":"DataError"},"409":"y"}}}"#,
            "{response:{error:{message:'b',404:{message:'x',type:'DataError'},409:'y'}}}",
        ),
        // An entry in its short form is a message.
        (
            r#"{"response":{"error":{"message":"b","404":"x","409":{"message":"y","type":"DataError"}}}}"#,
            r#"{"response":{"error":{"404":{"type":"DataError"},"409":"o"}}}"#,
            "{response:{error:{message:'b',404:{message:'x',type:'DataError'},409:{message:'o',type:'DataError'}}}}",
        ),
        (
            r#"{"response":{"error":{"message":"b","type":"DataError"}}}"#,
            r#"{"response":{"error":"o"}}"#,
            "{response:{error:'o'}}",
        ),
        (
            r#"{"response":{"error":"b"}}"#,
            r#"{"response":{"error":{"404":{"message":"x"}}}}"#,
            "{response:{error:{404:{message:'x'}}}}",
        ),
        (
            r#"{"response":{"valid":"{{b}}","limit":5}}"#,
            r#"{"response":{"valid":{"condition":"{{o}}"}}}"#,
            "{response:{valid:{condition:'{{o}}'},limit:5}}",
        ),
        (
            r#"{"response":{"valid":{"message":"b"}}}"#,
            r#"{"response":{"valid":{"condition":"{{o}}"}}}"#,
            "{response:{valid:{message:'b',condition:'{{o}}'}}}",
        ),
        (
            r#"{"response":{"iterate":"{{body.b}}","output":{"a":1}}}"#,
            r#"{"response":{"iterate":{"container":"{{body.o}}"},"output":"{{item}}"}}"#,
            "{response:{iterate:{container:'{{body.o}}'},output:'{{item}}'}}",
        ),
        (
            r#"{"response":{"temp":{"a":{"x":1}},"data":{"t":1}}}"#,
            r#"{"response":{"temp":{"a":{"y":2}},"data":{"u":2}}}"#,
            "{response:{temp:{a:{x:1,y:2}},data:{t:1,u:2}}}",
        ),
        // Logs: both lists, each path once. Other arrays: the own one.
        (
            r#"{"log":{"sanitize":["a","b"]}}"#,
            r#"{"log":{"sanitize":["b","c"]}}"#,
            "{log:{sanitize:['a','b','c']}}",
        ),
        (r#"{"body":[1,2]}"#, r#"{"body":[3]}"#, "{body:[3]}"),
        // An own null wins.
        (
            r#"{"headers":{"Authorization":"b"},"qs":{"a":"b"}}"#,
            r#"{"headers":{"authorization":null},"qs":null}"#,
            "{headers:{authorization:null},qs:null}",
        ),
        (r#"{"response":{"output":{"a":1}}}"#, r#"{"response":{"output":null}}"#, "{response:{output:null}}"),
        // Pagination: like a request.
        (
            r#"{"pagination":{"qs":{"page":1,"per":2},"headers":{"A":"b"}}}"#,
            r#"{"pagination":{"qs":{"page":3},"headers":{"a":"o"}}}"#,
            "{pagination:{qs:{page:3,per:2},headers:{a:'o'}}}",
        ),
    ];

    #[test]
    fn the_table_of_inheritance() {
        for (base, own, expected) in TABLE {
            let merged = merge(&node(0, base), &node(1, own));
            assert_eq!(print(&merged), *expected, "{base} under {own}");
        }
    }

    #[test]
    fn merging_keeps_the_places_of_both_files() {
        let base = node(0, r#"{ "headers": { "A": "b" } }"#);
        let own = node(1, r#"{ "url": "/o" }"#);
        let merged = merge(&base, &own);
        assert_eq!(merged.span, own.span);
        assert_eq!(merged.get("headers").map(|headers| headers.span.file), Some(FileId(0)));
        assert_eq!(merged.get("url").map(|url| url.span.file), Some(FileId(1)));
    }

    #[test]
    fn pages_without_their_parent_keep_the_headers_of_base() {
        let base = node(0, r#"{"headers": {"Authorization": "a", "x-b": "1"}}"#);
        for (own, expected) in [
            (
                r#"{"mergeWithParent": false}"#,
                r#"{"mergeWithParent": false, "headers": {"Authorization": "a", "x-b": "1"}}"#,
            ),
            (
                r#"{"mergeWithParent": false, "headers": {"X-B": "2"}}"#,
                r#"{"mergeWithParent": false, "headers": {"Authorization": "a", "X-B": "2"}}"#,
            ),
            (
                r#"{"mergeWithParent": false, "headers": "{{temp.h}}"}"#,
                r#"{"mergeWithParent": false, "headers": "{{temp.h}}"}"#,
            ),
            (r#"{"mergeWithParent": true}"#, r#"{"mergeWithParent": true}"#),
            (
                r#"{"mergeWithParent": "false"}"#,
                r#"{"mergeWithParent": "false", "headers": {"Authorization": "a", "x-b": "1"}}"#,
            ),
            (r#"{"mergeWithParent": "{{false}}"}"#, r#"{"mergeWithParent": "{{false}}"}"#),
            ("null", "null"),
        ] {
            let own = format!(r#"{{"headers": {{"x-own": "o"}}, "pagination": {own}}}"#);
            let merged = merge(&base, &node(1, &own));
            let pages = merged.get("pagination").map(print);
            assert_eq!(pages, Some(print(&node(2, expected))), "{own}");
        }
        // An epoch lies over a request that has inherited already: its own headers are no base's.
        let last = merge(
            &base,
            &node(1, r#"{"headers": {"x-own": "o"}, "pagination": {"mergeWithParent": false}}"#),
        );
        let epoch = super::overlay(&last, &node(2, "{}"));
        assert!(epoch.get("pagination").and_then(|pages| pages.get("headers")?.get("x-own")).is_none());
    }

    #[test]
    fn an_empty_base_changes_nothing() {
        let own = node(1, r#"{"url":"/o","body":{"a":[1,{"b":null}]}}"#);
        assert_eq!(print(&merge(&node(0, "{}"), &own)), print(&own));
    }

    #[test]
    fn signing_options_are_replaced_whole() {
        let merged = merge_options(&node(0, r#"{"a":{"x":1},"b":1}"#), &node(1, r#"{"a":{"y":2}}"#));
        assert_eq!(print(&merged), "{a:{y:2},b:1}");
    }
}
