//! What nodes have, for `--by label:KEY`: what teams may use is compared with it.

use shared::{
    Result,
    client::{
        Client, ListOptions, Scope,
        incomplete::{Skipped, unless_forbidden},
    },
    dump::{AmountRemarks, Dump},
    model::{Node, Resource},
    quantity::Quantity,
};

use super::group::Allocatable;

/// Adds up what all nodes have; `None` where they may not be listed.
///
/// # Errors
/// Any failure other than a refusal.
pub async fn read(client: &Client, skipped: &mut Vec<Skipped>) -> Result<Option<Allocatable>> {
    let nodes = client.list_all::<Node>(&Scope::All, &ListOptions::default()).await;
    Ok(unless_forbidden(nodes, skipped, "list", Node::PLURAL, "")?.map(|nodes| sum(&nodes)))
}

/// Adds up what the nodes of a dump have; `None` where it holds none. Amounts that are odd are remarked upon.
///
/// # Errors
/// Nodes that can't be read.
pub fn of_dump(dump: &Dump, remarks: &mut Vec<String>) -> Result<Option<Allocatable>> {
    let mut amounts = AmountRemarks::default();
    for node in dump.objects_of_kinds(&[Node::KIND])? {
        amounts.look_at(&node);
    }
    remarks.extend(amounts.into_remarks());
    let nodes = dump.take::<Node>()?;
    Ok((!nodes.is_empty()).then(|| sum(&nodes)))
}

fn sum(nodes: &[Node]) -> Allocatable {
    let mut sum = Allocatable::new();
    for (resource, amount) in nodes.iter().flat_map(|node| &node.status.allocatable) {
        let Ok(amount) = amount.as_str().parse::<Quantity>() else { continue };
        match sum.get_mut(resource) {
            Some(total) => *total += &amount,
            None => drop(sum.insert(resource.clone(), amount)),
        }
    }
    sum
}
