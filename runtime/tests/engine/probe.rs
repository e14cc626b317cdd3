use super::support::*;
use linchpin::connection::GivenConnection;
use linchpin::plan::ModuleKind;
use std::io::Write;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);
impl Write for Log {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(piece);
        Ok(piece.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn everything_of(error: &linchpin::Error) -> String {
    let mut all = format!("{error} {error:?} {error:#?} {}", error.message());
    all.push_str(&String::from_utf8_lossy(error.body().unwrap_or_default()));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        all.push_str(&format!(" SRC {cause} {cause:?}"));
        source = cause.source();
    }
    all
}
fn rawclient(url: &str, secret: &str) -> linchpin::client::Client {
    let mut data = linchpin::Object::new();
    data.set("apiKey", secret);
    linchpin::client::ClientBuilder::for_connector(Arc::new(connector(
        r#"{"connections":[{"name":"key","parameters":[{"name":"apiKey","type":"text","secret":true}]}]}"#,
    )))
    .base_url(url)
    .retry(linchpin::resilience::RetryPolicy::none())
    .connection(GivenConnection::named("key", data))
    .build()
    .unwrap()
}
fn keyed(req: &str) -> linchpin::plan::Module {
    let mut m = module(ModuleKind::Action, req);
    m.connections = vec!["key".into()].into();
    m
}

fn core(s: &str) -> Vec<String> {
    s.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| p.len() > 3).map(str::to_owned).collect()
}

#[tokio::test]
async fn probe_secrets() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    for secret in [
        "abcd/efgh ijkl",
        "abcd=efgh&ijkl",
        "abcd:efgh@ijkl",
        "äbcdöefghß",
        "abcd%efgh",
        "abcd'efgh",
        "abcd\"ef\\ghij",
        "abcd<efgh>ijkl",
        "abcd!efgh*(ijkl)",
        "abcd|efgh^ijkl",
        "abcd~efgh_ijkl",
        "abcd[efgh]{ijkl}",
    ] {
        for (name, req) in [
            ("path", r#"{"url":"/bot{connection.apiKey}/x"}"#),
            ("path2", r#"{"url":"/bot{connection.apiKey}/x","encodeUrl":false}"#),
            ("urlqs", r#"{"url":"/x?zz={connection.apiKey}"}"#),
            ("qs", r#"{"url":"/x","qs":{"zz":"{connection.apiKey}"}}"#),
            ("json", r#"{"url":"/x","method":"POST","body":{"zz":"{connection.apiKey}"}}"#),
            (
                "form",
                r#"{"url":"/x","method":"POST","type":"urlencoded","body":{"zz":"{connection.apiKey}"}}"#,
            ),
            ("text", r#"{"url":"/x","method":"POST","type":"text","body":"zz={connection.apiKey}"}"#),
            (
                "multipart",
                r#"{"url":"/x","method":"POST","type":"multipart/form-data","body":{"zz":"{connection.apiKey}"}}"#,
            ),
            ("header", r#"{"url":"/x","headers":{"X-ZZ":"{connection.apiKey}"}}"#),
        ] {
            log.0.lock().unwrap().clear();
            let s = secret.to_owned();
            let server = Server::start(move |seen| {
                let php = serde_json::to_string(&s).unwrap().replace('/', "\\/");
                let ascii: String = serde_json::to_string(&s).unwrap().chars().map(|c| if c.is_ascii() && !"<>&='".contains(c) { c.to_string() } else { format!("\\u{:04x}", c as u32) }).collect();
                let body = serde_json::json!({"target": seen.target, "body": String::from_utf8_lossy(&seen.body), "m": s});
                let mut text = body.to_string();
                text.truncate(text.len() - 1);
                let lower = seen.target.replace("%2F", "%2f").replace("%3D", "%3d").replace("%C3", "%c3");
                Reply::json(format!("{text},\"lower\":\"{lower}\",\"php\":{php},\"ascii\":{ascii}}}")).status(400)
            }).await;
            let e = run(
                &rawclient(&server.url, secret),
                keyed(&req.replace("}}}", "}}},\"x\":1}").replace(",\"x\":1}}", "}")),
                "{}",
            )
            .await;
            let e = match e {
                Err(e) => e,
                Ok(_) => panic!(),
            };
            let text = everything_of(&e);
            let mut cores = core(secret);
            if secret.contains('ä') {
                cores.push("efgh".into());
            }
            if cores.iter().any(|c| text.contains(c.as_str())) {
                println!(
                    "LEAK error {name} {secret}: {}",
                    String::from_utf8_lossy(e.body().unwrap_or_default())
                );
            }
            let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
            let text: String =
                text.lines().filter(|l| l.contains(" linchpin:")).collect::<Vec<_>>().join("\n");
            if cores.iter().any(|c| text.contains(c.as_str())) {
                println!("LEAK log {name} {secret}: {text}");
            }
        }
    }
    // 64 KiB edge
    for pad in [65536 - 10, 65536 - 5] {
        let server =
            Server::start(move |_| Reply::new(400).body(format!("{}topsecret-value-1234", "x".repeat(pad))))
                .await;
        let e = run(&rawclient(&server.url, "topsecret-value-1234"), keyed(r#"{"url":"/"}"#), "{}")
            .await
            .unwrap_err();
        println!("edge: ...{}", String::from_utf8_lossy(&e.body().unwrap()[e.body().unwrap().len() - 14..]));
    }
    // other errors
    for (name, req) in [
        ("method", r#"{"url":"/","method":"{connection.apiKey}"}"#),
        ("scheme", r#"{"url":"{connection.apiKey}://x"}"#),
        ("host", r#"{"url":"http://{connection.apiKey}/"}"#),
        ("hostport", r#"{"url":"http://x:{connection.apiKey}/"}"#),
        ("headername", r#"{"url":"/","headers":"{connection}"}"#),
        ("type", r#"{"url":"/","method":"POST","body":"x","type":"{connection.apiKey}"}"#),
        ("rtype", r#"{"url":"/","response":{"type":"{connection.apiKey}"}}"#),
        ("limit", r#"{"url":"/","response":{"output":"{body}","limit":"{connection.apiKey}"}}"#),
        ("ca", r#"{"url":"/","ca":"{connection.apiKey}"}"#),
        (
            "valid",
            r#"{"url":"/","response":{"valid":{"condition":false,"message":"no {connection.apiKey}"}}}"#,
        ),
    ] {
        let server = Server::quiet().await;
        match run(&rawclient(&server.url, "topsecret-value-1234"), keyed(req), "{}").await {
            Ok(v) => println!("{name} ok {v:?}"),
            Err(e) => {
                let t = everything_of(&e);
                println!("{name} {} {t}", if t.contains("topsecret") { "LEAK" } else { "" })
            }
        }
    }
}
