//! Security groups. Their ingress rules are in `permissions`.

use super::permissions::{self, Permission, Source};
use super::{done, filters};
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// A security group.
#[derive(Debug, Clone)]
pub struct SecurityGroup {
    /// Its name, unique in the VPC.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What comes in, each rule with one source.
    pub ingress: Vec<Permission>,
    /// Its tags.
    pub tags: Tags,
}

/// `DescribeSecurityGroups`.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let ids = parameters.texts("GroupId");
    for id in &ids {
        get(account, id)?;
    }
    let mut items = Vec::new();
    for (id, group) in &account.security_groups {
        let attributes =
            [("vpc-id", account.network.vpc.as_str()), ("group-id", id), ("group-name", &group.name)];
        // This filter names a list, so it can't be one of the plain ones.
        let sources = group.ingress.iter().filter_map(|permission| match &permission.source {
            Source::Group(source) => Some(("ip-permission.group-id", source.as_str())),
            _ => None,
        });
        let mut attributes: Vec<_> = attributes.into_iter().chain(sources).collect();
        attributes.push(("ip-permission.group-id", ""));
        let named = ids.is_empty() || ids.contains(id);
        if named && filters::pass(parameters, &attributes, &group.tags)? {
            items.push(
                Element::new("item")
                    .text("ownerId", &account.number)
                    .text("groupId", id)
                    .text("groupName", &group.name)
                    .text("groupDescription", &group.description)
                    .text("vpcId", &account.network.vpc)
                    .child(permissions::describe(account, &group.ingress))
                    .child(tags::tag_set(&group.tags)),
            );
        }
    }
    Ok(vec![Element::list_of("securityGroupInfo", "item", items)])
}

/// `CreateSecurityGroup`.
pub fn create(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let name = parameters.required("GroupName")?;
    if account.security_groups.values().any(|group| group.name == name) {
        let message = format!("The security group '{name}' already exists for VPC '{}'", account.network.vpc);
        return Err(Failure::new("InvalidGroup.Duplicate", message));
    }
    let mut tags = Tags::new();
    for specification in parameters.items("TagSpecification") {
        tags::add(&mut tags, &specification.pairs("Tag")?)?;
    }
    let description = parameters.required("GroupDescription")?.to_owned();
    let group = SecurityGroup { name: name.to_owned(), description, ingress: Vec::new(), tags };
    let tag_set = tags::tag_set(&group.tags);
    let id = account.new_id("sg");
    account.security_groups.insert(id.clone(), group);
    Ok(done().into_iter().chain([Element::of("groupId", id), tag_set]).collect())
}

/// `DeleteSecurityGroup`. One that is in use, or that a rule of another names, stays.
pub fn delete(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let id = parameters.required("GroupId")?;
    get(account, id)?;
    let id = id.to_owned();
    let attached = account.instances.values().any(|instance| instance.security_group == id)
        || account.classic.values().any(|balancer| balancer.security_groups.contains(&id))
        || account.network_load_balancers.values().any(|balancer| balancer.security_groups.contains(&id));
    let named = account.security_groups.iter().any(|(other, group)| {
        *other != id && group.ingress.iter().any(|rule| rule.source == Source::Group(id.clone()))
    });
    if attached || named {
        return Err(Failure::new("DependencyViolation", format!("resource {id} has a dependent object")));
    }
    account.security_groups.remove(&id);
    Ok(done())
}

/// Returns a group or says that there is none.
pub fn get<'a>(account: &'a Account, id: &str) -> Outcome<&'a SecurityGroup> {
    account.security_groups.get(id).ok_or_else(|| missing(id))
}

/// Returns a group to be changed or says that there is none.
pub fn get_mut<'a>(account: &'a mut Account, id: &str) -> Outcome<&'a mut SecurityGroup> {
    account.security_groups.get_mut(id).ok_or_else(|| missing(id))
}

fn missing(id: &str) -> Failure {
    Failure::new("InvalidGroup.NotFound", format!("The security group '{id}' does not exist"))
}
