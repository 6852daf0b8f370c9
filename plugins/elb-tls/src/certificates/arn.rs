//! Amazon Resource Names.

/// An ARN, taken apart at its first five colons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn<'text> {
    /// `aws`, `aws-cn`, `aws-us-gov` and so on.
    pub partition: &'text str,
    /// `acm` or `iam`, for certificates.
    pub service: &'text str,
    /// The region; empty for services without regions.
    pub region: &'text str,
    /// The account's number.
    pub account: &'text str,
    /// What is named, such as `certificate/ID`.
    pub resource: &'text str,
}

impl<'text> Arn<'text> {
    /// Takes an ARN apart; `None` where it lacks a field.
    pub fn parse(text: &'text str) -> Option<Self> {
        let mut fields = text.splitn(6, ':');
        let (Some("arn"), Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
            (fields.next(), fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return None;
        };
        let complete = !partition.is_empty() && !service.is_empty() && !resource.is_empty();
        complete.then_some(Self { partition, service, region, account, resource })
    }

    /// Returns whether AWS can have a certificate of this name at all: whether it is one of ACM or IAM.
    pub fn can_be_certificate(&self) -> bool {
        match self.service {
            "acm" => self.resource.strip_prefix("certificate/").is_some_and(|id| !id.is_empty()),
            "iam" => self.resource.strip_prefix("server-certificate/").is_some_and(|name| !name.is_empty()),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_taken_apart() {
        let arn = Arn::parse("arn:aws:acm:us-east-1:123456789012:certificate/0a:b").unwrap();
        assert_eq!((arn.partition, arn.region, arn.resource), ("aws", "us-east-1", "certificate/0a:b"));
        assert!(arn.can_be_certificate());
        for wrong in ["", "x", "arn:aws:acm", "arn:aws:acm:us-east-1:1", "arn::acm:r:1:x", "arn:aws:acm:r:1:"]
        {
            assert_eq!(Arn::parse(wrong), None, "{wrong}");
        }
        let other = Arn::parse("arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/x").unwrap();
        assert!(!other.can_be_certificate());
    }
}
