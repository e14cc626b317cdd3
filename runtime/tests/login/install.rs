//! Installations: constants that an organisation supplies once, for a connector and for a connection (connector.md
//! 3.16).

use linchpin::ErrorKind;

use super::server::{Reply, Seen, Server};
use super::service::{pairs, query_of};

mod depot {
    linchpin::include_connector!(
        inline = r#"{
            "name": "depot",
            "common": { "region": "none", "version": "2" },
            "installSpec": [
                { "name": "tenant", "type": "text", "required": true, "validate": { "pattern": "^[a-z]+$" } },
                { "name": "apiSecret", "type": "password", "required": true },
                { "name": "region", "type": "text" }
            ],
            "install": { "common": {
                "tenant": "{{upper(parameters.tenant)}}",
                "signature": "{{common.version}}-{{parameters.apiSecret}}",
                "region": "{{parameters.region}}"
            } },
            "base": { "headers": { "x-tenant": "{{common.tenant}}", "x-signature": "{{common.signature}}" } },
            "connections": {
                "oauth": {
                    "type": "oauth",
                    "common": { "scopeMark": "s" },
                    "installSpec": [
                        { "name": "clientId", "type": "text", "required": true },
                        { "name": "clientSecret", "type": "text", "required": true }
                    ],
                    "install": { "common": {
                        "clientId": "{{parameters.clientId}}",
                        "clientSecret": "{{parameters.clientSecret}}",
                        "mark": "{{common.scopeMark}}!"
                    } },
                    "communication": {
                        "authorize": {
                            "url": "http://auth.depot.example/authorize",
                            "qs": { "client_id": "{{common.clientId}}", "redirect_uri": "{{oauth.redirectUri}}",
                                    "mark": "{{common.mark}}", "tenant": "{{common.tenant}}" }
                        },
                        "token": {
                            "url": "{{data.server}}/token", "method": "POST", "type": "urlencoded",
                            "body": { "code": "{{query.code}}", "client_secret": "{{common.clientSecret}}" },
                            "response": { "error": "refused: {{body.why}}", "data": { "accessToken": "{{body.access_token}}" } }
                        }
                    },
                    "parameters": [{ "name": "server", "type": "url", "required": true }]
                },
                "open": {
                    "type": "basic",
                    "installSpec": [{ "name": "plan", "type": "text" }],
                    "install": { "common": { "plan": "{{ifempty(parameters.plan; 'free')}}" } },
                    "parameters": [{ "name": "server", "type": "url", "required": true }],
                    "communication": { "url": "{{data.server}}/plan/{{common.plan}}/{{common.tenant}}" }
                }
            },
            "modules": {
                "ping": {
                    "type": "action", "connection": "open",
                    "communication": { "url": "{{connection.server}}/ping/{{common.region}}",
                                       "response": { "error": "no: {{body.why}}" } }
                },
                "install": { "type": "action", "connection": "oauth", "communication": { "response": { "output": { "id": "{{common.clientId}}" } } } }
            }
        }"#
    );
}

use depot::{Client, Install_, Oauth, OauthInstall, Open, OpenInstall};

/// A builder with the constants of the files.
fn builder(server: &Server) -> linchpin::client::ClientBuilder<Client> {
    let builder = Client::builder().allow_host(server.host.as_str());
    builder.common("version", "2").connection_common("oauth", "scopeMark", "s")
}

fn installed(server: &Server) -> linchpin::client::ClientBuilder<Client> {
    builder(server).install(Install_::new("acme", "pass-phrase"))
}

#[tokio::test]
async fn what_is_installed_is_seen_as_common() {
    let server = Server::quiet().await;
    let client = installed(&server).connection(Open::new(&*server.url)).build().unwrap();
    client.ping(depot::Ping::new()).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.target, "/ping/");
    assert_eq!((seen.header("x-tenant"), seen.header("x-signature")), (Some("ACME"), Some("2-pass-phrase")));

    // What the form leaves out stays as it is; what it says goes over `common`.
    for (form, path) in [
        (Install_::new("acme", "pass-phrase"), "/ping/north"),
        (Install_::new("acme", "pass-phrase").region("south"), "/ping/south"),
    ] {
        let builder = builder(&server).common("region", "north");
        let client = builder.install(form).connection(Open::new(&*server.url)).build().unwrap();
        client.ping(depot::Ping::new()).await.unwrap();
        assert_eq!(server.seen().last().unwrap().target, path);
    }
}

#[tokio::test]
async fn a_connection_has_an_installation_of_its_own() {
    let server = Server::quiet().await;
    for (form, path) in
        [(None, "/plan/free/ACME"), (Some(OpenInstall::new().plan("gold")), "/plan/gold/ACME")]
    {
        let mut builder = installed(&server).connection(Open::new(&*server.url));
        if let Some(form) = form {
            builder = builder.install(form);
        }
        builder.build().unwrap().verify().await.unwrap();
        assert_eq!(server.seen().last().unwrap().target, path);
    }
    let form = OauthInstall::new("id-1", "secret-of-acme");
    let client = installed(&server).install(form).connection(Oauth::new(&*server.url)).build().unwrap();
    let bundle = client.install(depot::Install::new()).raw().await.unwrap();
    assert!(bundle.key("id").is_nullish(), "only the connection sees its constants: {bundle:?}");
}

#[tokio::test]
async fn logins_see_it() {
    let server = Server::start(|seen: &Seen| match pairs(seen.text())["code"].as_str() {
        "good" => Reply::json(r#"{"access_token":"token-1"}"#),
        _ => Reply::json(format!(r#"{{"why":"{} is unknown"}}"#, pairs(seen.text())["client_secret"]))
            .status(400),
    })
    .await;
    let login = installed(&server).install(OauthInstall::new("id-1", "secret-of-acme"));
    let login = login.login(Oauth::new(&*server.url)).unwrap();
    let pending = login.start("http://127.0.0.1:9/callback").await.unwrap();
    let query = query_of(pending.url());
    assert_eq!((query["client_id"].as_str(), query["mark"].as_str()), ("id-1", "s!"));
    assert!(!query.contains_key("tenant"), "the connection has constants of its own: {query:?}");
    let back = |code: &str| format!("?code={code}&state={}", query["state"]);
    login.complete(&pending, &back("good")).await.unwrap();
    assert_eq!(pairs(server.only().text())["client_secret"], "secret-of-acme");
    let error = login.complete(&pending, &back("bad")).await.unwrap_err();
    assert!(error.to_string().contains("refused: *** is unknown"), "{error}");
}

#[tokio::test]
async fn it_is_checked_before_any_request() {
    let server = Server::quiet().await;
    let wrong = Client::builder().install(Install_::new("ACME", "")).build().unwrap_err();
    assert_eq!((wrong.kind(), wrong.module()), (ErrorKind::Data, Some("install")));
    for complaint in ["tenant: does not match", "apiSecret: is mandatory"] {
        assert!(wrong.message().contains(complaint), "{wrong}");
    }
    let none = Client::builder().connection(Open::new(&*server.url)).build().unwrap_err();
    assert_eq!(none.kind(), ErrorKind::InvalidConfiguration);
    assert!(none.message().contains("tenant: is mandatory"), "{none}");
    let none = Client::new(Open::new(&*server.url)).ping(depot::Ping::new()).await.unwrap_err();
    assert!(none.message().contains("apiSecret: is mandatory"), "{none}");

    let none = installed(&server).login(Oauth::new(&*server.url)).unwrap_err();
    assert_eq!((none.kind(), none.module()), (ErrorKind::InvalidConfiguration, Some("oauth")));
    assert!(none.message().contains("clientId: is mandatory"), "{none}");
    let record = linchpin::connection::ConnectionRecord::new("oauth", linchpin::Object::new());
    let client = installed(&server).connection(depot::Connection::record(record)).build().unwrap();
    assert!(client.refresh().await.is_err());
    let wrong = installed(&server).install(OauthInstall::new("", "x")).build().unwrap_err();
    assert_eq!((wrong.kind(), wrong.module()), (ErrorKind::Data, Some("oauth.install")));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn constants_may_be_given_without_the_form() {
    let server = Server::quiet().await;
    let builder =
        Client::builder().allow_host(server.host.as_str()).common("tenant", "T").common("signature", "S");
    let client = builder.common("region", "west").connection(Open::new(&*server.url)).build().unwrap();
    client.ping(depot::Ping::new()).await.unwrap();
    assert_eq!((server.only().target.as_str(), server.only().header("x-tenant")), ("/ping/west", Some("T")));
}

#[tokio::test]
async fn nothing_of_it_is_shown() {
    let server =
        Server::start(|_| Reply::json(r#"{"why":"2-pass-phrase and pass-phrase"}"#).status(400)).await;
    let client = installed(&server).connection(Open::new(&*server.url)).build().unwrap();
    let error = client.ping(depot::Ping::new()).await.unwrap_err();
    assert!(error.to_string().contains("no: *** and ***"), "{error}");
    assert!(!format!("{error:?} {client:?}").contains("pass-phrase"));
    assert!(!format!("{:?}", Install_::new("acme", "pass-phrase")).contains("pass-phrase"));
    let wrong = Client::builder().install(Install_::new("pass-phrase", "pass-phrase")).build().unwrap_err();
    assert!(!wrong.to_string().contains("pass-phrase"), "{wrong}");
}
