//! Completers that ask the cluster: within a second, or not at all.

use std::io;

use clap_complete::ArgValueCandidates;
use shared::{
    Result,
    cli::{ConnectionFlags, completion},
    client::{Client, dynamic_list},
    model::kind::{Kind, kind_of},
    output::{Appearance, Printer},
};

/// Completes names of nodes.
pub fn nodes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(
            &connection,
            names(&connection, Kind { namespaced: false, ..kind_of("", "Node", "nodes") }),
        )
    })
}

/// Completes names of pods in the namespace in effect.
pub fn pods() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let connection = completion::connection();
        completion::from_cluster(&connection, names(&connection, kind_of("", "Pod", "pods")))
    })
}

async fn names(connection: &ConnectionFlags, kind: Kind) -> Result<Vec<String>> {
    // Nothing may be said in the middle of a word.
    let silent = Printer::new(Box::new(io::sink()), Box::new(io::sink()), Appearance::default());
    let client = Client::connect(connection, &silent).await?;
    let found = dynamic_list::metadata(&client, &kind, client.namespace()).await?;
    Ok(found.into_iter().map(|one| one.name).collect())
}
