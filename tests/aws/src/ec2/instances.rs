//! The instances behind the nodes.

use super::filters;
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// A running instance with one network interface.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its name in the VPC.
    pub private_dns_name: String,
    /// Its address.
    pub private_ip: String,
    /// Its subnet.
    pub subnet: String,
    /// Its security group.
    pub security_group: String,
    /// Its network interface.
    pub network_interface: String,
    /// Its tags.
    pub tags: Tags,
}

/// `DescribeInstances`.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let ids = parameters.texts("InstanceId");
    if let Some(unknown) = ids.iter().find(|id| !account.instances.contains_key(*id)) {
        let message = format!("The instance ID '{unknown}' does not exist");
        return Err(Failure::new("InvalidInstanceID.NotFound", message));
    }
    let mut reservations = Vec::new();
    for (id, instance) in &account.instances {
        let attributes = [
            ("vpc-id", account.network.vpc.as_str()),
            ("instance-id", id),
            ("private-dns-name", &instance.private_dns_name),
            ("instance-state-name", "running"),
        ];
        let named = ids.is_empty() || ids.contains(id);
        if named && filters::pass(parameters, &attributes, &instance.tags)? {
            let reservation = Element::new("item").text("reservationId", id.replacen('i', "r", 1));
            reservations.push(reservation.list("instancesSet", "item", [item(account, id, instance)]));
        }
    }
    Ok(vec![Element::list_of("reservationSet", "item", reservations)])
}

fn item(account: &Account, id: &str, instance: &Instance) -> Element {
    let group = account.security_groups.get(&instance.security_group);
    let groups = || {
        let group = Element::new("item")
            .text("groupId", &instance.security_group)
            .maybe("groupName", group.map(|group| &group.name));
        Element::list_of("groupSet", "item", [group])
    };
    let zone = account.network.subnets.get(&instance.subnet).map(|subnet| &subnet.zone);
    let address = Element::new("item").text("privateIpAddress", &instance.private_ip).text("primary", true);
    let attachment = Element::new("attachment").text("deviceIndex", 0).text("status", "attached");
    let interface = Element::new("item")
        .text("networkInterfaceId", &instance.network_interface)
        .text("subnetId", &instance.subnet)
        .text("vpcId", &account.network.vpc)
        .text("status", "in-use")
        .text("privateIpAddress", &instance.private_ip)
        .child(groups())
        .child(attachment)
        .list("privateIpAddressesSet", "item", [address]);
    Element::new("item")
        .text("instanceId", id)
        .text("instanceType", "m7i.large")
        .child(Element::new("instanceState").text("code", 16).text("name", "running"))
        .text("privateDnsName", &instance.private_dns_name)
        .text("privateIpAddress", &instance.private_ip)
        .text("subnetId", &instance.subnet)
        .text("vpcId", &account.network.vpc)
        .child(Element::new("placement").maybe("availabilityZone", zone))
        .child(groups())
        .list("networkInterfaceSet", "item", [interface])
        .child(tags::tag_set(&instance.tags))
}
