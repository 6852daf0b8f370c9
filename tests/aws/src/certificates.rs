//! The certificates that load balancers can use. The controllers hand their ARNs on and never ask ACM or IAM, so an ARN is
//! all there is.

use crate::wire::failure::{Failure, Outcome};
use std::collections::BTreeSet;

/// The ARNs of the certificates that exist.
#[derive(Debug, Clone, Default)]
pub struct Certificates {
    arns: BTreeSet<String>,
}

impl Certificates {
    /// Adds a certificate.
    pub fn add(&mut self, arn: &str) {
        self.arns.insert(arn.to_owned());
    }

    /// Removes a certificate, as from the console. Listeners that use it go on.
    pub fn remove(&mut self, arn: &str) {
        self.arns.remove(arn);
    }

    /// Fails unless a classic load balancer can use the certificate.
    pub fn check_classic(&self, arn: &str) -> Outcome<()> {
        if self.arns.contains(arn) {
            return Ok(());
        }
        let message = format!("Server Certificate not found for the key: {arn}");
        Err(Failure::new("CertificateNotFound", message))
    }

    /// Fails unless a network load balancer can use the certificate.
    pub fn check(&self, arn: &str) -> Outcome<()> {
        if self.arns.contains(arn) {
            return Ok(());
        }
        if !is_certificate_arn(arn) {
            return Err(Failure::validation(format!("Certificate ARN '{arn}' is not valid")));
        }
        Err(Failure::new("CertificateNotFound", format!("Certificate '{arn}' not found")))
    }
}

fn is_certificate_arn(text: &str) -> bool {
    let fields: Vec<_> = text.splitn(6, ':').collect();
    let [arn, partition, service, _, account, resource] = fields[..] else { return false };
    let plain = !text.contains([',', ' ', '\n', '"']);
    let resource = match service {
        "acm" => resource.starts_with("certificate/"),
        "iam" => resource.starts_with("server-certificate/"),
        _ => false,
    };
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    arn == "arn" && partition.starts_with("aws") && resource && digits && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_arn_is_told_from_what_is_no_arn() {
        let known = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-1111-1111-111111111111";
        let mut certificates = Certificates::default();
        certificates.add(known);
        let code = |arn: &str| certificates.check(arn).unwrap_err().code;
        assert_eq!(certificates.check(known), Ok(()));
        assert_eq!(certificates.check_classic(known), Ok(()));
        assert_eq!(code(&known.replace('1', "2")), "CertificateNotFound");
        assert_eq!(code("arn:aws:iam::123456789012:server-certificate/web"), "CertificateNotFound");
        for wrong in
            [&format!("{known},{known}"), &format!(" {known}"), "web", &known.replace("acm", "acm-pca")]
        {
            assert_eq!(code(wrong), "ValidationError", "{wrong}");
            assert_eq!(certificates.check_classic(wrong).unwrap_err().code, "CertificateNotFound");
        }
    }
}
