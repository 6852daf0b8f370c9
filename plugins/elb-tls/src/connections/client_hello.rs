//! Whether a server takes one version of TLS: a ClientHello that offers that alone, for versions that rustls does not speak,
//! too (RFC 5246, 7.4.1.2; RFC 8446, 4.1.2).

use std::net::SocketAddr;

use schemars::JsonSchema;
use serde::Serialize;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::{Instant, timeout_at},
};

use super::dial::dial;

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub enum TlsVersion {
    /// TLS 1.0
    #[serde(rename = "1.0")]
    V10,
    /// TLS 1.1
    #[serde(rename = "1.1")]
    V11,
    /// TLS 1.2
    #[serde(rename = "1.2")]
    V12,
    /// TLS 1.3
    #[serde(rename = "1.3")]
    V13,
}

impl TlsVersion {
    /// All of them, the oldest first.
    pub const ALL: [Self; 4] = [Self::V10, Self::V11, Self::V12, Self::V13];

    /// Returns the word of documents and policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::V10 => "1.0",
            Self::V11 => "1.1",
            Self::V12 => "1.2",
            Self::V13 => "1.3",
        }
    }

    /// Returns the minor number on the wire; the major one is always 3.
    fn minor(self) -> u8 {
        match self {
            Self::V10 => 1,
            Self::V11 => 2,
            Self::V12 => 3,
            Self::V13 => 4,
        }
    }
}

/// Ciphers of TLS 1.2 and older: with and without forward secrecy, for RSA and ECDSA certificates, down to 3DES.
const OLD_CIPHERS: [u16; 22] = [
    0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc023, 0xc027, 0xc009, 0xc013, 0xc024, 0xc028, 0xc00a,
    0xc014, 0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0x000a, 0x0033,
];

/// Ciphers of TLS 1.3.
const CIPHERS_OF_13: [u16; 3] = [0x1301, 0x1302, 0x1303];

/// X25519, P-256, P-384, P-521.
const GROUPS: [u16; 4] = [0x001d, 0x0017, 0x0018, 0x0019];

/// ECDSA, RSA-PSS and RSA with SHA-2, then SHA-1 for what is older.
const SIGNATURES: [u16; 11] =
    [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201];

const SERVER_NAME: u16 = 0;
const SUPPORTED_GROUPS: u16 = 10;
const POINT_FORMATS: u16 = 11;
const SIGNATURE_ALGORITHMS: u16 = 13;
const SUPPORTED_VERSIONS: u16 = 43;
const KEY_SHARE: u16 = 51;

/// Types of records, and of the message that is waited for.
const HANDSHAKE: u8 = 0x16;
const SERVER_HELLO: u8 = 2;

/// A ServerHello is shorter.
const MOST: usize = 4 * 1024;

/// Returns whether a server takes a version; `None` where it does not say in time, or closes without a word.
pub async fn accepts(
    address: SocketAddr,
    server_name: Option<&str>,
    version: TlsVersion,
    until: Instant,
) -> Option<bool> {
    let mut stream = dial(address, until).await.ok()?;
    let mut got = Vec::new();
    let talk = async {
        stream.write_all(&client_hello(server_name, version)).await.ok()?;
        let mut buffer = [0; 512];
        loop {
            if let Some(accepted) = server_version(&got) {
                return Some(accepted == Some(version));
            }
            // What is closed or reset instead of an alert is a refusal, too.
            let count = stream.read(&mut buffer).await.unwrap_or(0);
            if count == 0 || got.len() + count > MOST {
                return Some(false);
            }
            got.extend_from_slice(&buffer[..count]);
        }
    };
    timeout_at(until, talk).await.ok().flatten()
}

/// Returns the version of a ServerHello: `Some(None)` for what is none, `None` where more has to be read.
fn server_version(got: &[u8]) -> Option<Option<TlsVersion>> {
    let [kind, major, _, length @ ..] = got else { return None };
    if *kind != HANDSHAKE || *major != 3 {
        return Some(None);
    }
    let [high, low, body @ ..] = length else { return None };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    // Other records may follow.
    match body.split_at_checked(length) {
        Some((body, _)) => Some(version_of_hello(body)),
        None if body.len() >= MOST => Some(None),
        None => None,
    }
}

fn version_of_hello(body: &[u8]) -> Option<TlsVersion> {
    let mut reader = Reader(body);
    if reader.byte()? != SERVER_HELLO {
        return None;
    }
    reader.take(3)?;
    let legacy = reader.take(2)?[1];
    reader.take(32)?;
    let session = usize::from(reader.byte()?);
    reader.take(session)?;
    reader.take(3)?;
    let mut minor = legacy;
    // Without extensions it is an old version.
    let extensions = reader.short().and_then(|length| reader.take(usize::from(length)));
    let mut reader = Reader(extensions.unwrap_or_default());
    while let (Some(kind), Some(length)) = (reader.short(), reader.short()) {
        let value = reader.take(usize::from(length))?;
        if let (SUPPORTED_VERSIONS, [3, chosen]) = (kind, value) {
            minor = *chosen;
        }
    }
    TlsVersion::ALL.into_iter().find(|version| version.minor() == minor)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|one| one[0])
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2).map(|two| u16::from_be_bytes([two[0], two[1]]))
    }
}

/// Returns the record with the ClientHello.
fn client_hello(server_name: Option<&str>, version: TlsVersion) -> Vec<u8> {
    let is_13 = version == TlsVersion::V13;
    let ciphers: &[u16] = if is_13 { &CIPHERS_OF_13 } else { &OLD_CIPHERS };
    let mut extensions = Vec::new();
    if let Some(name) = server_name {
        let entry = [&[0][..], &with_length(name.as_bytes())].concat();
        extension(&mut extensions, SERVER_NAME, &with_length(&entry));
    }
    extension(&mut extensions, SUPPORTED_GROUPS, &with_length(&numbers(&GROUPS)));
    extension(&mut extensions, POINT_FORMATS, &[1, 0]);
    if version >= TlsVersion::V12 {
        extension(&mut extensions, SIGNATURE_ALGORITHMS, &with_length(&numbers(&SIGNATURES)));
    }
    if is_13 {
        extension(&mut extensions, SUPPORTED_VERSIONS, &[2, 3, 4]);
        // Any 32 bytes are a key of X25519; nothing is ever decrypted.
        let share = [&GROUPS[0].to_be_bytes()[..], &with_length(&RANDOM)].concat();
        extension(&mut extensions, KEY_SHARE, &with_length(&share));
    }
    let legacy = if is_13 { TlsVersion::V12 } else { version };
    let body = [
        &[3, legacy.minor()][..],
        &RANDOM,
        // No session, and no compression.
        &[0],
        &with_length(&numbers(ciphers)),
        &[1, 0],
        &with_length(&extensions),
    ]
    .concat();
    let message = [&[1, 0][..], &with_length(&body)].concat();
    [&[HANDSHAKE, 3, 1][..], &with_length(&message)].concat()
}

/// Nothing is protected by it: the connection ends with the answer.
const RANDOM: [u8; 32] = [
    0x39, 0x51, 0x8e, 0x07, 0xc4, 0x2a, 0x6d, 0x90, 0x1b, 0xf3, 0x44, 0x7e, 0xd2, 0x68, 0x0c, 0xb5, 0x83,
    0x1f, 0xe6, 0x5a, 0x29, 0x9d, 0x70, 0xc8, 0x36, 0xab, 0x12, 0x4f, 0xe1, 0x57, 0x6c, 0x05,
];

fn numbers(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Puts the length before some bytes: two bytes of it, as names, lists and records have it.
fn with_length(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes()[..], bytes].concat()
}

fn extension(extensions: &mut Vec<u8>, kind: u16, value: &[u8]) {
    extensions.extend(kind.to_be_bytes());
    extensions.extend(with_length(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_hello(minor: u8, extensions: &[u8]) -> Vec<u8> {
        let body = [&[3, minor][..], &RANDOM, &[0, 0xc0, 0x2f, 0], extensions].concat();
        let message = [&[SERVER_HELLO, 0][..], &with_length(&body)].concat();
        [&[HANDSHAKE, 3, 3][..], &with_length(&message)].concat()
    }

    #[test]
    fn versions_are_read_from_answers() {
        assert_eq!(server_version(&server_hello(1, &[])), Some(Some(TlsVersion::V10)));
        assert_eq!(server_version(&server_hello(3, &[])), Some(Some(TlsVersion::V12)));
        let mut more = Vec::new();
        extension(&mut more, POINT_FORMATS, &[1, 0]);
        let followed = [server_hello(1, &with_length(&more)), vec![0x16, 3, 1, 0, 9, 11, 0]].concat();
        assert_eq!(server_version(&followed), Some(Some(TlsVersion::V10)), "a certificate follows");
        let mut extensions = Vec::new();
        extension(&mut extensions, SUPPORTED_VERSIONS, &[3, 4]);
        let hello = server_hello(3, &with_length(&extensions));
        assert_eq!(server_version(&hello), Some(Some(TlsVersion::V13)));
        assert_eq!(server_version(&hello[..20]), None, "more is to come");
        assert_eq!(server_version(&[0x15, 3, 1, 0, 2, 2, 70]), Some(None), "an alert");
        assert_eq!(server_version(b"HTTP/1.1 400"), Some(None));
        for end in 0..hello.len() {
            assert!(server_version(&hello[..end]).is_none_or(|version| version.is_none()));
        }
    }

    #[test]
    fn a_hello_is_one_record_of_one_message() {
        for version in TlsVersion::ALL {
            let hello = client_hello(Some("web.example.com"), version);
            let length = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
            assert_eq!(length, hello.len() - 5);
            let message = usize::from(u16::from_be_bytes([hello[7], hello[8]]));
            assert_eq!((hello[5], message), (1, length - 4));
        }
    }
}
