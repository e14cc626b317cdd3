//! `crypto`: digests, their keyed forms, and randomness.
#![allow(clippy::needless_pass_by_value, reason = "the bindings hand over what they read")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use md5::Md5;
use rquickjs::function::{Func, Opt};
use rquickjs::{Ctx, Exception, Object, TypedArray};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::random::{self, SystemRandom};

/// More random bytes at once are refused.
const MOST_RANDOM: usize = 16 << 20;

pub(super) fn natives<'js>(_: &Ctx<'js>, natives: &Object<'js>) -> rquickjs::Result<()> {
    natives.set("digest", Func::from(digest))?;
    natives.set("random", Func::from(random_bytes))?;
    natives.set("uuid", Func::from(|| random::uuid(&SystemRandom).to_string()))
}

/// A digest, or its keyed form. Bytes come as base64, as everywhere.
fn digest<'js>(
    ctx: Ctx<'js>,
    name: String,
    data: String,
    key: Opt<Option<String>>,
) -> rquickjs::Result<TypedArray<'js, u8>> {
    let read = |text: String| {
        STANDARD.decode(text).map_err(|_| Exception::throw_type(&ctx, "the bytes cannot be read"))
    };
    let data = read(data)?;
    let made = match key.0.flatten().map(read).transpose()? {
        Some(key) => keyed(&name, &data, &key),
        None => plain(&name, &data),
    };
    match made {
        Some(bytes) => TypedArray::new_copy(ctx, bytes),
        None => Err(Exception::throw_type(&ctx, &format!("there is no digest {name}"))),
    }
}

fn plain(name: &str, data: &[u8]) -> Option<Vec<u8>> {
    Some(match name {
        "md5" => Md5::digest(data).to_vec(),
        "sha1" => Sha1::digest(data).to_vec(),
        "sha256" => Sha256::digest(data).to_vec(),
        "sha384" => Sha384::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        _ => return None,
    })
}

fn keyed(name: &str, data: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    fn mac<M: Mac + hmac::digest::KeyInit>(data: &[u8], key: &[u8]) -> Option<Vec<u8>> {
        let mac = <M as hmac::digest::KeyInit>::new_from_slice(key).ok()?;
        Some(mac.chain_update(data).finalize().into_bytes().to_vec())
    }
    match name {
        "md5" => mac::<Hmac<Md5>>(data, key),
        "sha1" => mac::<Hmac<Sha1>>(data, key),
        "sha256" => mac::<Hmac<Sha256>>(data, key),
        "sha384" => mac::<Hmac<Sha384>>(data, key),
        "sha512" => mac::<Hmac<Sha512>>(data, key),
        _ => None,
    }
}

fn random_bytes(ctx: Ctx<'_>, size: f64) -> rquickjs::Result<TypedArray<'_, u8>> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what does not fit is refused"
    )]
    let size = if size >= 0.0 { size as usize } else { usize::MAX };
    if size > MOST_RANDOM {
        return Err(Exception::throw_range(&ctx, &format!("at most {MOST_RANDOM} random bytes at once")));
    }
    let mut bytes = vec![0; size];
    match getrandom::fill(&mut bytes) {
        Ok(()) => TypedArray::new_copy(ctx, bytes),
        Err(_) => Err(Exception::throw_message(&ctx, "the system gives no random bytes")),
    }
}
