//! The attributes of a classic load balancer.

use super::load_balancers::named;
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// Attributes, with what AWS gives a new load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// Whether requests are logged.
    pub access_log: bool,
    /// The interval of the log in minutes.
    pub emit_interval: Option<i64>,
    /// Where the log goes.
    pub bucket: Option<String>,
    /// The log's prefix.
    pub prefix: Option<String>,
    /// Whether connections may end when an instance goes.
    pub draining: bool,
    /// How long they may take, in seconds.
    pub draining_timeout: i64,
    /// After how many idle seconds a connection is closed.
    pub idle_timeout: i64,
    /// Whether requests go to instances of all zones.
    pub cross_zone: bool,
}

impl Default for Attributes {
    fn default() -> Self {
        Self {
            access_log: false,
            emit_interval: None,
            bucket: None,
            prefix: None,
            draining: false,
            draining_timeout: 300,
            idle_timeout: 60,
            cross_zone: false,
        }
    }
}

/// `DescribeLoadBalancerAttributes`.
pub fn describe(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let attributes = &named(account, parameters)?.attributes;
    let log = Element::new("AccessLog")
        .text("Enabled", attributes.access_log)
        .maybe("EmitInterval", attributes.emit_interval)
        .maybe("S3BucketName", attributes.bucket.as_ref())
        .maybe("S3BucketPrefix", attributes.prefix.as_ref());
    let draining = Element::new("ConnectionDraining")
        .text("Enabled", attributes.draining)
        .text("Timeout", attributes.draining_timeout);
    let cross_zone = Element::new("CrossZoneLoadBalancing").text("Enabled", attributes.cross_zone);
    let settings = Element::new("ConnectionSettings").text("IdleTimeout", attributes.idle_timeout);
    Ok(vec![
        Element::new("LoadBalancerAttributes").child(log).child(draining).child(cross_zone).child(settings),
    ])
}

/// `ModifyLoadBalancerAttributes`: all or none.
pub fn modify(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let sent = parameters.structure("LoadBalancerAttributes");
    let current = &mut named(account, parameters)?.attributes;
    let mut attributes = current.clone();
    if let Some(enabled) = sent.flag("AccessLog.Enabled") {
        attributes.access_log = enabled;
        attributes.emit_interval = sent.number("AccessLog.EmitInterval")?;
        attributes.bucket = sent.get("AccessLog.S3BucketName").map(str::to_owned);
        attributes.prefix = sent.get("AccessLog.S3BucketPrefix").map(str::to_owned);
        if attributes.emit_interval.is_some_and(|minutes| minutes != 5 && minutes != 60) {
            return Err(Failure::validation("EmitInterval must be 5 or 60"));
        }
        if enabled && attributes.bucket.is_none() {
            let message = "S3BucketName must be specified when the access log is enabled";
            return Err(Failure::new("InvalidConfigurationRequest", message));
        }
    }
    if let Some(enabled) = sent.flag("ConnectionDraining.Enabled") {
        attributes.draining = enabled;
    }
    if let Some(seconds) = sent.number("ConnectionDraining.Timeout")? {
        attributes.draining_timeout = within("ConnectionDraining timeout", seconds, 1, 3600)?;
    }
    if let Some(seconds) = sent.number("ConnectionSettings.IdleTimeout")? {
        attributes.idle_timeout = within("IdleTimeout", seconds, 1, 4000)?;
    }
    if let Some(enabled) = sent.flag("CrossZoneLoadBalancing.Enabled") {
        attributes.cross_zone = enabled;
    }
    *current = attributes;
    Ok(Vec::new())
}

/// Returns a number or says between which it has to be.
pub fn within(what: &str, number: i64, least: i64, most: i64) -> Outcome<i64> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Failure::validation(format!("{what} must be between {least} and {most}, and is {number}")))
}
