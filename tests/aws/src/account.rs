//! The account: all that the simulated AWS knows, without any I/O.

use crate::certificates::Certificates;
use crate::classic::ClassicLoadBalancer;
use crate::ec2::{Instance, Network, SecurityGroup};
use crate::network_load_balancers::{NetworkLoadBalancer, TargetGroup};
use std::collections::BTreeMap;

/// What belongs to one account in one region.
#[derive(Debug)]
pub struct Account {
    /// The region.
    pub region: String,
    /// The account's number.
    pub number: String,
    /// VPC, subnets and route tables.
    pub network: Network,
    /// The instances by id.
    pub instances: BTreeMap<String, Instance>,
    /// The security groups by id.
    pub security_groups: BTreeMap<String, SecurityGroup>,
    /// The certificates of ACM and IAM.
    pub certificates: Certificates,
    /// Classic load balancers by name.
    pub classic: BTreeMap<String, ClassicLoadBalancer>,
    /// Network load balancers by ARN.
    pub network_load_balancers: BTreeMap<String, NetworkLoadBalancer>,
    /// Target groups by ARN.
    pub target_groups: BTreeMap<String, TargetGroup>,
    made: u64,
}

impl Account {
    /// An account with nothing in it.
    pub fn new(region: &str, number: &str) -> Self {
        Self {
            region: region.to_owned(),
            number: number.to_owned(),
            network: Network::default(),
            instances: BTreeMap::new(),
            security_groups: BTreeMap::new(),
            certificates: Certificates::default(),
            classic: BTreeMap::new(),
            network_load_balancers: BTreeMap::new(),
            target_groups: BTreeMap::new(),
            made: 0,
        }
    }

    /// Returns a number that no other resource has; it looks as random as those of AWS do (SplitMix64).
    pub fn unique(&mut self) -> u64 {
        self.made += 1;
        let mut mixed = self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a new id such as `sg-0123456789abcdef0`.
    pub fn new_id(&mut self, kind: &str) -> String {
        format!("{kind}-0{:016x}", self.unique())
    }

    /// Returns the ARN of a load balancing resource.
    pub fn balancing_arn(&self, resource: &str) -> String {
        format!("arn:aws:elasticloadbalancing:{}:{}:{resource}", self.region, self.number)
    }
}
