//! Requests and responses: every directive reaches the model, and what is wrong with one is told
//! (connector.md 6, 7, 8, 12).

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail loudly")]

mod support;

use linchpin_spec::model::{
    BodyType, Entry, KeyTemplate, ParseAs, Request, ResponseType, Tree, TriggerOrder,
};
use support::{codes, connector, lines, load_text, module, only, source};

/// A one-file connector with one module of this kind and communication.
fn with_module(kind: &str, communication: &str) -> String {
    let names =
        ["x", "q", "go", "type", "limit", "k"].map(|name| format!(r#"{{ "name": "{name}" }}"#)).join(", ");
    format!(
        r#"{{ "modules": {{ "theModule": {{ "type": "{kind}", "communication": {communication},
            "parameters": [{names}] }} }} }}"#
    )
}

/// The only request of a search with this communication, which must load without a word.
#[track_caller]
fn request(communication: &str) -> Request {
    let loaded = load_text(&with_module("search", communication));
    assert_eq!(lines(&loaded), [""; 0]);
    only(&module(connector(&loaded), "theModule").requests).clone()
}

/// What is reported of an action with this communication, without its place.
fn reported(communication: &str) -> Vec<String> {
    reported_in("action", communication)
}

fn reported_in(kind: &str, communication: &str) -> Vec<String> {
    let strip = |line: String| {
        let (code, rest) = line.split_once(' ').unwrap();
        let message = rest.split_once(": ").unwrap().1;
        format!("{code} {message}")
    };
    lines(&load_text(&with_module(kind, communication))).into_iter().map(strip).collect()
}

fn text(tree: Option<&Tree>) -> &str {
    match tree {
        Some(Tree::Template(template)) => &template.source.value,
        other => panic!("no template: {other:?}"),
    }
}

#[test]
fn every_directive_of_a_request() {
    let request = request(
        r#"{ "url": "/a/{{parameters.x}}", "baseUrl": "https://a.example", "encodeUrl": false, "method": "post",
             "qs": { "q": "{{parameters.q}}" }, "headers": "{{temp.headers}}", "body": { "a": [1, null, true] },
             "type": "multipart", "ca": "-----BEGIN", "rejectUnauthorized": false,
             "condition": { "condition": "{{parameters.go}}", "default": { "skipped": true } },
             "temp": { "t": 1 }, "timeout": 5000, "gzip": true, "followRedirect": false, "followAllRedirects": false,
             "aws": { "key": "k", "secret": "s" }, "oauth": { "consumer_key": "c" },
             "log": { "sanitize": ["request.headers.authorization"], "level": "debug" },
             "pagination": { "mergeWithParent": false, "url": "{{body.next}}", "method": "GET", "qs": { "p": 1 },
                             "headers": { "h": 1 }, "body": 1, "condition": "{{body.more}}" },
             "repeat": { "while": "{{body.busy}}", "delay": 500, "limit": "20" } }"#,
    );
    assert_eq!(source(&request.url), Some("/a/{{parameters.x}}"));
    assert_eq!(source(&request.base_url), Some("https://a.example"));
    assert_eq!(source(&request.method), Some("post"));
    assert_eq!(source(&request.ca), Some("-----BEGIN"));
    assert!(
        !request.encode_url && request.gzip && !request.follow_redirects && !request.follow_all_redirects
    );
    assert!(matches!(request.qs, Some(Tree::Object(_))));
    assert_eq!(text(request.headers.as_ref()), "{{temp.headers}}");
    assert!(matches!(request.body, Some(Tree::Object(_))));
    assert_eq!(request.body_type, BodyType::Multipart);
    assert!(matches!(request.reject_unauthorized, Some(Tree::Bool(_))));
    let condition = request.condition.as_ref().unwrap();
    assert_eq!(text(condition.test.as_ref()), "{{parameters.go}}");
    assert!(condition.default.is_some());
    assert!(request.temp.is_some() && request.aws.is_some() && request.oauth.is_some());
    assert_eq!(request.timeout, Some(5000));
    assert_eq!(request.sanitize.len(), 1);
    let pagination = request.pagination.as_ref().unwrap();
    assert!(!pagination.merge_with_parent);
    assert_eq!(source(&pagination.url), Some("{{body.next}}"));
    assert!(pagination.method.is_some() && pagination.qs.is_some() && pagination.headers.is_some());
    assert!(pagination.body.is_some() && pagination.condition.is_some());
    let repeat = request.repeat.as_ref().unwrap();
    assert_eq!(
        (text(repeat.condition.as_ref()), repeat.delay, repeat.limit),
        ("{{body.busy}}", 500, Some(20))
    );
}

#[test]
fn defaults_of_a_request() {
    let request = request("{}");
    assert!(request.url.is_none() && request.method.is_none() && request.body.is_none());
    assert!(request.encode_url && request.follow_redirects && request.follow_all_redirects && !request.gzip);
    assert_eq!(request.body_type, BodyType::Json);
    assert_eq!(request.response.parse_as, ResponseType::One(ParseAs::Automatic));
    assert!(request.response.output.is_none() && request.response.error.is_none());
}

#[test]
fn body_types_and_their_spellings() {
    let of = |ty: &str| request(&format!(r#"{{ "url": "/", "type": "{ty}" }}"#)).body_type;
    assert_eq!(of("json"), BodyType::Json);
    assert_eq!(of("urlencoded"), BodyType::Urlencoded);
    assert_eq!(of("multipart/form-data"), BodyType::Multipart);
    for spelling in ["text", "string", "raw"] {
        assert_eq!(of(spelling), BodyType::Text);
    }
    assert_eq!(of("binary"), BodyType::Binary);
    assert!(matches!(of("{{parameters.type}}"), BodyType::Template(_)));
    assert_eq!(reported(r#"{ "type": "jsn" }"#), ["LP0306 `type` cannot be `jsn`"]);
}

#[test]
fn keys_are_literal_spread_or_templates() {
    let request = request(r#"{ "qs": { "a": 1, "{{...}}": "{{parameters}}", "x{{parameters.k}}": 2 } }"#);
    let Some(Tree::Object(entries)) = &request.qs else { panic!() };
    assert!(
        matches!(&entries.value[0], Entry::Field { key: KeyTemplate::Literal(key), .. } if key.value == "a")
    );
    assert!(matches!(&entries.value[1], Entry::Spread(Tree::Template(_))));
    assert!(matches!(&entries.value[2], Entry::Field { key: KeyTemplate::Template(_), .. }));
}

#[test]
fn numbers_stay_as_they_are_written() {
    let request = request(r#"{ "body": 12345678901234567890 }"#);
    assert!(matches!(&request.body, Some(Tree::Number(number)) if number.value == "12345678901234567890"));
}

#[test]
fn every_directive_of_a_response() {
    let request = request(
        r#"{ "url": "/", "response": {
             "type": { "*": "json", "400-408": "text", "406": "xml", "500": "{{temp.type}}" },
             "temp": { "a": 1 }, "valid": { "condition": "{{statusCode = 200}}", "message": "{{body.why}}", "type": "DataError" },
             "error": { "message": "{{body.m}}", "type": "RuntimeError", "404": { "type": "DataError" }, "429": "slow" },
             "data": { "seen": true }, "iterate": { "container": "{{body.rows}}", "condition": "{{item.on}}" },
             "output": { "id": "{{item.id}}" }, "limit": "{{parameters.limit}}", "wrapper": { "all": "{{output}}" } } }"#,
    );
    let response = &request.response;
    let ResponseType::Ranges(ranges) = &response.parse_as else { panic!() };
    let bounds: Vec<(u16, u16)> = ranges.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(bounds, [(1, 999), (400, 408), (406, 406), (500, 500)]);
    assert_eq!(ranges[2].2, ParseAs::Xml);
    assert!(matches!(ranges[3].2, ParseAs::Template(_)));
    let valid = response.valid.as_ref().unwrap();
    assert_eq!(text(valid.condition.as_ref()), "{{statusCode = 200}}");
    assert_eq!((source(&valid.message), source(&valid.ty)), (Some("{{body.why}}"), Some("DataError")));
    let error = response.error.as_ref().unwrap();
    assert_eq!(text(error.general.message.as_ref()), "{{body.m}}");
    let statuses: Vec<u16> = error.by_status.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [404, 429]);
    assert_eq!(source(&error.by_status[0].1.ty), Some("DataError"));
    assert_eq!(text(error.by_status[1].1.message.as_ref()), "slow");
    let iterate = response.iterate.as_ref().unwrap();
    assert_eq!(&*iterate.container.source.value, "{{body.rows}}");
    assert_eq!(text(iterate.condition.as_ref()), "{{item.on}}");
    assert!(response.temp.is_some() && response.data.is_some() && response.output.is_some());
    assert_eq!(text(response.limit.as_ref()), "{{parameters.limit}}");
    assert!(response.wrapper.is_some());
}

#[test]
fn short_forms() {
    let request = request(
        r#"{ "condition": "{{temp.x}}", "response": { "valid": "{{statusCode < 300}}", "error": "{{body.message}}",
             "iterate": "{{body}}", "output": null, "type": "string" } }"#,
    );
    assert_eq!(text(request.condition.unwrap().test.as_ref()), "{{temp.x}}");
    let response = request.response;
    assert_eq!(text(response.valid.unwrap().condition.as_ref()), "{{statusCode < 300}}");
    let error = response.error.unwrap();
    assert_eq!(text(error.general.message.as_ref()), "{{body.message}}");
    assert!(error.by_status.is_empty());
    assert!(matches!(response.output, Some(Tree::Null(_))));
    assert_eq!(response.parse_as, ResponseType::One(ParseAs::Text));
    assert!(response.iterate.unwrap().condition.is_none());
}

#[test]
fn an_error_beside_the_url_is_a_fallback() {
    let request = request(
        r#"{ "url": "/", "error": { "message": "far", "type": "DataError", "404": "far 404", "500": "far 500" },
             "response": { "error": { "message": "near", "404": "near 404" } } }"#,
    );
    let error = request.response.error.unwrap();
    assert_eq!(text(error.general.message.as_ref()), "near");
    assert_eq!(source(&error.general.ty), Some("DataError"));
    let by_status: Vec<_> =
        error.by_status.iter().map(|(status, entry)| (*status, text(entry.message.as_ref()))).collect();
    assert_eq!(by_status, [(404, "near 404"), (500, "far 500")]);
}

#[test]
fn bare_paths_are_expressions_where_text_would_be_useless() {
    let search = with_module(
        "search",
        r#"{ "url": "/", "response": { "iterate": "body.rows[].row", "output": "item.name[]._value" } }"#,
    );
    let loaded = load_text(&search);
    assert_eq!(codes(&loaded), ["LP0604", "LP0604"]);
    let request = only(&module(connector(&loaded), "theModule").requests).clone();
    assert!(request.response.iterate.unwrap().container.single().is_some());
    let Some(Tree::Template(output)) = request.response.output else { panic!() };
    assert!(output.single().is_some());
    for literal in ["plain words", "body of text", "file.txt", "bodyguard.name"] {
        assert_eq!(
            reported(&format!(r#"{{ "response": {{ "output": "{literal}" }} }}"#)),
            [""; 0],
            "{literal}"
        );
    }
}

#[test]
fn unknown_directives_have_suggestions() {
    assert_eq!(reported(r#"{ "header": {} }"#), ["LP0301 there is no directive `header`"]);
    let loaded = load_text(&with_module("action", r#"{ "header": {} }"#));
    assert_eq!(loaded.diagnostics[0].help.as_deref(), Some("did you mean `headers`?"));
    assert_eq!(
        reported(r#"{ "response": { "ouput": 1, "valid": { "when": 1 }, "error": { "4xx": "m" } } }"#),
        [
            "LP0301 there is no directive `ouput`",
            "LP0301 `valid` has no `when`",
            "LP0301 `error` has no `4xx`",
        ]
    );
    assert_eq!(reported(r#"{ "pagination": { "pages": 3 } }"#), ["LP0301 there is no directive `pages`"]);
}

#[test]
fn misplaced_directives_are_warnings_and_ignored() {
    let misplaced = |kind: &str, communication: &str| {
        let loaded = load_text(&with_module(kind, communication));
        let lines = lines(&loaded);
        assert!(lines.iter().all(|line| line.starts_with("LP0302 warn")), "{lines:?}");
        (lines.len(), module(connector(&loaded), "theModule").requests.clone())
    };
    let (count, requests) =
        misplaced("action", r#"{ "url": "/", "iterate": "{{body}}", "output": 1, "respond": {} }"#);
    assert_eq!(count, 3);
    assert!(requests[0].response.iterate.is_none() && requests[0].response.output.is_none());
    let (count, requests) =
        misplaced("action", r#"{ "url": "/", "response": { "url": "/b", "trigger": {}, "unwrap": true } }"#);
    assert_eq!(count, 3);
    assert!(requests[0].response.trigger.is_none() && requests[0].response.unwrap.is_none());
    let (count, requests) = misplaced(
        "instant_trigger",
        r#"{ "url": "/", "pagination": { "qs": { "a": 1 } }, "response": { "iterate": "{{body}}" } }"#,
    );
    assert_eq!(count, 2);
    assert!(requests[0].pagination.is_none());
}

#[test]
fn internal_directives_are_refused() {
    for key in ["isc", "agency", "urlPermissions", "flags", "internal", "internal.x"] {
        let expected = format!("LP0305 `{key}` is for Make's own apps only");
        assert_eq!(reported(&format!(r#"{{ "{key}": true }}"#)), [expected]);
    }
}

#[test]
fn values_of_types_that_cannot_work() {
    let cases = [
        (r#"{ "url": {} }"#, "LP0303 `url` must be a string, not an object"),
        (r#"{ "headers": 1 }"#, "LP0303 `headers` must be an object or a template, not a number"),
        (r#"{ "qs": ["a"] }"#, "LP0303 `qs` must be an object or a template, not an array"),
        (r#"{ "encodeUrl": 1 }"#, "LP0306 `encodeUrl` must be true or false, not a number"),
        (
            r#"{ "timeout": "soon" }"#,
            "LP0306 `timeout` must be a whole number that is not negative, not `soon`",
        ),
        (
            r#"{ "condition": [true] }"#,
            "LP0303 `condition` must be a boolean, a template or an object, not an array",
        ),
        (
            r#"{ "condition": [] }"#,
            "LP0306 `condition` must be a boolean, a template or an object, not an array",
        ),
        (r#"{ "response": "json" }"#, "LP0303 `response` must be an object, not a string"),
        (r#"{ "response": { "iterate": 5 } }"#, "LP0303 `iterate` must be a template, not a number"),
        (
            r#"{ "response": { "error": ["x"] } }"#,
            "LP0303 `error` must be a message or an object, not an array",
        ),
        (r#"{ "pagination": "{{x}}" }"#, "LP0303 `pagination` must be an object, not a string"),
        (r#""rpc://x""#, "LP0303 `communication` must be a request or an array of requests, not a string"),
        (
            r#"[{ "url": "/" }, 5]"#,
            "LP0303 `communication` must be a request or an array of requests, not a number",
        ),
    ];
    for (communication, expected) in cases {
        assert_eq!(reported(communication), [expected], "{communication}");
    }
}

#[test]
fn empty_and_null_values_are_absent() {
    let request = request(
        r#"{ "url": null, "headers": [], "qs": null, "temp": [], "condition": null, "pagination": {}, "repeat": [],
             "log": {}, "response": { "iterate": "", "valid": null, "error": null, "type": "" } }"#,
    );
    assert!(request.url.is_none() && request.qs.is_none() && request.condition.is_none());
    assert!(request.pagination.is_none() && request.repeat.is_none());
    assert!(request.response.iterate.is_none() && request.response.valid.is_none());
    assert!(matches!(&request.headers, Some(Tree::Object(entries)) if entries.value.is_empty()));
}

#[test]
fn limits_are_cut_with_a_warning() {
    let loaded = load_text(&with_module(
        "action",
        r#"{ "url": "/", "timeout": 900000, "repeat": { "limit": 1800 } }"#,
    ));
    assert_eq!(codes(&loaded), ["LP0606", "LP0606"]);
    let request = only(&module(connector(&loaded), "theModule").requests).clone();
    assert_eq!((request.timeout, request.repeat.unwrap().limit), (Some(300_000), Some(1000)));
}

#[test]
fn triggers_say_what_is_new() {
    let communication = r#"{ "url": "/", "response": { "iterate": "{{body}}", "output": "{{item}}",
        "trigger": { "type": "date", "order": "desc", "id": "{{item.id}}", "date": "{{item.at}}" } } }"#;
    let loaded = load_text(&with_module("trigger", communication));
    assert_eq!(lines(&loaded), [""; 0]);
    let request = only(&module(connector(&loaded), "theModule").requests).clone();
    let trigger = request.response.trigger.unwrap();
    assert!(trigger.by_date && trigger.order == TriggerOrder::Descending);
    assert_eq!((source(&trigger.id), source(&trigger.date)), (Some("{{item.id}}"), Some("{{item.at}}")));
    assert_eq!(
        reported_in("trigger", r#"{ "url": "/" }"#),
        ["LP0307 polling trigger `theModule` has no `response.trigger`"]
    );
    assert_eq!(
        reported_in(
            "trigger",
            r#"{ "response": { "trigger": { "type": "time", "order": "up", "id": "{{body.id}}" } } }"#
        ),
        ["LP0306 `trigger.type` cannot be `time`", "LP0306 `trigger.order` cannot be `up`"]
    );
}

#[test]
fn what_is_walked_must_be_named() {
    assert_eq!(
        reported_in("search", r#"{ "response": { "iterate": { "condition": "{{item.on}}" } } }"#),
        ["LP0306 `iterate` has no `container` and is passed over"]
    );
}

#[test]
fn error_types_are_known_or_templates() {
    assert_eq!(
        reported(r#"{ "response": { "error": { "message": "m", "type": "DateError" } } }"#),
        ["LP0306 `error.type` cannot be `DateError`"]
    );
    assert_eq!(
        reported(
            r#"{ "response": { "error": { "type": "{{statusCode}}", "404": { "type": "UnknownError" } } } }"#
        ),
        [""; 0]
    );
}

#[test]
fn endpoints_are_called_by_name() {
    let text = r#"{
        "endpoints": { "getUser": { "communication": { "url": "/users/{{parameters.id}}", "response": { "unwrap": false } },
                                    "input_parameters": [{ "name": "id" }], "output_parameters": [{ "name": "name" }] } },
        "base": { "url": "/everything" },
        "modules": { "useIt": { "type": "action", "communication": {
            "endpoint": { "name": "getUser", "connection": { "key": "k" } }, "input": { "id": 1 } } } } }"#;
    let loaded = load_text(text);
    assert_eq!(codes(&loaded), ["LP0605"]);
    let own = connector(&loaded);
    let request = only(&module(own, "useIt").requests);
    let call = request.endpoint.as_ref().unwrap();
    assert_eq!(call.name.value, "getUser");
    assert!(call.connection.is_some() && call.input.is_some());
    assert!(request.url.is_none(), "base's url does not stand beside an endpoint");
    let [endpoint] = own.endpoints.as_slice() else { panic!() };
    assert_eq!(endpoint.request.response.unwrap, Some(false));
    assert_eq!((endpoint.parameters.len(), endpoint.interface.len()), (1, 1));
}
