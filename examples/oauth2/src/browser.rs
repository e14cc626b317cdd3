//! The user and the browser, as far as this example needs them.

use std::error::Error;

use http::header::LOCATION;
use linchpin::transport::{HttpTransport, SendOptions, Transport as _};
use url::Url;

/// The user agrees: gives the address that the server sends the browser back to.
pub(crate) async fn agree(address: &str) -> Result<String, Box<dyn Error>> {
    visit(address, "yes").await
}

/// The user does not agree.
pub(crate) async fn refuse(address: &str) -> Result<String, Box<dyn Error>> {
    visit(address, "no").await
}

async fn visit(address: &str, answer: &str) -> Result<String, Box<dyn Error>> {
    let mut url = Url::parse(address)?;
    url.query_pairs_mut().append_pair("answer", answer);
    let request = http::Request::get(url.as_str()).body(Default::default())?;
    let response = HttpTransport::new().send(request, SendOptions::default()).await?;
    let location = response.headers().get(LOCATION).ok_or("the server sends nobody back")?;
    Ok(location.to_str()?.to_owned())
}
