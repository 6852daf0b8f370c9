//! The lines of a streamed answer of the gateway.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use shared::{base64, manifest::json::text};

/// The longest line that is kept: etcd sends 32 KiB of the database at a time, which is 43 KiB of base64.
const LONGEST_LINE: usize = 8 << 20;

/// Some of the database.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many of the database are to come after them.
    pub remaining: u64,
}

/// Why a line is no piece.
#[derive(Debug, PartialEq, Eq)]
pub enum NoPiece {
    /// etcd has given up, and says why.
    Failed(String),
    /// It is nothing that etcd sends.
    Strange,
}

/// One line (`google.rpc.Status` where something went wrong).
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    result: Option<Content<'a>>,
    error: Option<Value>,
}

/// `SnapshotResponse`, whose fields are left out where they are zero. Numbers of 64 bits are texts in protobuf's JSON.
#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow, default)]
    blob: Cow<'a, str>,
    #[serde(borrow, default, alias = "remainingBytes")]
    remaining_bytes: Cow<'a, str>,
}

/// Cuts a stream into lines, and reads them.
#[derive(Default)]
pub struct Pieces {
    buffer: Vec<u8>,
    /// How much of the buffer is known to hold no end of a line.
    searched: usize,
}

impl Pieces {
    /// Adds what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Returns the next piece that is complete; none where more has to come first.
    ///
    /// # Errors
    /// A line that is no piece.
    pub fn next(&mut self) -> Result<Option<Piece>, NoPiece> {
        let end = self.buffer[self.searched..].iter().position(|byte| *byte == b'\n');
        let Some(end) = end.map(|end| self.searched + end) else {
            self.searched = self.buffer.len();
            return if self.buffer.len() > LONGEST_LINE { Err(NoPiece::Strange) } else { Ok(None) };
        };
        self.searched = 0;
        let piece = read(&self.buffer[..end]);
        self.buffer.drain(..=end);
        piece.map(Some)
    }

    /// Returns the last piece, behind which the stream may end without an end of the line.
    ///
    /// # Errors
    /// A rest that is no piece; half a line is none.
    pub fn last(&self) -> Result<Option<Piece>, NoPiece> {
        let rest = self.buffer.trim_ascii();
        if rest.is_empty() { Ok(None) } else { read(rest).map(Some) }
    }
}

fn read(line: &[u8]) -> Result<Piece, NoPiece> {
    let line: Line = serde_json::from_slice(line).map_err(|_| NoPiece::Strange)?;
    if let Some(error) = line.error {
        return Err(NoPiece::Failed(text(&error["message"]).to_owned()));
    }
    let content = line.result.ok_or(NoPiece::Strange)?;
    let bytes = base64::decode(content.blob.as_bytes()).ok_or(NoPiece::Strange)?;
    let remaining = match content.remaining_bytes.as_ref() {
        "" => 0,
        number => number.parse().map_err(|_| NoPiece::Strange)?,
    };
    Ok(Piece { bytes, remaining })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_whatever_pieces_the_network_makes() {
        let stream = b"{\"result\":{\"remaining_bytes\":\"3\",\"blob\":\"AAEC\",\"version\":\"3.6.0\"}}\n{\"result\":{\"blob\":\"Aw==\"}}\n";
        let mut pieces = Pieces::default();
        let mut found = Vec::new();
        for byte in stream {
            pieces.push(&[*byte]);
            found.extend(pieces.next().unwrap());
        }
        let expected = [Piece { bytes: vec![0, 1, 2], remaining: 3 }, Piece { bytes: vec![3], remaining: 0 }];
        assert_eq!(found, expected);
        assert_eq!(pieces.last(), Ok(None));
    }

    #[test]
    fn several_lines_at_once_and_one_without_an_end() {
        let mut pieces = Pieces::default();
        pieces.push(b"{\"result\":{\"blob\":\"AA==\"}}\n{\"result\":{\"blob\":\"AQ==\"}}\n{\"result\":{\"blob\":\"Ag==\"}}");
        assert_eq!(pieces.next().unwrap().unwrap().bytes, [0]);
        assert_eq!(pieces.next().unwrap().unwrap().bytes, [1]);
        assert_eq!(pieces.next(), Ok(None));
        assert_eq!(pieces.last().unwrap().unwrap().bytes, [2]);
    }

    #[test]
    fn what_is_no_piece() {
        let line = |text: &str| {
            let mut pieces = Pieces::default();
            pieces.push(text.as_bytes());
            pieces.next()
        };
        let failed = line("{\"error\":{\"code\":14,\"message\":\"etcdserver: stopped\"}}\n");
        assert_eq!(failed, Err(NoPiece::Failed("etcdserver: stopped".to_owned())));
        for strange in [
            "<html>\n",
            "{}\n",
            "{\"result\":{\"blob\":\"?\"}}\n",
            "{\"result\":{\"remaining_bytes\":\"x\"}}\n",
        ] {
            assert_eq!(line(strange), Err(NoPiece::Strange), "{strange}");
        }
        let mut endless = Pieces::default();
        endless.push(&vec![b' '; LONGEST_LINE + 1]);
        assert_eq!(endless.next(), Err(NoPiece::Strange));
        let mut half = Pieces::default();
        half.push(b"{\"result\":{\"blob\":\"AA");
        assert_eq!((half.next(), half.last()), (Ok(None), Err(NoPiece::Strange)));
    }
}
