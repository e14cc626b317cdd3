//! Forms with files (connector.md 13.3).

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderMap};
use multer::{Field, Multipart};
use smol_str::SmolStr;

use crate::codec::mime;
use crate::engine::parse;
use crate::value::{Object, Value};

/// The boundary, when the content type is `multipart/form-data`.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// The form in `body`: texts, and files as `fileName`, `name`, `data` and `mime`. Fields that share a name are a list.
/// `None` when it is no such form.
pub(super) async fn read(boundary: String, body: Bytes) -> Option<Value> {
    let mut form = Multipart::new(Whole(Some(body)), boundary);
    let mut object = Object::new();
    while let Some(field) = form.next_field().await.ok()? {
        let key = SmolStr::new(field.name().unwrap_or_default());
        parse::add(&mut object, key, value(field).await?);
    }
    Some(Value::from(object))
}

async fn value(field: Field<'_>) -> Option<Value> {
    let Some(name) = field.file_name().map(str::to_owned) else {
        return field.text().await.ok().map(Value::from);
    };
    let mime = field.content_type().map_or_else(|| guessed(&name), ToString::to_string);
    let mut file = Object::with_capacity(4);
    file.set("fileName", name.as_str());
    file.set("name", name);
    file.set("mime", mime);
    file.set("data", field.bytes().await.ok()?);
    Some(Value::from(file))
}

fn guessed(name: &str) -> String {
    mime::by_name(name).unwrap_or("application/octet-stream").to_owned()
}

/// A body that is there.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Value {
        let work = read("b".to_owned(), Bytes::from(text.replace('\n', "\r\n")));
        match std::pin::pin!(work).as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
            Poll::Ready(value) => value.unwrap_or_default(),
            Poll::Pending => panic!("it is all there"),
        }
    }

    #[test]
    fn texts_files_and_lists() {
        let value = form(
            "--b\nContent-Disposition: form-data; name=\"title\"\n\nHello\n\
             --b\nContent-Disposition: form-data; name=\"tag\"\n\na\n\
             --b\nContent-Disposition: form-data; name=\"tag\"\n\nb\n\
             --b\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.pdf\"\n\n%PDF\n\
             --b\nContent-Disposition: form-data; name=\"raw\"; filename=\"x\"\nContent-Type: text/csv\n\n1;2\n--b--\n",
        );
        let expected = Value::parse_json(
            br#"{"title": "Hello", "tag": ["a", "b"],
                 "doc": {"fileName": "a.pdf", "name": "a.pdf", "mime": "application/pdf", "data": "x"},
                 "raw": {"fileName": "x", "name": "x", "mime": "text/csv", "data": "x"}}"#,
        )
        .unwrap();
        for (key, data) in [("doc", &b"%PDF"[..]), ("raw", b"1;2")] {
            assert_eq!(value.key(key).key("data"), &Value::from(data.to_vec()));
            for name in ["fileName", "name", "mime"] {
                assert_eq!(value.key(key).key(name), expected.key(key).key(name));
            }
        }
        assert_eq!((value.key("title"), value.key("tag")), (expected.key("title"), expected.key("tag")));
    }

    #[test]
    fn what_is_cut_short_is_no_form() {
        assert_eq!(form("--b\nContent-Disposition: form-data; name=\"title\"\n\nHel"), Value::Undefined);
        assert_eq!(form("no form at all"), Value::Undefined);
    }
}
