//! Names, RPCs and constants of generated clients.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use client_tests::{book, catalogue};
use linchpin::Value;
use linchpin::form::{Choice, Fields};

fn client() -> catalogue::Client {
    catalogue::Client::new(catalogue::Catalogue::new().key("k-123456"))
}

#[test]
fn components_of_several_kinds_may_have_one_name() {
    // The connection is `Catalogue`, the form of the webhook says what it is.
    let form = catalogue::CatalogueWebhook::new().shelf("A");
    assert_eq!(form.shelf.as_deref(), Some("A"));
    let _ = client().webhooks().catalogue();
}

#[test]
fn digits_stay_apart_and_whole_numbers_are_numbers() {
    use catalogue::AddBookRatio;
    let input = catalogue::AddBook::new(7).ratio(AddBookRatio::N16_9).author(12);
    assert_eq!((input.shelf, input.author), (7.0, Some(12.0)));
    let _ = (AddBookRatio::N1_69, AddBookRatio::Aspect4_3);
}

#[tokio::test]
async fn a_large_constant_is_what_the_connector_says() {
    let colours: Vec<Choice> = client().rpc().list_colours(linchpin::Object::new()).await.unwrap();
    assert_eq!(colours.len(), 40);
    assert_eq!(colours[3].value.to_text(), "9007199254740993", "no digit is lost");
    assert_eq!(colours[4].label, "quote \" back \\ tab \t end");
    assert_eq!((colours[39].label.as_str(), &colours[39].value), ("Colour 39", &Value::from("c39")));
}

#[tokio::test]
async fn an_rpc_that_nothing_refers_to_is_what_it_looks_like() {
    let rpc = client().rpc();
    let fields: Fields = rpc.spare_fields(linchpin::Object::new()).await.unwrap();
    assert_eq!(fields.list.len(), 1);
    // These would be sent: that they compile is what is tested.
    async fn options(rpc: catalogue::Rpc) -> Result<Vec<Choice>, linchpin::Error> {
        rpc.spare_options(linchpin::Object::new()).await
    }
    async fn thing(rpc: catalogue::Rpc) -> Result<Value, linchpin::Error> {
        rpc.spare_things(linchpin::Object::new()).await
    }
    drop((options(rpc.clone()), thing(rpc)));
}

#[test]
fn a_module_keeps_the_rpcs_that_its_fields_name() {
    let rpc = book::Client::builder().build().unwrap().rpc();
    let object = linchpin::Object::new;
    drop((rpc.find_authors(object()), rpc.list_folders(object()), rpc.list_colours(object())));
}
