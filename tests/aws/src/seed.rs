//! What the account has before a controller acts: a VPC with public and private subnets in two zones, the instances of
//! the nodes with their security group, and certificates.

use crate::account::Account;
use crate::ec2::{Instance, Network, RouteTable, SecurityGroup, Subnet};
use crate::tags::Tags;

/// The region.
pub const REGION: &str = "us-east-1";
/// The cluster's name, by which controllers know what is theirs.
pub const CLUSTER: &str = "bed";
/// The VPC.
pub const VPC: &str = "vpc-0a1b2c3d4e5f60718";
/// A public subnet; the cloud config names one.
pub const PUBLIC_SUBNET: &str = "subnet-0aaaaaaaaaaaaaa01";
/// The instances, with their zones.
pub const INSTANCES: [(&str, &str); 3] = [
    ("i-0aaaaaaaaaaaaaa01", "us-east-1a"),
    ("i-0bbbbbbbbbbbbbb02", "us-east-1b"),
    ("i-0cccccccccccccc03", "us-east-1a"),
];
/// The certificates of ACM.
pub const CERTIFICATES: [&str; 3] = [
    "arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-4111-8111-111111111111",
    "arn:aws:acm:us-east-1:123456789012:certificate/22222222-2222-4222-8222-222222222222",
    "arn:aws:acm:us-east-1:123456789012:certificate/33333333-3333-4333-8333-333333333333",
];
/// A certificate of IAM.
pub const IAM_CERTIFICATE: &str = "arn:aws:iam::123456789012:server-certificate/prod/web";

const ACCOUNT: &str = "123456789012";
const NODES: &str = "sg-0aaaaaaaaaaaaaa01";

/// Returns the account.
pub fn account() -> Account {
    let mut account = Account::new(REGION, ACCOUNT);
    account.network = network();
    let group = SecurityGroup {
        name: "nodes".into(),
        description: "Nodes of the cluster".into(),
        ingress: Vec::new(),
        tags: owned(),
    };
    account.security_groups.insert(NODES.into(), group);
    for (number, (id, zone)) in (10..).zip(INSTANCES) {
        let subnet = account.network.subnets.iter();
        let subnet = subnet.filter(|(_, subnet)| subnet.zone == zone).map(|(id, _)| id.clone()).next_back();
        let instance = Instance {
            private_dns_name: format!("ip-10-0-0-{number}.ec2.internal"),
            private_ip: format!("10.0.0.{number}"),
            subnet: subnet.unwrap_or_default(),
            security_group: NODES.into(),
            network_interface: id.replacen('i', "eni", 1),
            tags: owned(),
        };
        account.instances.insert(id.into(), instance);
    }
    for arn in CERTIFICATES.into_iter().chain([IAM_CERTIFICATE]) {
        account.certificates.add(arn);
    }
    account
}

fn network() -> Network {
    let public = "kubernetes.io/role/elb";
    let private = "kubernetes.io/role/internal-elb";
    let subnets = [
        (PUBLIC_SUBNET, "10.0.0.0/24", "us-east-1a", public),
        ("subnet-0bbbbbbbbbbbbbb02", "10.0.1.0/24", "us-east-1b", public),
        ("subnet-0cccccccccccccc03", "10.0.2.0/24", "us-east-1a", private),
        ("subnet-0dddddddddddddd04", "10.0.3.0/24", "us-east-1b", private),
    ];
    let table = |id: &str, gateway: Option<&str>, role: &str| RouteTable {
        id: id.to_owned(),
        gateway: gateway.map(str::to_owned),
        subnets: subnets.iter().filter(|subnet| subnet.3 == role).map(|subnet| subnet.0.to_owned()).collect(),
    };
    Network {
        vpc: VPC.into(),
        cidr: "10.0.0.0/16".into(),
        route_tables: vec![
            table("rtb-0aaaaaaaaaaaaaa01", Some("igw-0aaaaaaaaaaaaaa01"), public),
            table("rtb-0bbbbbbbbbbbbbb02", None, private),
        ],
        subnets: subnets
            .into_iter()
            .map(|(id, cidr, zone, role)| {
                let mut tags = owned();
                tags.insert(role.to_owned(), "1".to_owned());
                (id.to_owned(), Subnet { cidr: cidr.to_owned(), zone: zone.to_owned(), tags })
            })
            .collect(),
    }
}

fn owned() -> Tags {
    Tags::from([(format!("kubernetes.io/cluster/{CLUSTER}"), "owned".to_owned())])
}
