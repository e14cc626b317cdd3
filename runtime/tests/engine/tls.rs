//! Secure connections: `ca`, `rejectUnauthorized`, and what goes wrong (connector.md 6.1, 8.3).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::support::*;
use linchpin::client::Client;
use linchpin::{ErrorKind, Value};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

/// Certificates for `localhost` that vouch for themselves, made for these tests alone.
const LOCALHOST: &str = include_str!("certificates/localhost.pem");
const KEY: &str = include_str!("certificates/localhost.key");
const OTHER: &str = include_str!("certificates/other.pem");

/// A server with the first certificate.
async fn secure() -> RawServer {
    let certificate = CertificateDer::from_pem_slice(LOCALHOST.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    RawServer::with(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => return,
                }
            }
            let answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
        }
    })
    .await
}

fn a_client(server: &RawServer) -> Client {
    let url = server.url.replace("http://127.0.0.1", "https://localhost");
    builder_at(&url, connector("{}")).build().unwrap()
}

async fn get(client: &Client, ca: &str, rest: &str) -> Result<Value, linchpin::Error> {
    let mut input = linchpin::Object::new();
    input.set("ca", ca);
    let request = format!(r#"{{"url":"/"{rest}}}"#);
    let module = module(linchpin::plan::ModuleKind::Action, &request);
    linchpin::client::Call::<Value>::new(client, Arc::new(module), input).await
}

#[tokio::test]
async fn whose_certificates_are_trusted() {
    let server = secure().await;
    let client = a_client(&server);
    let ca = r#","ca":"{parameters.ca}""#;
    let error = get(&client, "", "").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime);
    assert!(error.message().starts_with("the secure connection failed: invalid peer certificate"), "{error}");
    assert!(!error.may_have_been_sent(), "nothing is sent before the certificate is trusted");
    for _ in 0..2 {
        get(&client, LOCALHOST, ca).await.unwrap();
    }
    get(&client, "", r#","rejectUnauthorized":false"#).await.unwrap();
    assert_eq!(
        get(&client, OTHER, ca).await.unwrap_err().kind(),
        ErrorKind::Runtime,
        "`ca` replaces all others"
    );
    assert_eq!(
        get(&client, "", "").await.unwrap_err().kind(),
        ErrorKind::Runtime,
        "what one request trusts, others do not"
    );
}

#[tokio::test]
async fn a_handshake_that_is_refused_is_tried_once_more() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let server = RawServer::with(move |mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            let mut hello = [0; 64];
            let _ = stream.read(&mut hello).await;
            // A fatal alert: handshake failure, number 40.
            let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 40]).await;
            let _ = stream.shutdown().await;
        }
    })
    .await;
    let error = get(&a_client(&server), "", "").await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (ErrorKind::Runtime, false));
    assert_eq!(count.load(Ordering::SeqCst), 2);
}
