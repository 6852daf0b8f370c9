//! The region of the cluster, and what shows it.

/// The regions that a cluster seems to be in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterRegion {
    /// Each region with what shows it, in a sentence.
    found: Vec<(String, String)>,
}

impl ClusterRegion {
    /// Returns the region that the user names.
    pub fn given(region: &str) -> Self {
        Self { found: vec![(region.to_owned(), format!("--region {region} says so"))] }
    }

    /// Adds a region and what shows it, unless the region is known already.
    pub fn add(&mut self, region: &str, evidence: impl Into<String>) {
        if !region.is_empty() && !self.found.iter().any(|(known, _)| known == region) {
            self.found.push((region.to_owned(), evidence.into()));
        }
    }

    /// Returns the region and what shows it, where there is exactly one.
    pub fn only(&self) -> Option<(&str, &str)> {
        match self.found.as_slice() {
            [(region, evidence)] => Some((region, evidence)),
            _ => None,
        }
    }

    /// Returns whether nothing shows any region.
    pub fn is_unknown(&self) -> bool {
        self.found.is_empty()
    }
}

/// Returns the region of an availability zone or a local zone, as the cloud provider finds it: `us-west-2-lax-1a` is in
/// `us-west-2` (`azToRegion` of cloud-provider-aws, whose pattern is `^([a-zA-Z]+-)+\d+`).
pub fn region_of_zone(zone: &str) -> Option<&str> {
    let mut length = 0;
    let mut parts = zone.split('-');
    let mut words = 0;
    loop {
        let part = parts.next()?;
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            length += part.len() + 1;
            words += 1;
            continue;
        }
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        return (words > 0 && digits > 0).then(|| &zone[..length + digits]);
    }
}

/// Returns the region in the address of an EKS cluster's API server.
pub fn region_of_server(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split(['/', ':']).next()?;
    let (before, _) = host.split_once(".eks.")?;
    let (_, region) = before.rsplit_once('.')?;
    super::partition_of(region).map(|_| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_in_regions() {
        assert_eq!(region_of_zone("us-east-1a"), Some("us-east-1"));
        assert_eq!(region_of_zone("us-west-2-lax-1a"), Some("us-west-2"));
        assert_eq!(region_of_zone("us-gov-west-1b"), Some("us-gov-west-1"));
        assert_eq!(region_of_zone("zone"), None);
        assert_eq!(region_of_zone("1a"), None);
    }

    #[test]
    fn addresses_of_eks_name_the_region() {
        assert_eq!(region_of_server("https://ABC.gr7.us-east-1.eks.amazonaws.com"), Some("us-east-1"));
        assert_eq!(region_of_server("https://10.0.0.1:6443"), None);
    }

    #[test]
    fn two_regions_are_no_answer() {
        let mut region = ClusterRegion::default();
        region.add("us-east-1", "the nodes");
        region.add("us-east-1", "the server");
        assert_eq!(region.only(), Some(("us-east-1", "the nodes")));
        region.add("eu-west-1", "a node");
        assert_eq!(region.only(), None);
    }
}
