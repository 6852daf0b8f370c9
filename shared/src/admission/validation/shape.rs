//! Rules of single fields, as validation states them again and again: what has to be there, in which bounds a number is, and
//! which form a name has.

use core::net::IpAddr;

use serde_json::Value;

use super::{
    config_key::config_key_errors,
    enumeration::visit,
    metadata::{dns_label_error, subdomain_complaint},
    plain,
    port_name::port_name_complaints,
};
use crate::manifest::json::text;

const FILE_MODE: &str = "must be a number between 0 and 0777 (octal), both inclusive";
const PERCENT: &str = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/// What a field has to be. But for those that say so, a rule looks only at fields that are there and not empty.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// There, and not empty.
    Required,
    /// At least so much.
    AtLeast(i64),
    /// More than nothing.
    Positive,
    /// Between these bounds, both included.
    Between(i64, i64),
    /// The number of a port; none is 0.
    Port,
    /// The number or the name of a port; none is 0.
    PortOrName,
    PortName,
    Subdomain,
    /// A DNS subdomain, also where it is empty or absent.
    AnySubdomain,
    Label,
    ConfigKey,
    FileMode,
    /// An absolute path, also where it is empty or absent.
    AbsolutePath,
    /// A path within a volume.
    LocalPath,
    NoBacksteps,
    /// An address, also where it is empty or absent.
    Address,
    /// Addresses with a length.
    Network,
    /// A number or a percentage.
    Amount,
}

/// The way to a field and what it has to be.
pub(super) struct Shape(pub(super) &'static str, pub(super) &'static [Rule]);

/// Returns the complaints about the fields of an object, which stands at `path`, empty for the whole.
pub(super) fn shape_complaints(object: &Value, shapes: &[Shape], path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for Shape(way, rules) in shapes {
        visit(object, way, path, &mut |value, path| {
            complaints.extend(rules.iter().flat_map(|rule| rule.complaints(value, path)));
        });
    }
    complaints
}

impl Rule {
    fn complaints(self, value: &Value, path: &str) -> Vec<String> {
        let found = text(value);
        let is_empty = match value {
            Value::Null => true,
            Value::String(found) => found.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        let invalid = |why: &str| vec![format!("{path}: Invalid value: {}: {why}", as_printed(value))];
        let wrong = |is_wrong: bool, why: &str| if is_wrong { invalid(why) } else { Vec::new() };
        let number = value.as_i64();
        match self {
            Self::Required if is_empty => vec![format!("{path}: Required value")],
            Self::Required => Vec::new(),
            Self::Port => port_complaints(number.unwrap_or(0), path),
            Self::PortOrName => match value {
                Value::String(name) => port_name_complaints(name, path),
                _ => port_complaints(number.unwrap_or(0), path),
            },
            Self::AnySubdomain => subdomain_complaint(found, path).into_iter().collect(),
            Self::AbsolutePath if !found.starts_with('/') => {
                vec![format!("{path}: Invalid value: {}: must be an absolute path", plain(found))]
            }
            Self::Address if found.parse::<IpAddr>().is_err() => {
                let why = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
                vec![format!("{path}: Invalid value: {}: {why}", plain(found))]
            }
            Self::Network => wrong(
                value.is_string() && !is_network(found),
                "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            ),
            Self::Amount => amount_complaints(value, path),
            _ if is_empty => Vec::new(),
            Self::AtLeast(least) => wrong(
                number.is_some_and(|number| number < least),
                &format!("must be greater than or equal to {least}"),
            ),
            Self::Positive => wrong(number.is_some_and(|number| number <= 0), "must be greater than 0"),
            Self::Between(least, most) => wrong(
                number.is_some_and(|number| !(least..=most).contains(&number)),
                &format!("must be between {least} and {most}, inclusive"),
            ),
            Self::PortName => port_name_complaints(found, path),
            Self::Subdomain => subdomain_complaint(found, path).into_iter().collect(),
            Self::Label => dns_label_error(found).map(invalid).unwrap_or_default(),
            Self::ConfigKey => {
                let errors = config_key_errors(found).into_iter();
                errors.map(|why| format!("{path}: Invalid value: {}: {why}", plain(found))).collect()
            }
            Self::FileMode => wrong(number.is_some_and(|mode| !(0..=0o777).contains(&mode)), FILE_MODE),
            Self::NoBacksteps => wrong(found.split('/').any(|part| part == ".."), "must not contain '..'"),
            Self::LocalPath => [
                (found.starts_with('/'), "must be a relative path"),
                (found.split('/').any(|part| part == ".."), "must not contain '..'"),
                (found.starts_with("..") && !found.starts_with("../"), "must not start with '..'"),
            ]
            .into_iter()
            .flat_map(|(is_wrong, why)| wrong(is_wrong, why))
            .collect(),
            Self::AbsolutePath | Self::Address => Vec::new(),
        }
    }
}

fn as_printed(value: &Value) -> String {
    match value {
        Value::String(found) => plain(found),
        other => other.to_string(),
    }
}

pub(super) fn port_complaints(port: i64, path: &str) -> Vec<String> {
    let is_valid = (1..=65535).contains(&port);
    let complaint = || format!("{path}: Invalid value: {port}: must be between 1 and 65535, inclusive");
    (!is_valid).then(complaint).into_iter().collect()
}

fn is_network(found: &str) -> bool {
    let Some((address, length)) = found.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.parse::<u32>().is_ok_and(|length| length <= most)
}

/// Validates a number or a percentage, which may be absent (`ValidatePositiveIntOrPercent`).
fn amount_complaints(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::String(found) => {
            let digits = found.strip_suffix('%').unwrap_or("");
            let is_percent = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let complaint = || format!("{path}: Invalid value: {}: {PERCENT}", plain(found));
            (!is_percent).then(complaint).into_iter().collect()
        }
        _ => Rule::AtLeast(0).complaints(value, path),
    }
}
