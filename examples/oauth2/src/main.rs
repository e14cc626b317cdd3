//! A login by OAuth 2 and what follows from it, against an authorization server in this process: run it, then read it.
//!
//! The connector is `examples/connectors/books/connector.json`. The tokens of this server live for one second.

#![allow(clippy::print_stdout, reason = "the output is what this program is for")]

mod browser;
mod server;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use linchpin::connection::{ConnectionStore as _, FileStore};
use linchpin::login::PendingLogin;

/// Everything in here is generated while this crate builds.
mod books {
    linchpin::include_connector!("../../connectors/books/connector.json");
}

const REDIRECT: &str = "http://127.0.0.1:8484/callback";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = server::start().await?;
    let folder =
        std::env::args().nth(1).map_or_else(std::env::temp_dir, Into::into).join("books-connections");
    let store = Arc::new(FileStore::new(&folder)?);

    login(&server, &store).await?;
    // From here on, the store is all that is needed.
    let client =
        builder(&server).connection(books::Connection::stored(Arc::clone(&store) as _, "ada")).build()?;
    use_it(&server, &client).await?;
    refuse(&server).await?;

    client.revoke().await?;
    println!("revoked      {}", server.told(|state| state.revoked));
    if let Err(error) = client.list_books(books::ListBooks::new()).await {
        println!("needs login  {}", error.needs_login());
    }
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// Against the real service, `books::Client::builder()` with the two constants is enough.
fn builder(server: &server::Server) -> books::ClientBuilder {
    books::Client::builder()
        .connection_common("account", "clientId", "books-app")
        .connection_common("account", "clientSecret", server::CLIENT_SECRET)
        .base_url(&server.url)
}

/// Both halves of a login, with a user who agrees in between.
async fn login(server: &server::Server, store: &FileStore) -> Result<(), Box<dyn Error>> {
    let login = builder(server).login(books::Account::new())?.scopes_for(&["listBooks", "addBook"])?;
    let pending = login.start(REDIRECT).await?;
    // A web server would keep this in the user's session, and another process may finish the login.
    let kept = pending.to_json();

    let callback = browser::agree(pending.url()).await?;

    let record = login.complete(&PendingLogin::from_json(kept.as_bytes())?, &callback).await?;
    println!("logged in    {}", record.metadata().map(ToString::to_string).unwrap_or_default());
    println!("scopes       {}", record.scope().join(" "));
    let known = store.load("ada").await?.map(|record| record.version());
    store.save("ada", record, known).await?;
    Ok(())
}

/// Calls before and after the token has ended.
async fn use_it(server: &server::Server, client: &books::Client) -> Result<(), Box<dyn Error>> {
    client.add_book(books::AddBook::new("The Left Hand of Darkness")).await?;
    for book in client.list_books(books::ListBooks::new()).await? {
        println!("book         {}", book.title.unwrap_or_default());
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    // The token is over. Twenty tasks find that out at once, and one of them renews it.
    let searches = (0..20).map(|_| client.list_books(books::ListBooks::new()).into_future());
    let found = try_join_all(searches).await?;
    println!("searches     {}", found.len());
    println!("refreshes    {}", server.told(|state| state.refreshes));
    Ok(())
}

/// A user who does not agree.
async fn refuse(server: &server::Server) -> Result<(), Box<dyn Error>> {
    let login = builder(server).login(books::Account::new())?;
    let pending = login.start(REDIRECT).await?;
    let callback = browser::refuse(pending.url()).await?;
    if let Err(error) = login.complete(&pending, &callback).await {
        println!("refused      {:?}: {}", error.kind(), error.message());
    }
    Ok(())
}
