//! The floor: a list as JSON, read and thrown away. No parsing, no tables.

use shared::{Error, Result, cli::ConnectionFlags, client::Client, output::Printer};

/// Reads all pages of so many objects, 0 for all of them at once, and returns their bytes.
///
/// # Errors
/// What the client reports.
pub async fn read(connection: &ConnectionFlags, path: &str, page: usize, printer: &Printer) -> Result<usize> {
    let client = Client::connect(connection, printer).await?;
    let mut token = String::new();
    let mut total = 0;
    loop {
        let request = http::Request::get(format!("{path}?limit={page}&continue={token}"))
            .header("accept", "application/json")
            .body(Vec::new())
            .map_err(|error| Error::usage(format!("`{path}` is no path: {error}")))?;
        let body = client.request(request).await?.into_body();
        total += body.len();
        match continue_token(&body) {
            Some(next) => token = next,
            None => return Ok(total),
        }
    }
}

/// The continue token, found in the list's head without parsing the body.
fn continue_token(body: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let (_, after) = head.split_once(r#""continue":""#)?;
    let (token, _) = after.split_once('"')?;
    (!token.is_empty()).then(|| token.to_owned())
}
