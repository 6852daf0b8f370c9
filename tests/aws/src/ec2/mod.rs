//! EC2 as far as load balancers need it: the network, instances and security groups.

mod filters;
mod instances;
mod network;
mod permissions;
mod security_groups;
mod tagging;

pub use instances::Instance;
pub use network::{Network, RouteTable, Subnet};
pub use security_groups::SecurityGroup;

use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// Answers a call with the elements of its response.
pub fn call(account: &mut Account, action: &str, parameters: &Parameters) -> Outcome<Vec<Element>> {
    match action {
        "DescribeVpcs" => network::describe_vpcs(account),
        "DescribeSubnets" => network::describe_subnets(account, parameters),
        "DescribeRouteTables" => network::describe_route_tables(account),
        "DescribeAvailabilityZones" => network::describe_availability_zones(account, parameters),
        "DescribeInstances" => instances::describe(account, parameters),
        "DescribeSecurityGroups" => security_groups::describe(account, parameters),
        "CreateSecurityGroup" => security_groups::create(account, parameters),
        "DeleteSecurityGroup" => security_groups::delete(account, parameters),
        "AuthorizeSecurityGroupIngress" => permissions::authorize(account, parameters),
        "RevokeSecurityGroupIngress" => permissions::revoke(account, parameters),
        "CreateTags" => tagging::create(account, parameters),
        "DeleteTags" => tagging::delete(account, parameters),
        _ => Err(Failure::new("InvalidAction", format!("EC2 is not simulated for {action}"))),
    }
}

/// What EC2 answers where nothing else is to be said.
fn done() -> Vec<Element> {
    vec![Element::of("return", true)]
}
