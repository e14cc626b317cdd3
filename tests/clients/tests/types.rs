//! What users do with generated types.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use client_tests::kitchen::{
    Bake, BakeDays, BakeLevel, BakeOutput, BakeOutputState, BakeOven, BakeRequired, BakeToppings, BakeType,
    Chef, Client, Connection, Taste, TasteTerms, TasteWhere,
};
use linchpin::__private::v1::{Credentials, FromBundle, Input};
use linchpin::{Object, Value};

fn bake() -> Bake {
    Bake::new(BakeRequired {
        name: "Sacher".into(),
        weight: 1.5,
        type_: BakeType::Sponge,
        oven: BakeOven::new(180),
    })
}

fn json(value: impl Into<Value>) -> serde_json::Value {
    serde_json::to_value(value.into()).unwrap()
}

fn object(text: &str) -> Object {
    Value::parse_json(text.as_bytes()).unwrap().as_object().unwrap().clone()
}

#[test]
fn new_takes_what_is_required_and_fills_in_defaults() {
    let input = json(bake().into_object());
    let expected = serde_json::json!({
        "name": "Sacher", "weight": 1.5, "type": "sponge", "oven": { "heat": 180, "fan": true },
        "tags": ["sweet"], "size": -3, "rate": 0.5, "level": "b", "any": { "a": [1, null] },
    });
    assert_eq!(input, expected);
}

#[test]
fn filters_are_lists_of_terms() {
    let term = || TasteWhere::new("sweetness", "number:greater").b(3);
    let taste = Taste::new()
        .where_(vec![vec![term()], vec![TasteWhere::new("nuts", "exist"), term()]])
        .terms(vec![TasteTerms::new("a", "notexist")])
        .word("one");
    let expected = serde_json::json!({
        "where": [
            [{ "a": "sweetness", "o": "number:greater", "b": 3 }],
            [{ "a": "nuts", "o": "exist" }, { "a": "sweetness", "o": "number:greater", "b": 3 }]
        ],
        "terms": [{ "a": "a", "o": "notexist" }],
        "word": "one",
    });
    assert_eq!(json(taste.into_object()), expected);
}

#[test]
fn setters_chain_and_extra_wins() {
    let input = bake()
        .toppings(vec![BakeToppings::new("nuts").grams(20)])
        .days(vec![BakeDays::N1, BakeDays::N2Point5, BakeDays::Minus1, BakeDays::True])
        .level(BakeLevel::U3eU3d)
        .note("either text or a number")
        .n2nd("second")
        .self_("me")
        .grosse("first")
        .grosse2("second")
        .extra_("a field of that name")
        .open(object(r#"{"free": true}"#))
        .set("unknown", 5)
        .set_null("size");
    let input = json(input.into_object());
    for (key, expected) in [
        ("toppings", serde_json::json!([{ "what": "nuts", "grams": 20 }])),
        ("days", serde_json::json!([1, 2.5, -1, true])),
        ("level", ">=".into()),
        ("note", "either text or a number".into()),
        ("2nd", "second".into()),
        ("self", "me".into()),
        ("größe", "first".into()),
        ("grosse", "second".into()),
        ("extra", "a field of that name".into()),
        ("open", serde_json::json!({ "free": true })),
        ("unknown", 5.into()),
        ("size", serde_json::Value::Null),
    ] {
        assert_eq!(input[key], expected, "{key}");
    }
}

#[test]
fn outputs_are_lenient_and_lose_nothing() {
    let read = |text: &str| BakeOutput::from_object(object(text));
    let output = read(r#"{"id": "7", "name": 5, "state": "done", "slices": [{"size": "2"}], "new": [1]}"#);
    assert_eq!((output.id, output.name.as_deref()), (Some(7), Some("5")));
    assert_eq!(output.state, Some(BakeOutputState::Done));
    assert_eq!(output.slices.as_ref().and_then(|slices| slices[0].size), Some(2.0));
    assert_eq!(json(output.extra.clone()), serde_json::json!({ "new": [1] }));
    assert_eq!(output.clone(), output);

    let odd = read(r#"{"id": "seven", "state": "burnt", "oven": "hot", "price": null}"#);
    assert_eq!(odd.id, None);
    assert_eq!(odd.state, Some(BakeOutputState::Other(Value::from("burnt"))));
    assert_eq!(odd.extra.get("id"), Some(&Value::from("seven")));
    assert_eq!(odd.extra.get("oven"), Some(&Value::from("hot")));
    assert_eq!(odd.clone(), odd);
}

#[test]
fn nothing_prints_a_secret() {
    let input = bake().secret("s3cr3t");
    assert!(format!("{input:?}").contains("***"));
    let chef = Chef::new("k3y");
    let connection = Connection::from(chef.clone());
    let client = Client::new(chef.clone());
    for shown in [format!("{input:?}"), format!("{chef:?}"), format!("{connection:?}"), format!("{client:?}")]
    {
        assert!(!shown.contains("s3cr3t") && !shown.contains("k3y"), "{shown}");
    }
    assert_eq!(json(Credentials::into_object(chef)), serde_json::json!({ "key": "k3y" }));
    assert_eq!(Chef::NAME, "chef");
}

#[test]
fn serde_goes_both_ways() {
    let input = bake().size(9);
    let text = serde_json::to_string(&input).unwrap();
    let read: Bake = serde_json::from_str(&text).unwrap();
    assert_eq!(read, input);
    let error = serde_json::from_str::<Bake>("{}").unwrap_err().to_string();
    assert!(error.contains("Bake"), "{error}");
    let output: BakeOutput = serde_json::from_str(r#"{"id": 7, "more": 1}"#).unwrap();
    assert_eq!(serde_json::to_value(&output).unwrap(), serde_json::json!({ "id": 7, "more": 1 }));
}

#[test]
fn calls_have_the_types_of_their_kinds() {
    use client_tests::golden::{feeds, users};
    use client_tests::{kitchen, part, rest};
    fn is_call<T>(_: linchpin::client::Call<T>) {}
    fn is_search<T>(_: linchpin::client::Search<T>) {}
    let client = Client::new(Chef::new("k"));
    is_call::<BakeOutput>(client.bake(bake()));
    is_search::<kitchen::TasteOutput>(client.taste(kitchen::Taste::new()));
    is_call::<()>(client.wash(kitchen::Wash::new()));
    is_call::<kitchen::ClientOutput>(client.client(kitchen::Client_::new()));
    let _ = client.rpc().list_cakes(kitchen::Taste::new());
    fn is_trigger<T>(_: linchpin::client::Trigger<T>) {}
    let feeds = feeds::Client::new();
    is_trigger::<feeds::WatchPostsOutput>(feeds.watch_posts(feeds::WatchPosts::new().limit(5_u64)));
    let users = users::Client::new();
    is_call::<users::GetUserOutput>(users.endpoints().get_user(users::GetUser::new(7_u64)));
    let _ = client.rpc().more_fields(Object::new());

    // `bake` reaches one connection and one RPC, `option` and `client` none.
    let part = part::Client::new(part::Chef::new("k"));
    let _ = part.rpc().more_fields(Object::new());
    let rest = rest::Client::new();
    let _ = rest.option(rest::Option::new());
}

#[tokio::test]
async fn rules_of_items_reach_the_checks() {
    let input = bake().tags(["sweet", "", "much too long for a tag"].map(String::from).to_vec());
    let error = Client::new(Chef::new("k")).bake(input).await.unwrap_err();
    assert_eq!(error.kind(), linchpin::ErrorKind::Data);
    assert!(error.message().contains("tags.1: is mandatory; tags.2: is too long"), "{error}");
}

/// A client whose templates look at the definition of their own module.
mod mirror {
    linchpin::include_connector!(
        inline = r#"{
            "name": "mirror",
            "modules": { "look": {
                "type": "action",
                "expect": [{ "name": "x", "type": "text", "label": "The x" }],
                "interface": [{ "name": "labels", "type": "array" }, { "name": "names", "type": "array" }],
                "communication": { "response": { "output": {
                    "labels": "{{map(metadata.expect, 'label')}}", "names": "{{map(metadata.interface, 'name')}}"
                } } }
            } }
        }"#
    );
}

#[tokio::test]
async fn templates_see_the_definition_of_their_module() {
    let seen = mirror::Client::new().look(mirror::Look::new()).await.unwrap();
    let list = |names: &[&str]| Some(names.iter().map(|name| Value::from(*name)).collect::<Vec<_>>());
    assert_eq!((seen.labels, seen.names), (list(&["The x"]), list(&["labels", "names"])));
}

/// A client whose form has a button that fills in the rest.
mod filler {
    linchpin::include_connector!(
        inline = r#"{
            "name": "filler",
            "modules": { "post": {
                "type": "action",
                "expect": [{ "name": "street", "type": "text", "rpc": {
                    "label": "Look up", "url": "rpc://lookUp", "parameters": [{ "name": "code", "type": "text" }]
                } }],
                "communication": {}
            } },
            "rpcs": { "lookUp": { "communication": { "response": { "output": {
                "street": "{{parameters.code}} Main Street"
            } } } } }
        }"#
    );
}

#[tokio::test]
async fn buttons_give_what_their_rpc_makes_of_their_form() {
    let form: Object = [("code".to_owned(), Value::from("7"))].into_iter().collect();
    let filled: Value = filler::Client::new().rpc().look_up(form).await.unwrap();
    assert_eq!(serde_json::to_string(&filled).unwrap(), r#"{"street":"7 Main Street"}"#);
}
