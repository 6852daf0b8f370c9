//! The targets of target groups. All are healthy.

use super::target_groups::named;
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// `RegisterTargets`.
pub fn register(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let instances: Vec<_> = account.instances.keys().cloned().collect();
    let group = named(account, parameters)?;
    let added = targets(parameters, group.port)?;
    let unknown = |(id, _): &&(String, i64)| group.target_type == "instance" && !instances.contains(id);
    if let Some((id, _)) = added.iter().find(unknown) {
        let message = format!("The following targets are not in a running state or do not exist: '{id}'");
        return Err(Failure::new("InvalidTarget", message));
    }
    group.targets.extend(added);
    Ok(Vec::new())
}

/// `DeregisterTargets`.
pub fn deregister(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let group = named(account, parameters)?;
    for target in targets(parameters, group.port)? {
        group.targets.remove(&target);
    }
    Ok(Vec::new())
}

/// `DescribeTargetHealth`.
pub fn describe_health(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let group = named(account, parameters)?;
    let members = group.targets.iter().map(|(id, port)| {
        Element::new("member")
            .child(Element::new("Target").text("Id", id).text("Port", port))
            .text("HealthCheckPort", port)
            .child(Element::new("TargetHealth").text("State", "healthy"))
    });
    Ok(vec![Element::list_of("TargetHealthDescriptions", "member", members)])
}

fn targets(parameters: &Parameters, port: i64) -> Outcome<Vec<(String, i64)>> {
    let target =
        |item: Parameters| Ok((item.required("Id")?.to_owned(), item.number("Port")?.unwrap_or(port)));
    parameters.items("Targets").into_iter().map(target).collect()
}
