//! The certificates of a TLS listener beside its default one, which clients choose by the name they ask for.

use super::listener_settings::certificates;
use super::listeners::{find, find_mut};
use crate::account::Account;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;

/// How many certificates a listener may have beside the default one.
const LIMIT: usize = 25;

/// `AddListenerCertificates`. One that is there already stays.
pub fn add(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let added = certificates(parameters)?;
    added.iter().try_for_each(|arn| account.certificates.check(arn))?;
    let listener = find_mut(account, parameters.required("ListenerArn")?)?;
    if listener.protocol != "TLS" {
        return Err(Failure::validation("Certificates cannot be added to a listener without TLS"));
    }
    let mut all = listener.more_certificates.clone();
    all.extend(added.iter().filter(|arn| !listener.more_certificates.contains(arn)).cloned());
    if all.len() > LIMIT {
        return Err(Failure::new(
            "TooManyCertificates",
            format!("The limit of {LIMIT} certificates is exceeded"),
        ));
    }
    listener.more_certificates = all;
    Ok(vec![Element::list_of("Certificates", "member", added.iter().map(|arn| member(arn, false)))])
}

/// `RemoveListenerCertificates`.
pub fn remove(account: &mut Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let removed = certificates(parameters)?;
    let listener = find_mut(account, parameters.required("ListenerArn")?)?;
    listener.more_certificates.retain(|arn| !removed.contains(arn));
    Ok(Vec::new())
}

/// `DescribeListenerCertificates`, the default one first.
pub fn describe(account: &Account, parameters: &Parameters) -> Outcome<Vec<Element>> {
    let (_, listener) = find(account, parameters.required("ListenerArn")?)?;
    let default = listener.certificate.iter().map(|arn| member(arn, true));
    let more = listener.more_certificates.iter().map(|arn| member(arn, false));
    Ok(vec![Element::list_of("Certificates", "member", default.chain(more))])
}

fn member(arn: &str, is_default: bool) -> Element {
    Element::new("member").text("CertificateArn", arn).text("IsDefault", is_default)
}
