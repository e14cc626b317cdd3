//! `zlib`: compression of whole buffers.
#![allow(clippy::needless_pass_by_value, reason = "the bindings hand over what they read")]

use std::io::{self, Read};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder, GzEncoder, MultiGzDecoder, ZlibDecoder, ZlibEncoder};
use rquickjs::function::Func;
use rquickjs::{Ctx, Exception, Object, TypedArray};

/// Larger results are refused, whatever the limit of memory is: they exist twice for a while.
const MOST_BYTES: u64 = 64 << 20;

pub(super) fn natives<'js>(_: &Ctx<'js>, natives: &Object<'js>) -> rquickjs::Result<()> {
    natives.set("run", Func::from(run))
}

/// Compresses, or the other way round. Bytes come as base64, as everywhere; `most` bounds the result.
fn run<'js>(
    ctx: Ctx<'js>,
    kind: String,
    data: String,
    level: f64,
    most: f64,
) -> rquickjs::Result<TypedArray<'js, u8>> {
    let Ok(data) = STANDARD.decode(data) else {
        return Err(Exception::throw_type(&ctx, "the bytes cannot be read"));
    };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "levels are clamped, and what does not fit is bounded all the same"
    )]
    let (level, most) = (
        if (0.0..=9.0).contains(&level) { Compression::new(level as u32) } else { Compression::default() },
        (most.max(0.0) as u64).min(MOST_BYTES),
    );
    let read = match kind.as_str() {
        "gzip" => take(GzEncoder::new(data.as_slice(), level), most),
        "gunzip" => take(MultiGzDecoder::new(data.as_slice()), most),
        "deflate" => take(ZlibEncoder::new(data.as_slice(), level), most),
        "inflate" => take(ZlibDecoder::new(data.as_slice()), most),
        "deflateRaw" => take(DeflateEncoder::new(data.as_slice(), level), most),
        "inflateRaw" => take(DeflateDecoder::new(data.as_slice()), most),
        "unzip" if data.starts_with(&[0x1F, 0x8B]) => take(MultiGzDecoder::new(data.as_slice()), most),
        "unzip" => take(ZlibDecoder::new(data.as_slice()), most),
        _ => return Err(Exception::throw_type(&ctx, "there is no such compression")),
    };
    match read {
        Ok(Some(bytes)) => TypedArray::new_copy(ctx, bytes),
        Ok(None) => Err(Exception::throw_range(&ctx, &format!("the result is larger than {most} bytes"))),
        Err(_) => Err(Exception::throw_message(&ctx, "incorrect header check")),
    }
}

/// Reads to the end; nothing when that is beyond `most` bytes.
fn take(from: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
