//! The checks: what is reported in which part of a connector, at which place, with which help.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail the test")]

use linchpin_spec::diagnostic::{Dialect, Level};
use linchpin_spec::{Loaded, Options, load_inline};

/// A sound connector with a component of each kind, into which tests put their own parts.
const SOUND: &str = r#"{
  "name": "tasks",
  "base": { "baseUrl": "https://api.tasks.example", "headers": { "Authorization": "Bearer {{connection.apiKey}}" } },
  "connections": {
    "apiKey": {
      "type": "basic",
      "parameters": [{ "name": "apiKey", "type": "password", "required": true }],
      "communication": { "url": "https://api.tasks.example/me", /*verify*/ "response": { "uid": "{{body.id}}" } }
    },
    "login": {
      "type": "oauth",
      "parameters": [{ "name": "site", "type": "text" }],
      "communication": {
        "authorize": { "url": "https://{{parameters.site}}/login", "qs": { "scope": "{{join(oauth.scope, ' ')}}" /*authorize*/ },
                       "response": { "temp": { "code": "{{query.code}}" /*callback*/ } } },
        "token": { "url": "https://login.tasks.example/token", "method": "POST", "body": { "code": "{{query.code}}" /*token*/ },
                   "response": { "data": { "accessToken": "{{body.access_token}}", "expires": "{{addSeconds(now, body.expires_in)}}" } } },
        "refresh": { "url": "https://login.tasks.example/token", "condition": "{{data.expires < addMinutes(now, 15)}}" /*refresh*/ }
      }
    }
  },
  "webhooks": {
    "events": {
      "type": "web", "connection": "apiKey",
      "parameters": [{ "name": "topic", "type": "text" }],
      "communication": { "iterate": "{{body.events}}", "output": { "id": "{{item.id}}" }, "condition": "{{query.v = 1}}" /*hook*/ },
      "attach": { "url": "/hooks", "method": "POST", "body": { "url": "{{webhook.url}}", "topic": "{{parameters.topic}}" } /*attach*/ },
      "detach": { "url": "/hooks/{{webhook.externalHookId}}", "method": "DELETE" }
    }
  },
  "rpcs": {
    "listBoards": { "connection": "apiKey", "communication": { "url": "/boards",
      "response": { "iterate": "{{body.boards}}", "output": { "label": "{{item.name}}", "value": "{{item.id}}" } /*rpc*/ } } }
  },
  "functions": { "initials": { "code": "function initials(name) { return name[0]; }" } /*function*/ },
  "modules": {
    "getTask": { "type": "action", "connection": "apiKey" /*getTask*/,
      "expect": [{ "name": "id", "type": "text", "required": true },
                 { "name": "board", "type": "select", "options": { "store": "rpc://listBoards?x={{parameters.id}}", "nested": [{ "name": "lane", "type": "text" }] } }],
      "communication": { "url": "/tasks/{{parameters.id}}", "temp": { "lane": "{{parameters.lane}}" } /*request*/,
        "response": { "valid": "{{statusCode = 200}}", "output": { "name": "{{body.name}}" } /*response*/ } } },
    "listTasks": { "type": "search", "connection": "apiKey",
      "communication": { "url": "/tasks",
        "pagination": { "qs": { "page": "{{pagination.page}}" }, "condition": "{{iterate.container.last.id}}" /*pagination*/ },
        "repeat": { "condition": "{{body.pending}}", "delay": 10, "limit": 3 },
        "response": { "iterate": { "container": "{{body.tasks}}", "condition": "{{item.active}}" }, "output": "{{item}}", "limit": 10 /*list*/,
                      "wrapper": { "all": "{{output}}" /*wrapper*/ } } } },
    "watchTasks": { "type": "trigger", "connection": "apiKey",
      "communication": { "url": "/tasks", "qs": { "since": "{{data.lastDate}}", "eq": "{{trigger.matchEqual}}" },
        "response": { "iterate": "{{body.tasks}}", "output": "{{item}}", "limit": 5,
                      "trigger": { "type": "date", "order": "desc", "id": "{{item.id}}", "date": "{{item.changed}}" } } } },
    "watchEvents": { "type": "instant_trigger", "webhook": "events",
      "communication": { "url": "/events/{{payload.id}}", "response": { "output": "{{body}}" } /*instant*/ } },
    "answer": { "type": "responder", "communication": { "response": { "status": 200, "body": "{{parameters.body}}" } }, "expect": [{ "name": "body", "type": "any" }] }
  },
  "groups": [{ "label": "Tasks", "modules": ["getTask" /*group*/] }]
}"#;

/// The connector with `text` put behind the comment `/*mark*/`.
fn with(mark: &str, text: &str) -> String {
    let mark = format!("/*{mark}*/");
    assert_eq!(SOUND.matches(&mark).count(), 1, "{mark}");
    SOUND.replace(&mark, text)
}

/// What is reported, as `code, text at the place`.
fn reports(loaded: &Loaded) -> Vec<String> {
    let show = |one: &linchpin_spec::diagnostic::Diagnostic| {
        format!("{} {}", one.code.info().id, loaded.sources.text(one.span.expect("a place")))
    };
    loaded.diagnostics.iter().map(show).collect()
}

fn strict(text: &str) -> Loaded {
    load_inline("connector.json", text, &Options::default())
}

fn lenient(text: &str) -> Loaded {
    load_inline("connector.json", text, &Options { dialect: Some(Dialect::Lenient), ..Options::default() })
}

#[track_caller]
fn finds(mark: &str, text: &str, report: &str, help: &str) {
    let loaded = strict(&with(mark, text));
    assert_eq!(reports(&loaded), [report], "{}", loaded.diagnostics[0].message);
    let found = loaded.diagnostics[0].help.as_deref().unwrap_or_default();
    assert!(found.contains(help), "help is: {found}");
    assert!(loaded.diagnostics[0].pointer.as_deref().is_some_and(|pointer| pointer.starts_with('/')));
}

#[track_caller]
fn accepts(mark: &str, text: &str) {
    assert_eq!(reports(&strict(&with(mark, text))), [""; 0]);
}

#[test]
fn a_sound_connector_has_no_diagnostics() {
    let loaded = strict(SOUND);
    assert_eq!(reports(&loaded), [""; 0]);
    assert!(loaded.connector.is_some());
}

#[test]
fn functions_exist_and_take_their_arguments() {
    for (expr, report, help) in [
        ("uper('x')", "LP0201 uper", "did you mean `upper`?"),
        ("toUpperCase('x')", "LP0201 toUpperCase", "write `upper(text)`"),
        ("formatDate(now, 'X', 'UTC', 1)", "LP0203 1)", "remove"),
        ("replace('a', 'b')", "LP0202 replace('a', 'b')", "undefined"),
        ("if(true)", "LP0202 if(true)", "undefined"),
        ("upper(lower(trimm(1)))", "LP0201 trimm", "`trim`"),
    ] {
        finds("request", &format!(r#", "qs": {{ "x": "é\"{{{{{expr}}}}}" }}"#), report, help);
    }
    for expr in [
        "add(emptyarray, 1, 2, 3, 4)",
        "ifempty(, 'x')",
        "max(1,2,3)",
        "if(true, 1, )",
        "initials('x')",
        "initials()",
    ] {
        accepts("request", &format!(r#", "qs": {{ "x": "{{{{{expr}}}}}" }}"#));
    }
}

#[test]
fn a_custom_function_may_replace_a_built_in_one() {
    let code = r#", "upper": { "code": "function upper(x) { return x; }" }"#;
    finds("function", code, r#"LP0208 "upper""#, "another name");
}

#[test]
fn variables_exist() {
    for (expr, report, help) in [
        ("bodi.x", "LP0204 bodi", "did you mean `body`?"),
        ("Parameters.x", "LP0204 Parameters", "`parameters`"),
        ("True", "LP0204 True", "`true`"),
        ("parseJSON", "LP0204 parseJSON", "parentheses"),
        ("someWord", "LP0204 someWord", "quotes"),
        ("emptyObject", "LP0204 emptyObject", "empty object"),
        ("params.x", "LP0204 params", "`parameters`"),
        ("zzzzz.x", "LP0204 zzzzz", "available here: parameters"),
        ("internal.x", "LP0305 internal.x", ""),
        ("environment.system.x", "LP0305 environment.system.x", ""),
        ("body.a[0]", "LP0206 [0]", "`[1]`"),
        ("map(body[0].x, 'y')", "LP0206 [0]", ""),
    ] {
        finds("request", &format!(r#", "qs": {{ "x": "{{{{{expr}}}}}" }}"#), report, help);
    }
    accepts("request", r#", "qs": { "x": "{{environment.timezone}} {{uuid}} {{executionId}} {{data.x}}" }"#);
}

#[test]
fn variables_are_available_where_they_are_read() {
    for (mark, text, report, help) in [
        ("response", r#", "temp": { "x": "{{item.id}}" }"#, "LP0205 item", "`output`"),
        ("request", r#", "body": "{{output}}""#, "LP0205 output", "wrapper"),
        ("request", r#", "body": "{{query.code}}""#, "LP0205 query", "callback"),
        ("request", r#", "body": "{{payload.id}}""#, "LP0205 payload", "instant trigger"),
        ("request", r#", "body": "{{webhook.url}}""#, "LP0205 webhook", "attach"),
        ("request", r#", "body": "{{oauth.scope}}""#, "LP0205 oauth", "phases"),
        ("request", r#", "body": "{{trigger.matchEqual}}""#, "LP0205 trigger", "polling"),
        ("request", r#", "body": "{{rawBody}}""#, "LP0205 rawBody", "webhook"),
        ("list", r#", "temp": { "x": "{{item.id}}" }"#, "LP0205 item", ""),
        ("wrapper", r#", "page": "{{pagination.page}}""#, "LP0205 pagination", ""),
        ("pagination", r#", "url": "{{output.next}}""#, "LP0205 output", ""),
        ("verify", r#""qs": { "x": "{{oauth.state}}" },"#, "LP0205 oauth", ""),
        ("verify", r#""qs": { "x": "{{query.code}}" },"#, "LP0205 query", ""),
        ("authorize", r#", "x": "{{statusCode}}""#, "LP0205 statusCode", ""),
        ("authorize", r#", "x": "{{query.code}}""#, "LP0205 query", "authorize.response"),
        ("callback", r#", "x": "{{body.code}}""#, "LP0205 body", "`query`"),
        ("refresh", r#", "qs": { "x": "{{query.code}}" }"#, "LP0205 query", ""),
        ("hook", r#", "respond": { "body": "{{item.id}}" }"#, "LP0205 item", ""),
        ("hook", r#", "respond": { "body": "{{temp.id}}" }"#, "LP0205 temp", ""),
        ("hook", r#", "respond": { "body": "{{webhook.id}}" }"#, "LP0205 webhook", "attach"),
        ("hook", r#", "respond": { "body": "{{iterate.container.first}}" }"#, "LP0205 iterate", ""),
        ("hook", r#", "uid": "{{statusCode}}""#, "LP0205 statusCode", "response"),
        ("hook", r#", "uid": "{{pagination.page}}""#, "LP0205 pagination", ""),
        ("attach", r#", "qs": { "x": "{{payload}}" }"#, "LP0205 payload", ""),
        ("attach", r#", "qs": { "x": "{{rawBody}}" }"#, "LP0205 rawBody", ""),
    ] {
        finds(mark, text, report, help);
    }
    for (mark, text) in [
        ("verify", r#""qs": { "x": "{{temp.a}}{{common.b}}{{data.apiKey}}{{connection.apiKey}}" },"#),
        ("token", r#", "uri": "{{oauth.localRedirectUri}}""#),
        (
            "hook",
            r#", "verification": { "condition": "{{method = 'GET'}}", "respond": { "body": "{{rawBody}}" } }"#,
        ),
        (
            "hook",
            r#", "uid": "{{item.a}} {{iterate.container.last.a}} {{uid}} {{query.a}} {{headers.a}} {{data.a}}""#,
        ),
        (
            "hook",
            r#", "respond": { "headers": { "a": "{{connection.apiKey}} {{common.a}} {{parameters.topic}} {{uid}}" } }"#,
        ),
        ("attach", r#", "qs": { "x": "{{webhook.id}} {{data.a}} {{connection.apiKey}} {{common.a}}" }"#),
        ("instant", r#", "temp": { "x": "{{webhook.id}} {{payload.id}} {{parameters.topic}} {{data.a}}" }"#),
        ("rpc", r#", "limit": "{{webhook.limit}}""#),
        (
            "request",
            r#", "body": "{{body}} {{statusCode}} {{headers.x}} {{metadata.interface}} {{scenario.id}}""#,
        ),
    ] {
        accepts(mark, text);
    }
}

#[test]
fn literals_that_iml_does_not_have() {
    finds("request", r#", "body": "{{['a']}}""#, "LP0103 ['a']", "split");
    finds("request", r#", "body": "{{ { key: body.x } }}""#, "LP0104 { key: body.x }", "temp");
    // The comma inside of the braces makes four arguments: one mistake, one report.
    let four = r#", "body": "{{if(body.a, { x: body.x, y: body.y }, ignore)}}""#;
    finds("request", four, "LP0104 { x: body.x, y: body.y }", "temp");
    finds("request", r#", "body": "{{upper('a'}}""#, "LP0102 upper", "`)`");
    finds("request", r#", "body": "\u00e9 {{1 +}}""#, "LP0101 ", "");
}

#[test]
fn references_name_components() {
    for (mark, text, report, help) in [
        ("getTask", r#", "altConnection": "apikey""#, r#"LP0403 "apikey""#, "`apiKey`"),
        ("getTask", r#", "samples": "rpc://listBords""#, r#"LP0401 "rpc://listBords""#, "`listBoards`"),
        (
            "getTask",
            r#", "interface": ["rpc://nothing@1?x=1"]"#,
            r#"LP0401 "rpc://nothing@1?x=1""#,
            "listBoards",
        ),
        ("getTask", r#", "webhook": "event""#, r#"LP0402 "event""#, "`events`"),
        ("group", r#", "getTasks""#, r#"LP0409 "getTasks""#, "`getTask`"),
        ("request", r#", "endpoint": "nobody""#, r#"LP0405 "nobody""#, "no endpoint"),
    ] {
        let loaded = strict(&with(mark, text));
        let found: Vec<_> = reports(&loaded);
        let at = found.iter().position(|one| one == report);
        let at = at.unwrap_or_else(|| panic!("{report} is not in {found:?}"));
        let found = loaded.diagnostics[at].help.as_deref().unwrap_or_default();
        assert!(found.contains(help), "help is: {found}");
    }
}

#[test]
fn parameters_are_declared() {
    finds("request", r#", "body": "{{parameters.Id}}""#, "LP0504 parameters.Id", "`id`");
    finds("attach", r#", "qs": { "x": "{{parameters.topics}}" }"#, "LP0504 parameters.topics", "`topic`");
    finds("verify", r#""qs": { "x": "{{parameters.other}}" },"#, "LP0504 parameters.other", "declare");
    accepts("refresh", r#", "qs": { "x": "{{parameters.accessToken}}" }"#);
    accepts("rpc", r#", "limit": "{{parameters.anything}}""#);
    let dynamic = with("getTask", r#", "parameters": ["rpc://listBoards"]"#).replace("/*request*/", "");
    let dynamic = dynamic.replace("{{parameters.lane}}", "{{parameters.more}}");
    assert_eq!(reports(&strict(&dynamic)), [""; 0]);
}

#[test]
fn likely_mistakes() {
    let query = SOUND.replace("\"url\": \"/boards\"", "\"url\": \"/boards?all=1\", \"qs\": { \"x\": 1 }");
    assert_eq!(reports(&strict(&query)), [r#"LP0601 "/boards?all=1""#]);
    assert_eq!(reports(&strict(&query.replace("\"qs\": { \"x\": 1 }", "\"qs\": {}"))), [""; 0]);
    let merged = query.replacen('{', "{ \"qsPolicy\": \"merge\",", 1);
    assert_eq!(reports(&strict(&merged)), [""; 0]);
    finds("request", r#", "body": "{{body.items.map('id')}}""#, "LP0607 .map", "`map(value, ..)`");
    finds("request", r#", "body": "{{body.name.toUpperCase()}}""#, "LP0101 )", "no methods");
    accepts("request", r#", "body": "{{body.name (body.id)}}""#);
    finds("response", r#", "iterate": "{{body.items}}""#, r#"LP0602 "{{body.items}}""#, "search");
    let valid = SOUND.replace("{{statusCode = 200}}", "{{!body.error}}");
    assert_eq!(reports(&strict(&valid)), [r#"LP0603 "{{!body.error}}""#]);
    let policy = valid.replacen('{', "{ \"validPolicy\": \"and_status\",", 1);
    assert_eq!(reports(&strict(&policy)), [""; 0]);
}

#[test]
fn addresses_that_must_name_a_host() {
    let reported = |base: &str, url: &str| {
        let text = format!(
            r#"{{ "base": {{ "baseUrl": "{base}" }}, "connections": {{ "apiKey": {{ "communication": {{ "url": "{url}" }} }} }},
                 "modules": {{ "getIt": {{ "type": "action", "communication": {{ "url": "/it" }} }},
                               "putIt": {{ "type": "action", "communication": {{ "url": "/it" }} }} }} }}"#
        );
        reports(&strict(&text))
    };
    assert_eq!(reported("https://a.example", "HTTPS://a.example/me"), [""; 0]);
    assert_eq!(reported("{{connection.host}}/v1", "{{parameters.host}}/me"), [""; 0]);
    assert_eq!(reported("https://{{connection.host}}", "https://{{parameters.host}}"), [""; 0]);
    assert_eq!(
        reported("a.example/v1", "https://a.example"),
        [r#"LP0608 "a.example/v1""#],
        "once for all modules"
    );
    assert_eq!(reported("https://a.example", "/me"), [r#"LP0608 "/me""#]);
}

#[test]
fn base_is_reported_once() {
    let text =
        SOUND.replace("Bearer {{connection.apiKey}}", "Bearer {{conection.apiKey}} {{parameters.nowhere}}");
    assert_eq!(reports(&strict(&text)), ["LP0204 conection", "LP0504 parameters.nowhere"]);
    let text = SOUND.replace("Bearer {{connection.apiKey}}", "Bearer {{parameters.lane}}");
    assert_eq!(reports(&strict(&text)), [""; 0], "one module declares it");
}

#[test]
fn what_make_tolerates_is_a_warning_in_its_layouts() {
    for text in [
        "{{nothing.x}}",
        "{{item.x}}",
        "{{body[0]}}",
        "{{['a']}}",
        "{{ { a } }}",
        "{{upper('a'}}",
        "{{replace('a')}}",
        "{{length(1, 2)}}",
    ] {
        let source = with("request", &format!(r#", "body": "{text}""#));
        let loaded = lenient(&source);
        assert!(!loaded.diagnostics.is_empty(), "{text}");
        assert!(loaded.diagnostics.iter().all(|one| one.level == Level::Warn), "{text}");
        assert!(loaded.connector.is_some(), "{text}");
    }
    for (mark, empty) in [
        ("request", r#", "condition": []"#),
        ("response", r#", "error": []"#),
        ("response", r#", "iterate": []"#),
        ("response", r#", "temp": "", "data": []"#),
    ] {
        assert!(lenient(&with(mark, empty)).connector.is_some(), "{empty}");
    }
    for text in ["{{uper('a')}}", "{{1 +}}"] {
        let loaded = lenient(&with("request", &format!(r#", "body": "{text}""#)));
        assert!(loaded.connector.is_none(), "{text}");
    }
}
