//! Plans written as JSON, with templates that are simpler than IML: `{body.items}` is the value at a path, `{!x}` its
//! opposite, `{a == b}` and `{a < b}` compare, `{fail}` and `{fail: why}` fail. They prove besides that the engine does not know where
//! its plans come from.

use std::borrow::Cow;
use std::sync::Arc;

use linchpin::plan::{
    Account, BodyType, Condition, Connection, ConnectionKind, Connector, EndpointCall, ErrorEntry, ErrorMap,
    Iterate, Limits, Module, ModuleKind, Nested, Output, Pagination, Parameter, ParameterType, ParseAs,
    QsPolicy, Repeat, Request, RequestOptions, Response, Rules, Target, TextTemplate, Trigger, TriggerOrder,
    Valid, ValidPolicy, ValueTemplate,
};
use linchpin::{Error, Object, Scope, Value};

use super::json;

fn lookup(scope: &Scope, path: &str) -> Value {
    if path.is_empty() {
        return Value::Undefined;
    }
    if let Some(text) = path.strip_prefix('\'') {
        return Value::from(text.trim_end_matches('\''));
    }
    if let Ok(number) = path.parse::<f64>() {
        return Value::from(number);
    }
    match path {
        "now" => return scope.now(),
        "null" => return Value::Null,
        "emptystring" => return Value::EmptyText,
        _ => {}
    }
    let (root, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut value = scope.get(root).clone();
    for key in rest.split('.').filter(|key| !key.is_empty()) {
        value = if root == "headers" { value.header(key).clone() } else { value.key(key).clone() };
    }
    value
}

fn expression(scope: &Scope, text: &str) -> Result<Value, Error> {
    let text = text.trim();
    if text == "fail" {
        return Err(Error::template("tasks.json:1:1 the.place", "this always fails"));
    }
    if let Some(why) = text.strip_prefix("fail: ") {
        return Err(Error::template("tasks.json:1:1 the.place", why));
    }
    if let Some(path) = text.strip_prefix('!') {
        return Ok(Value::from(!expression(scope, path)?.is_truthy()));
    }
    for (operator, compare) in
        [(" == ", linchpin::ops::equal as fn(&Value, &Value) -> bool), (" < ", linchpin::ops::less)]
    {
        if let Some((a, b)) = text.split_once(operator) {
            return Ok(Value::from(compare(&expression(scope, a)?, &expression(scope, b)?)));
        }
    }
    Ok(lookup(scope, text))
}

fn evaluate(scope: &Scope, template: &Value) -> Result<Value, Error> {
    Ok(match template {
        Value::Text(text) => match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(inner) if !inner.contains('{') => expression(scope, inner)?,
            _ => {
                let mut out = String::new();
                write(scope, text, &mut out)?;
                Value::from(out)
            }
        },
        Value::Array(items) => {
            Value::array(items.iter().map(|item| evaluate(scope, item)).collect::<Result<_, _>>()?)
        }
        Value::Object(object) => {
            let mut out = Object::new();
            for (key, value) in object {
                let value = evaluate(scope, value)?;
                if key == "{...}" { out.spread(&value) } else { out.set(key.clone(), value) }
            }
            Value::from(out)
        }
        other => other.clone(),
    })
}

fn write(scope: &Scope, text: &str, out: &mut String) -> Result<(), Error> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inner, behind) = after.split_once('}').expect("a closing brace");
        out.push_str(before);
        expression(scope, inner)?.write_text(out);
        rest = behind;
    }
    out.push_str(rest);
    Ok(())
}

/// A template with a value.
fn template(value: Value) -> ValueTemplate {
    ValueTemplate::Dynamic(Arc::new(move |scope| evaluate(scope, &value)))
}

/// A template with text.
fn text(text: &str) -> TextTemplate {
    let text = text.to_owned();
    TextTemplate::Dynamic(Arc::new(move |scope, out| write(scope, &text, out)))
}

/// A member as a template with a value; null is a value, too.
fn value_of(object: &Value, key: &str) -> Option<ValueTemplate> {
    object.as_object()?.get(key).cloned().map(template)
}

fn text_of(object: &Value, key: &str) -> Option<TextTemplate> {
    object.key(key).as_text().map(text)
}

fn bool_of(object: &Value, key: &str, default: bool) -> bool {
    object.key(key).as_bool().unwrap_or(default)
}

fn number_of(object: &Value, key: &str) -> Option<u64> {
    object.key(key).as_i64().map(|number| u64::try_from(number).unwrap())
}

fn name(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}

fn names(value: &Value) -> Vec<Cow<'static, str>> {
    value.items().iter().map(|item| name(item.as_text().expect("a name"))).collect()
}

/// A connector; the keys are those of the plan.
pub fn connector(text: &str) -> Connector {
    let spec = json(text);
    let connections = spec.key("connections").items().iter().map(connection).collect::<Vec<_>>();
    let endpoints = spec.key("endpoints").items().iter().map(|endpoint| {
        let mut module = module_of(ModuleKind::Endpoint, endpoint.key("requests"));
        module.name = name(endpoint.key("name").as_text().unwrap());
        module
    });
    let rpcs = spec.key("rpcs").items().iter().map(|rpc| {
        let mut module = module_of(ModuleKind::Rpc, rpc.key("requests"));
        module.name = name(rpc.key("name").as_text().unwrap());
        module
    });
    Connector {
        name: name("tasks"),
        qs_policy: if spec.key("qsPolicy").as_text() == Some("merge") {
            QsPolicy::Merge
        } else {
            QsPolicy::Replace
        },
        valid_policy: if bool_of(&spec, "andStatus", false) {
            ValidPolicy::AndStatus
        } else {
            ValidPolicy::Only
        },
        base_url: text_of(&spec, "baseUrl"),
        hosts: names(spec.key("hosts")).into(),
        limits: Limits {
            timeout: number_of(&spec, "timeout"),
            max_requests: number_of(&spec, "maxRequests"),
            max_pages: number_of(&spec, "maxPages"),
            max_past_records: number_of(&spec, "maxPastRecords"),
        },
        common: names(spec.key("common")).into(),
        connections: connections.into(),
        endpoints: endpoints.collect::<Vec<_>>().into(),
        rpcs: rpcs.collect::<Vec<_>>().into(),
        install: None,
        retry_after_access_error: false,
        functions: Vec::new().into(),
    }
}

fn connection(spec: &Value) -> Connection {
    Connection {
        name: name(spec.key("name").as_text().unwrap()),
        kind: ConnectionKind::Basic,
        parameters: spec.key("parameters").items().iter().map(parameter).collect::<Vec<_>>().into(),
        verify: spec.key("verify").items().iter().map(request).collect::<Vec<_>>().into(),
        phases: Vec::new().into(),
        learned: names(spec.key("learned")).into(),
        scope: Vec::new().into(),
        module_scopes: Vec::new().into(),
        common: names(spec.key("common")).into(),
        install: None,
    }
}

/// A module with these requests: one, or a list.
pub fn module(kind: ModuleKind, requests: &str) -> Module {
    module_of(kind, &json(requests))
}

fn module_of(kind: ModuleKind, requests: &Value) -> Module {
    let requests: Vec<Request> = requests.items().iter().map(request).collect();
    let streams = requests.last().is_some_and(|last| last.repeat.is_none())
        && requests.iter().all(|request| request.response.wrapper.is_none());
    Module {
        name: name("listTasks"),
        kind,
        parameters: Vec::new().into(),
        connections: Vec::new().into(),
        requests: requests.into(),
        streams,
        scope: Vec::new().into(),
        code: None,
        metadata: Vec::new().into(),
    }
}

fn request(spec: &Value) -> Request {
    let endpoint = || EndpointCall {
        name: name(spec.key("endpoint").as_text().unwrap()),
        connection: value_of(spec, "connection"),
        input: value_of(spec, "input"),
    };
    let target = match (text_of(spec, "url"), spec.key("endpoint").as_text()) {
        (Some(url), _) => {
            Target::Url { url, base: Some(text_of(spec, "baseUrl").unwrap_or_else(|| text(""))) }
        }
        (None, Some(_)) => Target::Endpoint(endpoint()),
        (None, None) => Target::None,
    };
    let default = RequestOptions::DEFAULT;
    Request {
        target,
        method: text_of(spec, "method"),
        headers: value_of(spec, "headers"),
        qs: value_of(spec, "qs"),
        body: value_of(spec, "body"),
        body_type: body_type(spec.key("type")),
        temp: value_of(spec, "temp"),
        condition: spec.as_object().and_then(|spec| spec.get("condition")).map(condition),
        options: RequestOptions {
            encode_url: bool_of(spec, "encodeUrl", default.encode_url),
            timeout: number_of(spec, "timeout"),
            gzip: bool_of(spec, "gzip", default.gzip),
            follow_redirects: bool_of(spec, "followRedirects", true),
            follow_all_redirects: bool_of(spec, "followAllRedirects", true),
            reject_unauthorized: bool_of(spec, "rejectUnauthorized", true),
        },
        ca: text_of(spec, "ca"),
        oauth: value_of(spec, "oauth"),
        aws: None,
        sanitize: names(spec.key("sanitize")).into(),
        pagination: spec.key("pagination").as_object().map(|_| pagination(spec.key("pagination"))),
        repeat: spec.key("repeat").as_object().map(|_| Repeat {
            condition: value_of(spec.key("repeat"), "condition"),
            delay: number_of(spec.key("repeat"), "delay").unwrap_or(0),
            limit: number_of(spec.key("repeat"), "limit"),
        }),
        response: response(spec.key("response")),
    }
}

fn body_type(spec: &Value) -> BodyType {
    match spec.as_text() {
        None | Some("json") => BodyType::Json,
        Some("urlencoded") => BodyType::Urlencoded,
        Some("multipart/form-data") => BodyType::Multipart,
        Some("text") => BodyType::Text,
        Some("binary") => BodyType::Binary,
        Some(other) => BodyType::Template(text(other)),
    }
}

fn condition(spec: &Value) -> Condition {
    match spec {
        Value::Object(_) => {
            Condition { test: value_of(spec, "condition"), default: value_of(spec, "default") }
        }
        other => Condition { test: Some(template(other.clone())), default: None },
    }
}

fn pagination(spec: &Value) -> Pagination {
    Pagination {
        merge_with_parent: bool_of(spec, "mergeWithParent", true),
        url: text_of(spec, "url"),
        method: text_of(spec, "method"),
        headers: value_of(spec, "headers"),
        qs: value_of(spec, "qs"),
        body: value_of(spec, "body"),
        condition: value_of(spec, "condition"),
        endpoint: spec.key("endpoint").as_text().map(|endpoint| EndpointCall {
            name: name(endpoint),
            connection: None,
            input: value_of(spec, "input"),
        }),
    }
}

fn response(spec: &Value) -> Response {
    let output = match spec.as_object().and_then(|spec| spec.get("output")) {
        None => Output::Whole,
        Some(Value::Null | Value::Bool(false)) => Output::Nothing,
        Some(output) => Output::Template(template(output.clone())),
    };
    let account = ["data", "metadata", "uid"].iter().any(|key| !matches!(spec.key(key), Value::Undefined));
    Response {
        parse_as: parse_as(spec.key("type")).into(),
        temp: value_of(spec, "temp"),
        valid: spec.as_object().and_then(|spec| spec.get("valid")).map(valid),
        error: spec.as_object().and_then(|spec| spec.get("error")).map(error_map),
        iterate: spec.as_object().and_then(|spec| spec.get("iterate")).map(|iterate| match iterate {
            Value::Object(_) => Iterate {
                container: template(iterate.key("container").clone()),
                condition: value_of(iterate, "condition"),
            },
            container => Iterate { container: template(container.clone()), condition: None },
        }),
        output,
        limit: value_of(spec, "limit"),
        wrapper: value_of(spec, "wrapper"),
        trigger: spec.key("trigger").as_object().map(|_| trigger(spec.key("trigger"))),
        account: account.then(|| Account {
            data: value_of(spec, "data"),
            metadata: value_of(spec, "metadata"),
            uid: value_of(spec, "uid"),
            expires: None,
            scope: None,
            oauth: None,
        }),
        unwrap: bool_of(spec, "unwrap", true),
    }
}

fn trigger(spec: &Value) -> Trigger {
    Trigger {
        by_date: spec.key("type").as_text() == Some("date"),
        order: match spec.key("order").as_text().unwrap() {
            "asc" => TriggerOrder::Ascending,
            "desc" => TriggerOrder::Descending,
            _ => TriggerOrder::Unordered,
        },
        id: value_of(spec, "id"),
        date: value_of(spec, "date"),
    }
}

fn parse_as(spec: &Value) -> Vec<(u16, u16, ParseAs)> {
    let one = |word: &Value| match word.as_text().unwrap() {
        "automatic" => ParseAs::Automatic,
        "json" => ParseAs::Json,
        "urlencoded" => ParseAs::Urlencoded,
        "xml" => ParseAs::Xml,
        "text" => ParseAs::Text,
        "binary" => ParseAs::Binary,
        other => ParseAs::Template(text(other)),
    };
    match spec {
        Value::Undefined => Vec::new(),
        Value::Object(ranges) => {
            let range = |key: &str| match (key, key.split_once('-')) {
                ("*", _) => (1, 999),
                (_, Some((from, to))) => (from.parse().unwrap(), to.parse().unwrap()),
                (single, None) => (single.parse().unwrap(), single.parse().unwrap()),
            };
            ranges.iter().map(|(key, word)| (range(key).0, range(key).1, one(word))).collect()
        }
        word => vec![(1, 999, one(word))],
    }
}

fn valid(spec: &Value) -> Valid {
    match spec {
        Value::Object(_) => Valid {
            condition: value_of(spec, "condition"),
            reads_status: spec.key("condition").to_json().unwrap_or_default().contains("statusCode"),
            message: value_of(spec, "message"),
            ty: text_of(spec, "type"),
        },
        condition => Valid {
            condition: Some(template(condition.clone())),
            reads_status: condition.to_json().unwrap_or_default().contains("statusCode"),
            message: None,
            ty: None,
        },
    }
}

fn error_map(spec: &Value) -> ErrorMap {
    let entry = |spec: &Value| ErrorEntry { message: value_of(spec, "message"), ty: text_of(spec, "type") };
    match spec {
        Value::Object(members) => {
            let statuses = members.iter().filter_map(|(key, spec)| Some((key.parse().ok()?, entry(spec))));
            ErrorMap { general: entry(spec), by_status: statuses.collect::<Vec<_>>().into() }
        }
        message => ErrorMap {
            general: ErrorEntry { message: Some(template(message.clone())), ty: None },
            by_status: Vec::new().into(),
        },
    }
}

/// A parameter; `type` is the name of its type in the plan.
pub fn parameter(spec: &Value) -> Parameter {
    let rules = spec.key("rules");
    let list = |key: &str| spec.key(key).items().iter().map(parameter).collect::<Vec<_>>().into();
    let ty = match spec.key("type").as_text().unwrap_or("any") {
        "text" => ParameterType::Text,
        "number" => ParameterType::Number,
        "integer" => ParameterType::Integer,
        "unsigned" => ParameterType::Unsigned,
        "port" => ParameterType::Port,
        "boolean" => ParameterType::Boolean,
        "date" => ParameterType::Date,
        "buffer" => ParameterType::Buffer,
        "array" => ParameterType::Array(list("spec")),
        "collection" => ParameterType::Collection(list("spec")),
        "select" => {
            ParameterType::Select(spec.key("options").items().iter().map(literal).collect::<Vec<_>>().into())
        }
        _ => ParameterType::Any,
    };
    let nested = spec.key("nested").items().iter().map(|nested| Nested {
        when: nested.as_object().and_then(|nested| nested.get("when")).map(literal),
        parameters: nested.key("parameters").items().iter().map(parameter).collect::<Vec<_>>().into(),
    });
    Parameter {
        name: name(spec.key("name").as_text().unwrap_or_default()),
        ty,
        required: bool_of(spec, "required", false),
        multiple: bool_of(spec, "multiple", false),
        secret: bool_of(spec, "secret", false),
        rules: Rules {
            min: rules.key("min").as_f64(),
            max: rules.key("max").as_f64(),
            pattern: rules.key("pattern").as_text().map(name),
            one_of: names(rules.key("enum")).into(),
            min_items: number_of(rules, "minItems"),
            max_items: number_of(rules, "maxItems"),
            unique: bool_of(rules, "unique", false),
        },
        nested: nested.collect::<Vec<_>>().into(),
        convert: None,
    }
}

fn literal(value: &Value) -> linchpin::plan::Literal {
    use linchpin::plan::Literal;
    match value {
        Value::Null => Literal::Null,
        Value::Bool(bool) => Literal::Bool(*bool),
        Value::Number(_) => Literal::Number(name(&value.to_text())),
        Value::Text(text) => Literal::Text(name(text)),
        other => panic!("{other:?} is no option"),
    }
}
