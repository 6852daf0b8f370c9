//! One request, to see whether somebody is behind the load balancer.

use std::time::Duration;

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time::{Instant, timeout_at},
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// So much of an answer is read: its head is shorter.
const MOST: usize = 8 * 1024;

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An answer in HTTP.
    Http {
        /// Its status.
        status: u16,
        /// Where it points to.
        location: Option<String>,
    },
    /// A record of TLS.
    Tls,
    /// Something else.
    Other,
    /// Nothing: the peer closes or resets the connection.
    Closed,
    /// Nothing within three seconds.
    Silent,
}

/// Asks for the head of `/` in HTTP/1.1.
pub async fn ask<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, host: &str, until: Instant) -> Answer {
    let request = format!(
        "HEAD / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: kubectl-elb-tls\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    );
    let got =
        exchange(stream, request.as_bytes(), until, |got| got.windows(4).any(|four| four == b"\r\n\r\n"))
            .await;
    match got {
        Ok(got) => answer(&got),
        Err(answer) => answer,
    }
}

/// Begins HTTP/2 (RFC 9113, 3.4): whoever speaks it sends his settings.
pub async fn ask_http2<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, until: Instant) -> Answer {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const EMPTY_SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let request = [PREFACE, &EMPTY_SETTINGS].concat();
    match exchange(stream, &request, until, |got| got.len() >= EMPTY_SETTINGS.len()).await {
        Ok(_) => Answer::Other,
        Err(answer) => answer,
    }
}

async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    request: &[u8],
    until: Instant,
    is_enough: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Answer> {
    let until = until.min(Instant::now() + PATIENCE);
    let mut got = Vec::new();
    let talk = async {
        stream.write_all(request).await?;
        stream.flush().await?;
        let mut buffer = [0; 1024];
        while got.len() < MOST && !is_enough(&got) {
            match stream.read(&mut buffer).await? {
                0 => break,
                count => got.extend_from_slice(&buffer[..count]),
            }
        }
        Ok::<(), std::io::Error>(())
    };
    let ended = timeout_at(until, talk).await;
    match (got.is_empty(), ended) {
        (false, _) => Ok(got),
        (true, Err(_)) => Err(Answer::Silent),
        (true, Ok(_)) => Err(Answer::Closed),
    }
}

fn answer(got: &[u8]) -> Answer {
    // An alert or a handshake record, of any version of TLS.
    if matches!(got, [0x15 | 0x16, 0x03, ..]) {
        return Answer::Tls;
    }
    let text = String::from_utf8_lossy(got);
    let mut lines = text.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status = first.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
    let Some(status) = status else { return Answer::Other };
    let location = lines.take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("location").then(|| value.trim().to_owned())
    });
    Answer::Http { status, location }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let moved = b"HTTP/1.1 301 Moved Permanently\r\nDate: x\r\nLocation: https://a.example/\r\n\r\n";
        let location = Some("https://a.example/".to_owned());
        assert_eq!(answer(moved), Answer::Http { status: 301, location });
        assert_eq!(answer(b"HTTP/1.0 200 OK\r\n\r\n"), Answer::Http { status: 200, location: None });
        assert_eq!(answer(&[0x15, 3, 1, 0, 2, 2, 70]), Answer::Tls);
        assert_eq!(answer(b"220 smtp"), Answer::Other);
    }

    #[tokio::test]
    async fn a_peer_that_never_ends_is_cut_off() {
        let (mut own, mut peer) = tokio::io::duplex(4096);
        let drip = async move { while peer.write_all(&[b'x'; 4096]).await.is_ok() {} };
        let until = Instant::now() + Duration::from_secs(60);
        let (answer, ()) = tokio::join!(
            async {
                let answer = ask(&mut own, "h", until).await;
                drop(own);
                answer
            },
            drip
        );
        assert_eq!(answer, Answer::Other);
    }
}
