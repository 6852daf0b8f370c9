//! etcd's maintenance API, through the gRPC gateway that etcd serves beside gRPC on the address for clients.
//!
//! `POST /v3/maintenance/snapshot` streams one JSON document a line, each with some of the database in base64; the last 32
//! bytes are the SHA-256 of those before
//! (<https://github.com/etcd-io/etcd/blob/v3.7.0/server/etcdserver/api/v3rpc/maintenance.go>). The gateway is on unless
//! etcd is started with `--enable-grpc-gateway=false`.

mod checksum;
mod connect;
mod copy;
mod gateway;
mod part_file;
mod pieces;
mod refusal;

pub use connect::connect;
pub use copy::copy;
pub use gateway::{Gateway, Member, Status};
