//! Network load balancers: Elastic Load Balancing, version 2015-12-01.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html>

mod actions;
mod attributes;
mod listener_certificates;
mod listener_settings;
mod listeners;
mod load_balancers;
mod placement;
mod tagging;
mod target_groups;
mod targets;

pub use listeners::Listener;
pub use load_balancers::NetworkLoadBalancer;
pub use target_groups::TargetGroup;

use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// Answers a call with the elements of its result.
pub fn call(account: &mut Account, action: &str, parameters: &Parameters) -> Outcome<Vec<Element>> {
    match action {
        "CreateLoadBalancer" => load_balancers::create(account, parameters),
        "DescribeLoadBalancers" => load_balancers::describe(account, parameters),
        "DeleteLoadBalancer" => load_balancers::delete(account, parameters),
        "DescribeCapacityReservation" => Ok(Vec::new()),
        "SetSubnets" => placement::set_subnets(account, parameters),
        "SetSecurityGroups" => placement::set_security_groups(account, parameters),
        "CreateListener" => listeners::create(account, parameters),
        "DescribeListeners" => listeners::describe(account, parameters),
        "ModifyListener" => listeners::modify(account, parameters),
        "DeleteListener" => listeners::delete(account, parameters),
        "DescribeRules" => listeners::describe_rules(account, parameters),
        "AddListenerCertificates" => listener_certificates::add(account, parameters),
        "RemoveListenerCertificates" => listener_certificates::remove(account, parameters),
        "DescribeListenerCertificates" => listener_certificates::describe(account, parameters),
        "CreateTargetGroup" => target_groups::create(account, parameters),
        "DescribeTargetGroups" => target_groups::describe(account, parameters),
        "ModifyTargetGroup" => target_groups::modify(account, parameters),
        "DeleteTargetGroup" => target_groups::delete(account, parameters),
        "RegisterTargets" => targets::register(account, parameters),
        "DeregisterTargets" => targets::deregister(account, parameters),
        "DescribeTargetHealth" => targets::describe_health(account, parameters),
        "DescribeLoadBalancerAttributes" => attributes::describe_of_load_balancer(account, parameters),
        "ModifyLoadBalancerAttributes" => attributes::modify_of_load_balancer(account, parameters),
        "DescribeTargetGroupAttributes" => attributes::describe_of_target_group(account, parameters),
        "ModifyTargetGroupAttributes" => attributes::modify_of_target_group(account, parameters),
        "DescribeListenerAttributes" => attributes::describe_of_listener(account, parameters),
        "ModifyListenerAttributes" => attributes::modify_of_listener(account, parameters),
        "DescribeTags" => tagging::describe(account, parameters),
        "AddTags" => tagging::add(account, parameters),
        "RemoveTags" => tagging::remove(account, parameters),
        _ => {
            let message = format!("Network load balancing is not simulated for {action}");
            Err(Failure::new("InvalidAction", message))
        }
    }
}
