//! The VPC with its subnets, route tables and zones. Nothing of it changes once it is there.

use super::filters;
use crate::account::Account;
use crate::tags::{self, Tags};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// A VPC.
#[derive(Debug, Default)]
pub struct Network {
    /// The VPC's id.
    pub vpc: String,
    /// Its addresses.
    pub cidr: String,
    /// The subnets by id.
    pub subnets: BTreeMap<String, Subnet>,
    /// The route tables.
    pub route_tables: Vec<RouteTable>,
}

/// A subnet.
#[derive(Debug, Clone)]
pub struct Subnet {
    /// Its addresses.
    pub cidr: String,
    /// Its zone, such as `us-east-1a`.
    pub zone: String,
    /// Its tags, which say what load balancers it is for.
    pub tags: Tags,
}

/// A route table.
#[derive(Debug, Clone)]
pub struct RouteTable {
    /// Its id.
    pub id: String,
    /// The internet gateway that the default route goes to; none of a private one.
    pub gateway: Option<String>,
    /// The subnets that use it.
    pub subnets: Vec<String>,
}

impl Network {
    /// Returns a subnet or says that there is none.
    pub fn subnet(&self, id: &str) -> Outcome<&Subnet> {
        let missing = || Failure::new("SubnetNotFound", format!("The subnet ID '{id}' is not valid"));
        self.subnets.get(id).ok_or_else(missing)
    }

    fn zones(&self) -> BTreeSet<&str> {
        self.subnets.values().map(|subnet| subnet.zone.as_str()).collect()
    }
}

/// `DescribeVpcs`.
pub fn describe_vpcs(account: &Account) -> Outcome<Vec<Element>> {
    let network = &account.network;
    let state = Element::new("cidrBlockState").text("state", "associated");
    let block = Element::new("item").text("cidrBlock", &network.cidr).child(state);
    let vpc = Element::new("item")
        .text("vpcId", &network.vpc)
        .text("state", "available")
        .text("cidrBlock", &network.cidr)
        .list("cidrBlockAssociationSet", "item", [block])
        .text("isDefault", false);
    Ok(vec![Element::list_of("vpcSet", "item", [vpc])])
}

/// `DescribeSubnets`.
pub fn describe_subnets(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let network = &account.network;
    let ids = parameters.texts("SubnetId");
    if let Some(unknown) = ids.iter().find(|id| !network.subnets.contains_key(*id)) {
        let message = format!("The subnet ID '{unknown}' does not exist");
        return Err(Failure::new("InvalidSubnetID.NotFound", message));
    }
    let mut items = Vec::new();
    for (id, subnet) in &network.subnets {
        let attributes =
            [("vpc-id", network.vpc.as_str()), ("subnet-id", id), ("availability-zone", &subnet.zone)];
        let named = ids.is_empty() || ids.contains(id);
        if named && filters::pass(parameters, &attributes, &subnet.tags)? {
            items.push(
                Element::new("item")
                    .text("subnetId", id)
                    .text("state", "available")
                    .text("vpcId", &network.vpc)
                    .text("cidrBlock", &subnet.cidr)
                    .text("availableIpAddressCount", 250)
                    .text("availabilityZone", &subnet.zone)
                    .text("availabilityZoneId", zone_id(&subnet.zone))
                    .child(tags::tag_set(&subnet.tags)),
            );
        }
    }
    Ok(vec![Element::list_of("subnetSet", "item", items)])
}

/// `DescribeRouteTables`. There is one VPC, so the filter by its id changes nothing.
pub fn describe_route_tables(account: &Account) -> Outcome<Vec<Element>> {
    let tables = account.network.route_tables.iter().map(|table| {
        let route = |destination: &str, gateway: &str| {
            Element::new("item")
                .text("destinationCidrBlock", destination)
                .text("gatewayId", gateway)
                .text("state", "active")
        };
        let local = route(&account.network.cidr, "local");
        let default = table.gateway.as_deref().map(|gateway| route("0.0.0.0/0", gateway));
        let associations = table.subnets.iter().map(|subnet| {
            Element::new("item")
                .text("routeTableId", &table.id)
                .text("subnetId", subnet)
                .text("main", false)
                .text("routeTableAssociationId", format!("rtbassoc-{}", subnet.trim_start_matches("subnet-")))
        });
        Element::new("item")
            .text("routeTableId", &table.id)
            .text("vpcId", &account.network.vpc)
            .list("routeSet", "item", [local].into_iter().chain(default))
            .list("associationSet", "item", associations)
    });
    Ok(vec![Element::list_of("routeTableSet", "item", tables)])
}

/// `DescribeAvailabilityZones`.
pub fn describe_availability_zones(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let (names, ids) = (parameters.texts("ZoneName"), parameters.texts("ZoneId"));
    let wanted = |zone: &&str| {
        (names.is_empty() || names.iter().any(|name| name == zone))
            && (ids.is_empty() || ids.contains(&zone_id(zone)))
    };
    let zones = account.network.zones();
    let items = zones.into_iter().filter(wanted).map(|zone| {
        Element::new("item")
            .text("zoneName", zone)
            .text("zoneId", zone_id(zone))
            .text("zoneState", "available")
            .text("zoneType", "availability-zone")
            .text("regionName", &account.region)
    });
    Ok(vec![Element::list_of("availabilityZoneInfo", "item", items)])
}

/// `use1-az1` for the zone that ends in `a`.
fn zone_id(zone: &str) -> String {
    let letter = zone.bytes().last().unwrap_or(b'a');
    format!("use1-az{}", u32::from(letter.saturating_sub(b'a')) + 1)
}
