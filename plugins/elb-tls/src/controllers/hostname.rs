//! What the hostname of a load balancer tells.

/// The hostname of an AWS load balancer, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hostname {
    /// Which kind of load balancer has such names.
    pub kind: HostnameKind,
    /// The name of the load balancer.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Whether it is an internal one. Only those of Classic Load Balancers tell.
    pub internal: bool,
}

/// The kinds of load balancers, by their hostnames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostnameKind {
    /// `NAME-DIGITS.REGION.elb.amazonaws.com`
    Classic,
    /// `NAME-HASH.elb.REGION.amazonaws.com`
    Network,
}

impl Hostname {
    /// Takes a hostname apart; `None` where it is not that of an AWS load balancer.
    pub fn parse(hostname: &str) -> Option<Self> {
        let labels: Vec<&str> = hostname.split('.').collect();
        let (kind, region) = match labels.as_slice() {
            [_, "elb", region, _, ..] => (HostnameKind::Network, region),
            [_, region, "elb", _, ..] => (HostnameKind::Classic, region),
            _ => return None,
        };
        let (name, _) = labels[0].rsplit_once('-').unwrap_or((labels[0], ""));
        let public = name.strip_prefix("internal-").filter(|_| kind == HostnameKind::Classic);
        Some(Self {
            kind,
            name: public.unwrap_or(name).to_owned(),
            region: (*region).to_owned(),
            internal: public.is_some(),
        })
    }
}

/// Returns the name that the cloud provider gives to the load balancer of a Service
/// (<https://github.com/kubernetes/cloud-provider/blob/v0.36.3/cloud.go>, `DefaultLoadBalancerName`).
pub fn cloud_provider_name(uid: &str) -> String {
    let name: String = format!("a{uid}").chars().filter(|character| *character != '-').collect();
    name.chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostnames_of_both_kinds_in_all_partitions() {
        let cases = [
            (
                "a1b2-1234567890.us-east-1.elb.amazonaws.com",
                HostnameKind::Classic,
                "a1b2",
                "us-east-1",
                false,
            ),
            (
                "internal-a1b2-12.eu-west-1.elb.amazonaws.com",
                HostnameKind::Classic,
                "a1b2",
                "eu-west-1",
                true,
            ),
            ("a1b2-12.cn-north-1.elb.amazonaws.com.cn", HostnameKind::Classic, "a1b2", "cn-north-1", false),
            (
                "k8s-shop-web-0123456789-abcdef.elb.us-east-1.amazonaws.com",
                HostnameKind::Network,
                "k8s-shop-web-0123456789",
                "us-east-1",
                false,
            ),
        ];
        for (hostname, kind, name, region, internal) in cases {
            let expected = Hostname { kind, name: name.into(), region: region.into(), internal };
            assert_eq!(Hostname::parse(hostname), Some(expected), "{hostname}");
        }
        assert_eq!(Hostname::parse("lb.example.com"), None);
        assert_eq!(Hostname::parse(""), None);
    }

    #[test]
    fn the_cloud_provider_names_by_uid() {
        let name = cloud_provider_name("0f0c4a38-7b2e-4f6a-9d5e-111122223333");
        assert_eq!(name, "a0f0c4a387b2e4f6a9d5e11112222333");
        assert_eq!(name.len(), 32);
    }
}
