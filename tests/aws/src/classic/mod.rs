//! Classic load balancers: Elastic Load Balancing, version 2012-06-01.
//! <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/Welcome.html>

mod attributes;
mod describe;
mod health_check;
mod listeners;
mod load_balancers;
mod placement;
mod policies;

pub use attributes::Attributes;
pub use health_check::HealthCheck;
pub use listeners::ClassicListener;
pub use load_balancers::{ClassicLoadBalancer, check_name, check_security_groups};

use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// Answers a call with the elements of its result.
pub fn call(account: &mut Account, action: &str, parameters: &Parameters) -> Outcome<Vec<Element>> {
    match action {
        "CreateLoadBalancer" => load_balancers::create(account, parameters),
        "DeleteLoadBalancer" => load_balancers::delete(account, parameters),
        "AddTags" => load_balancers::add_tags(account, parameters),
        "DescribeLoadBalancers" => describe::describe(account, parameters),
        "CreateLoadBalancerListeners" => listeners::create(account, parameters),
        "DeleteLoadBalancerListeners" => listeners::delete(account, parameters),
        "CreateLoadBalancerPolicy" => policies::create(account, parameters),
        "DescribeLoadBalancerPolicies" => policies::describe(account, parameters),
        "SetLoadBalancerPoliciesOfListener" => policies::set_of_listener(account, parameters),
        "SetLoadBalancerPoliciesForBackendServer" => policies::set_for_backend(account, parameters),
        "DescribeLoadBalancerAttributes" => attributes::describe(account, parameters),
        "ModifyLoadBalancerAttributes" => attributes::modify(account, parameters),
        "ConfigureHealthCheck" => health_check::configure(account, parameters),
        "AttachLoadBalancerToSubnets" => placement::attach_subnets(account, parameters),
        "DetachLoadBalancerFromSubnets" => placement::detach_subnets(account, parameters),
        "ApplySecurityGroupsToLoadBalancer" => placement::apply_security_groups(account, parameters),
        "RegisterInstancesWithLoadBalancer" => placement::register_instances(account, parameters),
        "DeregisterInstancesFromLoadBalancer" => placement::deregister_instances(account, parameters),
        _ => {
            let message = format!("Classic load balancing is not simulated for {action}");
            Err(Failure::new("InvalidAction", message))
        }
    }
}
