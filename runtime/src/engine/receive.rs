//! Reads bodies of answers, within the cap, and decodes them.

use std::io::Write;

use bytes::Bytes;
use flate2::write::{DeflateDecoder, GzDecoder, ZlibDecoder};
use http::header::{CONTENT_ENCODING, HeaderMap};

use crate::error::{Error, ErrorKind};
use crate::transport::Body;

/// How much memory is set aside on the word of a header alone.
const MOST_RESERVED: u64 = 1 << 20;

/// Reads a body to its end: at most `cap` bytes, counted after decoding.
///
/// # Errors
/// `MaxFileSizeExceeded` above the cap, and what the transport says when the body breaks off.
pub(crate) async fn read(mut body: Body, headers: &HeaderMap, cap: u64) -> Result<Bytes, Error> {
    let coding = headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    match coding.map(|coding| coding.trim().to_ascii_lowercase()).as_deref() {
        Some("gzip" | "x-gzip") => decode(&mut body, cap, |_, out| Decoder::Gzip(GzDecoder::new(out))).await,
        Some("deflate") => decode(&mut body, cap, deflate).await,
        _ => {
            if body.length().is_some_and(|length| length > cap) {
                return Err(too_large(cap));
            }
            plain(&mut body, cap).await
        }
    }
}

async fn plain(body: &mut Body, cap: u64) -> Result<Bytes, Error> {
    let Some(first) = body.next().await else { return Ok(Bytes::new()) };
    let first = first?;
    // Most answers arrive in one piece, which then needs no copy.
    let mut next = body.next().await;
    if next.is_none() {
        return if first.len() as u64 > cap { Err(too_large(cap)) } else { Ok(first) };
    }
    let reserved = body.length().unwrap_or(0).min(MOST_RESERVED).max(first.len() as u64);
    let mut all = Vec::with_capacity(usize::try_from(reserved).unwrap_or(0));
    all.extend_from_slice(&first);
    while let Some(piece) = next {
        let piece = piece?;
        if all.len() as u64 + piece.len() as u64 > cap {
            return Err(too_large(cap));
        }
        all.extend_from_slice(&piece);
        next = body.next().await;
    }
    Ok(Bytes::from(all))
}

/// Where decoded bytes gather; it refuses more than the cap, so that a small body cannot grow into a huge one.
struct Capped {
    bytes: Vec<u8>,
    cap: u64,
    full: bool,
}

impl Capped {
    fn new(cap: u64) -> Self {
        Self { bytes: Vec::new(), cap, full: false }
    }

    fn take(&mut self) -> Self {
        Self { bytes: std::mem::take(&mut self.bytes), ..*self }
    }
}

impl Write for Capped {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() as u64 + piece.len() as u64 > self.cap {
            self.full = true;
            return Err(std::io::ErrorKind::OutOfMemory.into());
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

enum Decoder {
    Gzip(GzDecoder<Capped>),
    Zlib(ZlibDecoder<Capped>),
    Deflate(DeflateDecoder<Capped>),
}

impl Decoder {
    /// Decodes a piece. Behind the end, gzip may begin anew; anything else there is padding.
    fn write(&mut self, mut piece: &[u8]) -> std::io::Result<()> {
        while !piece.is_empty() {
            let taken = match self {
                Self::Gzip(decoder) => decoder.write(piece)?,
                Self::Zlib(decoder) => decoder.write(piece)?,
                Self::Deflate(decoder) => decoder.write(piece)?,
            };
            piece = piece.get(taken..).unwrap_or_default();
            match self {
                _ if taken > 0 => {}
                Self::Gzip(decoder) if matches!(piece, [0x1f] | [0x1f, 0x8b, ..]) => {
                    decoder.try_finish()?;
                    let sink = decoder.get_mut().take();
                    *decoder = GzDecoder::new(sink);
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        match self {
            Self::Gzip(decoder) => decoder.get_ref().full,
            Self::Zlib(decoder) => decoder.get_ref().full,
            Self::Deflate(decoder) => decoder.get_ref().full,
        }
    }

    fn finish(&mut self) -> std::io::Result<Vec<u8>> {
        let sink = match self {
            Self::Gzip(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut()
            }
            Self::Zlib(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut()
            }
            Self::Deflate(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut()
            }
        };
        Ok(sink.take().bytes)
    }
}

/// Servers mean two things by `deflate`: with the header of zlib, as they should, or without.
fn deflate(first: &[u8], out: Capped) -> Decoder {
    let is_zlib = match first {
        [a, b, ..] => a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0,
        _ => true,
    };
    if is_zlib { Decoder::Zlib(ZlibDecoder::new(out)) } else { Decoder::Deflate(DeflateDecoder::new(out)) }
}

async fn decode(
    body: &mut Body,
    cap: u64,
    start: impl Fn(&[u8], Capped) -> Decoder + Send + Sync,
) -> Result<Bytes, Error> {
    // The kind of decoder shows in the first two bytes.
    let mut first = Vec::new();
    while first.len() < 2
        && let Some(piece) = body.next().await
    {
        first.extend_from_slice(&piece?);
    }
    if first.is_empty() {
        return Ok(Bytes::new());
    }
    let mut decoder = start(&first, Capped::new(cap));
    let mut written = decoder.write(&first);
    while written.is_ok()
        && let Some(piece) = body.next().await
    {
        written = decoder.write(&piece?);
    }
    match written.and_then(|()| decoder.finish()) {
        Ok(bytes) => Ok(Bytes::from(bytes)),
        Err(_) if decoder.is_full() => Err(too_large(cap)),
        Err(error) => Err(broken(error)),
    }
}

fn broken(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Runtime, "the answer is not compressed as it says").with_source(error)
}

fn too_large(cap: u64) -> Error {
    Error::new(ErrorKind::MaxFileSizeExceeded, format!("the answer is larger than {cap} bytes"))
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Bodies that are there need no waiting.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("pending"),
        }
    }

    fn compressed(coding: &str, text: &[u8]) -> Vec<u8> {
        use flate2::Compression;
        use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
        let level = Compression::default();
        let mut out = Vec::new();
        match coding {
            "gzip" => GzEncoder::new(&mut out, level).write_all(text).unwrap(),
            "zlib" => ZlibEncoder::new(&mut out, level).write_all(text).unwrap(),
            _ => DeflateEncoder::new(&mut out, level).write_all(text).unwrap(),
        }
        out
    }

    fn read_as(coding: &'static str, bytes: Vec<u8>, cap: u64) -> Result<Bytes, Error> {
        let headers = HeaderMap::from_iter([(CONTENT_ENCODING, http::HeaderValue::from_static(coding))]);
        ready(read(Body::from(bytes), &headers, cap))
    }

    #[test]
    fn decodes_all_three() {
        for (coding, how) in [("gzip", "gzip"), ("deflate", "zlib"), ("deflate", "raw")] {
            let bytes = compressed(how, b"some text, some text");
            assert_eq!(read_as(coding, bytes, 1000).unwrap(), "some text, some text", "{how}");
        }
    }

    #[test]
    fn a_bomb_and_a_broken_body() {
        let bomb = compressed("gzip", &vec![b'a'; 1 << 20]);
        assert!(bomb.len() < 4096);
        assert_eq!(read_as("gzip", bomb, 1000).unwrap_err().kind(), ErrorKind::MaxFileSizeExceeded);
        assert_eq!(
            read_as("gzip", b"not gzip at all".to_vec(), 1000).unwrap_err().kind(),
            ErrorKind::Runtime
        );
        let mut half = compressed("gzip", b"some text, some text");
        half.truncate(half.len() - 6);
        assert_eq!(read_as("gzip", half, 1000).unwrap_err().kind(), ErrorKind::Runtime);
    }
}
