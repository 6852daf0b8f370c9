//! `ssl-ports`: which ports of a service are meant.

use shared::model::ServicePort;

use super::{lists::string_list, parse_int};

/// The ports that an annotation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortSet {
    /// All of them.
    All,
    /// Those with one of these names or numbers.
    Some {
        /// Names.
        names: Vec<String>,
        /// Numbers, where they are told apart from names.
        numbers: Vec<i64>,
    },
}

impl PortSet {
    /// Returns the ports as the cloud provider reads them: nothing is trimmed, so that ` 443` is a name
    /// (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws.go>, `getPortSets`).
    pub fn of_cloud_provider(text: &str) -> Self {
        if matches!(text, "" | "*") {
            return Self::All;
        }
        let (mut names, mut numbers) = (Vec::new(), Vec::new());
        for entry in text.split(',') {
            match parse_int(entry) {
                Some(number) => numbers.push(number),
                None => names.push(entry.to_owned()),
            }
        }
        Self::Some { names, numbers }
    }

    /// Returns the ports as the AWS Load Balancer Controller reads them: trimmed, compared as text
    /// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/service/model_build_listener.go>,
    /// `buildTLSPortsSet`).
    pub fn of_load_balancer_controller(text: &str) -> Self {
        match string_list(text) {
            entries if entries.is_empty() => Self::All,
            entries => {
                Self::Some { names: entries.into_iter().map(str::to_owned).collect(), numbers: Vec::new() }
            }
        }
    }

    /// Returns whether a port is meant, by its number or by `name`.
    pub fn has(&self, port: &ServicePort, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some { names, numbers } => {
                let number = port.port.to_string();
                numbers.contains(&i64::from(port.port))
                    || names.iter().any(|entry| *entry == name || (numbers.is_empty() && *entry == number))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn https() -> ServicePort {
        ServicePort { name: "https".into(), port: 443, ..ServicePort::default() }
    }

    #[test]
    fn the_cloud_provider_trims_nothing() {
        let cases = [
            ("443", true),
            ("https", true),
            ("*", true),
            ("", true),
            ("+443", true),
            ("443,", true),
            ("80, 443", false),
            (" ", false),
            ("HTTPS", false),
            ("443;80", false),
        ];
        for (text, expected) in cases {
            assert_eq!(PortSet::of_cloud_provider(text).has(&https(), "https"), expected, "{text:?}");
        }
    }

    #[test]
    fn the_load_balancer_controller_trims_and_compares_text() {
        let cases =
            [("443", true), ("https", true), ("80, 443", true), (" ", true), ("+443", false), ("80", false)];
        for (text, expected) in cases {
            let ports = PortSet::of_load_balancer_controller(text);
            assert_eq!(ports.has(&https(), "https"), expected, "{text:?}");
        }
    }
}
