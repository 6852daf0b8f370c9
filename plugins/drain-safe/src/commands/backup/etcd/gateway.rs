//! The requests to one endpoint.

use std::path::Path;

use serde_json::{Value, json};
use shared::{
    Error, Result, base64,
    client::other_server::{Certificates, OtherServer, Reply},
    manifest::json::text,
};

use super::{
    super::args::EtcdFlags,
    refusal::{Asked, not_etcd, of_answer, of_failure, switched_off},
};

/// More than any answer but a snapshot has.
const LONGEST: usize = 1 << 20;

/// One endpoint of etcd.
pub struct Gateway<'a> {
    server: OtherServer,
    asked: Asked<'a>,
}

/// What a member says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The version of etcd.
    pub version: String,
    /// The id of the cluster.
    pub cluster_id: String,
    /// The revision of the store.
    pub revision: i64,
    /// The size of the database.
    pub bytes: u64,
    /// Whether the member knows a leader.
    pub has_leader: bool,
    /// What etcd says is wrong, such as that there is no space left.
    pub errors: Vec<String>,
}

/// A member of etcd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where other members reach it.
    pub peer_urls: Vec<String>,
}

impl<'a> Gateway<'a> {
    /// Reads the certificates; sends nothing yet.
    ///
    /// # Errors
    /// Files that can't be read, and certificates that can't be used.
    pub fn new(endpoint: &'a str, flags: &'a EtcdFlags) -> Result<Self> {
        let asked = Asked::new(endpoint, flags);
        let read = |flag: &str, path: &Path| {
            let failed = |error| Error::new(format!("can't read {flag} {}: {error}", path.display()));
            std::fs::read(path).map_err(failed)
        };
        let authority = flags.authority.as_deref().map(|path| read("--etcd-cacert", path)).transpose()?;
        let client = match (&flags.certificate, &flags.key) {
            (Some(certificate), Some(key)) => {
                let key = String::from_utf8(read("--etcd-key", key)?)
                    .map_err(|_| Error::new(format!("--etcd-key {} holds no PEM", key.display())))?;
                Some((read("--etcd-cert", certificate)?, key))
            }
            _ => None,
        };
        let server = OtherServer::new(&asked.url, &Certificates { authority, client })?;
        Ok(Self { server, asked })
    }

    /// Returns the address of the endpoint.
    pub fn url(&self) -> &str {
        &self.asked.url
    }

    /// Returns who is asked, for errors.
    pub(super) fn asked(&self) -> &Asked<'a> {
        &self.asked
    }

    /// Asks the member about itself.
    ///
    /// # Errors
    /// An endpoint that does not answer as etcd does.
    pub async fn status(&self) -> Result<Status> {
        let answer = self.ask("/v3/maintenance/status", &json!({})).await?;
        let header = &answer["header"];
        let errors = answer["errors"].as_array().into_iter().flatten();
        Ok(Status {
            version: text(&answer["version"]).to_owned(),
            cluster_id: number(first(header, ["cluster_id", "clusterId"]))
                .map(|id: u64| format!("{id:x}"))
                .unwrap_or_default(),
            revision: number(&header["revision"]).unwrap_or_default(),
            bytes: number(first(&answer, ["dbSize", "db_size"])).unwrap_or_default(),
            has_leader: number(&answer["leader"]).is_some_and(|leader: u64| leader != 0),
            errors: errors.map(|error| text(error).to_owned()).collect(),
        })
    }

    /// Asks who the members are.
    ///
    /// # Errors
    /// An endpoint that does not answer as etcd does.
    pub async fn members(&self) -> Result<Vec<Member>> {
        let answer = self.ask("/v3/cluster/member/list", &json!({})).await?;
        let members = answer["members"].as_array().into_iter().flatten();
        let members = members.map(|member| Member {
            name: text(&member["name"]).to_owned(),
            peer_urls: first(member, ["peerURLs", "peer_urls"])
                .as_array()
                .into_iter()
                .flatten()
                .map(|url| text(url).to_owned())
                .collect(),
        });
        Ok(members.collect())
    }

    /// Returns the value of a key, where there is one.
    ///
    /// # Errors
    /// An endpoint that does not answer as etcd does.
    pub async fn value(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let answer =
            self.ask("/v3/kv/range", &json!({"key": base64::encode(key.as_bytes()), "limit": 1})).await?;
        let value = answer["kvs"][0]["value"].as_str();
        Ok(value.and_then(|value| base64::decode(value.as_bytes())))
    }

    /// Asks for a snapshot, and returns the answer unread.
    ///
    /// # Errors
    /// An endpoint that does not answer as etcd does.
    pub async fn snapshot(&self) -> Result<Reply> {
        self.open("/v3/maintenance/snapshot", &json!({})).await
    }

    async fn ask(&self, path: &str, body: &Value) -> Result<Value> {
        let reply = self.open(path, body).await?;
        let text = reply.text(LONGEST).await.map_err(|failure| of_failure(&failure, &self.asked))?;
        serde_json::from_str(&text).map_err(|_| not_etcd(&self.asked))
    }

    async fn open(&self, path: &str, body: &Value) -> Result<Reply> {
        let failed = |failure| of_failure(&failure, &self.asked);
        let reply = self.server.post(path, body).await.map_err(failed)?;
        match reply.status {
            200 => Ok(reply),
            404 | 405 | 501 => Err(self.without_gateway().await),
            status => {
                let text = reply.text(LONGEST).await.unwrap_or_default();
                Err(of_answer(status, &text, &self.asked))
            }
        }
    }

    /// Returns why there is no gateway: etcd answers `/version` without it, too.
    async fn without_gateway(&self) -> Error {
        let Ok(reply) = self.server.get("/version").await else { return not_etcd(&self.asked) };
        let text = reply.text(LONGEST).await.unwrap_or_default();
        let version: Value = serde_json::from_str(&text).unwrap_or_default();
        match version["etcdserver"].as_str() {
            Some(version) => switched_off(version, &self.asked),
            None => not_etcd(&self.asked),
        }
    }
}

/// Returns the field under the one or the other name: etcd has used both forms of protobuf's JSON.
fn first<'a>(object: &'a Value, [one, other]: [&str; 2]) -> &'a Value {
    if object[one].is_null() { &object[other] } else { &object[one] }
}

/// Reads a number, which is a text in protobuf's JSON where it has 64 bits.
fn number<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}
