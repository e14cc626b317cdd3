//! `URL` and `URLSearchParams`: parsing and writing, by the `url` crate.
#![allow(clippy::needless_pass_by_value, reason = "the bindings hand over what they read")]

use rquickjs::function::{Func, Opt};
use rquickjs::{Ctx, Object, String as JsString};
use url::{Url, form_urlencoded, quirks};

use super::super::convert::read_text;
use super::super::realm::Realm;

pub(super) fn natives<'js>(_: &Ctx<'js>, natives: &Object<'js>) -> rquickjs::Result<()> {
    natives.set("parse", Func::from(parse))?;
    natives.set("set", Func::from(set))?;
    natives.set("parseQuery", Func::from(parse_query))?;
    natives.set("formatQuery", Func::from(format_query))
}

/// The parts of a URL, in the order that `url.js` knows; nothing when it is none.
fn parse(url: String, base: Opt<Option<String>>) -> Option<Vec<String>> {
    let url = match base.0.flatten() {
        Some(base) => Url::parse(&base).ok()?.join(&url),
        None => Url::parse(&url),
    };
    url.ok().map(|url| parts(&url))
}

fn parts(url: &Url) -> Vec<String> {
    let parts = [
        quirks::href(url),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
    ];
    parts.into_iter().map(str::to_owned).chain([quirks::origin(url)]).collect()
}

/// Sets a part; nothing when the URL stays as it was.
fn set(href: String, part: String, value: String) -> Option<Vec<String>> {
    let mut url = Url::parse(&href).ok()?;
    match part.as_str() {
        "href" => quirks::set_href(&mut url, &value).ok()?,
        "protocol" => quirks::set_protocol(&mut url, &value).ok()?,
        "username" => quirks::set_username(&mut url, &value).ok()?,
        "password" => quirks::set_password(&mut url, &value).ok()?,
        "host" => quirks::set_host(&mut url, &value).ok()?,
        "hostname" => quirks::set_hostname(&mut url, &value).ok()?,
        "port" => quirks::set_port(&mut url, &value).ok()?,
        "pathname" => quirks::set_pathname(&mut url, &value),
        "search" => quirks::set_search(&mut url, &value),
        "hash" => quirks::set_hash(&mut url, &value),
        "query" => url.set_query(Some(value.as_str()).filter(|query| !query.is_empty())),
        _ => return None,
    }
    Some(parts(&url))
}

fn parse_query<'js>(ctx: Ctx<'js>, query: JsString<'js>) -> rquickjs::Result<Vec<Vec<String>>> {
    let query = read_text(&Realm::of(&ctx)?, &query)?;
    let pairs = form_urlencoded::parse(query.as_bytes());
    Ok(pairs.map(|(name, value)| vec![name.into_owned(), value.into_owned()]).collect())
}

fn format_query<'js>(ctx: Ctx<'js>, pairs: Vec<Vec<JsString<'js>>>) -> rquickjs::Result<String> {
    let realm = Realm::of(&ctx)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for pair in &pairs {
        if let [name, value] = pair.as_slice() {
            query.append_pair(&read_text(&realm, name)?, &read_text(&realm, value)?);
        }
    }
    Ok(query.finish())
}
