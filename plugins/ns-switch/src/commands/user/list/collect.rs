//! Reads the requests of the cluster.

use serde_json::Value;
use shared::{
    Error, Result, base64,
    client::{Client, ListOptions},
};
use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

use super::decide::RequestFacts;
use crate::{credentials::ClientCertificate, users::SIGNER};

/// Lists the requests for certificates of clients; with a refusal instead where they may not be listed.
///
/// # Errors
/// The server can't be asked.
pub async fn requests(client: &Client) -> Result<(Vec<RequestFacts>, Option<Error>)> {
    let options =
        ListOptions { label_selector: None, field_selector: Some(format!("spec.signerName={SIGNER}")) };
    let path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    match client.list_values(path, &options).await {
        Ok(items) => Ok((items.iter().map(facts).collect(), None)),
        Err(error) if error.is_api(403) => Ok((Vec::new(), Some(error))),
        Err(error) => Err(error),
    }
}

fn facts(request: &Value) -> RequestFacts {
    let bytes = |field: &Value| base64::decode(field.as_str().unwrap_or_default().as_bytes());
    let pem = bytes(&request["spec"]["request"]).unwrap_or_default();
    let (name, groups) = subject(&pem).unwrap_or_default();
    let conditions = request["status"]["conditions"].as_array().into_iter().flatten();
    let certificate = bytes(&request["status"]["certificate"]).filter(|pem| !pem.is_empty());
    let certificate = certificate.and_then(|pem| ClientCertificate::from_pem(&pem).ok());
    RequestFacts {
        request: request["metadata"]["name"].as_str().unwrap_or_default().to_owned(),
        name,
        groups,
        conditions: conditions.filter_map(|one| one["type"].as_str()).map(ToOwned::to_owned).collect(),
        is_issued: certificate.is_some(),
        expires: certificate.and_then(|certificate| certificate.expires),
    }
}

/// Returns the common name and the organizations that a signing request asks for.
fn subject(pem: &[u8]) -> Option<(String, Vec<String>)> {
    let (_, pem) = x509_parser::pem::parse_x509_pem(pem).ok()?;
    let (_, request) = X509CertificationRequest::from_der(&pem.contents).ok()?;
    let subject = &request.certification_request_info.subject;
    let text = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
        attribute.as_str().ok().map(ToOwned::to_owned)
    };
    let name = subject.iter_common_name().find_map(text).unwrap_or_default();
    Some((name, subject.iter_organization().filter_map(text).collect()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::users::SigningRequest;

    #[test]
    fn a_request_tells_who_asks_for_what() {
        let made = SigningRequest::new("jane", &["a".into(), "b".into()]).unwrap();
        let request = json!({
            "metadata": {"name": "r"},
            "spec": {"request": base64::encode(made.request.as_bytes())},
            "status": {"conditions": [{"type": "Approved"}]},
        });
        let expected = RequestFacts {
            request: "r".into(),
            name: "jane".into(),
            groups: vec!["a".into(), "b".into()],
            conditions: vec!["Approved".into()],
            is_issued: false,
            expires: None,
        };
        assert_eq!(facts(&request), expected);
        assert_eq!(facts(&json!({"spec": {"request": "aGk="}})), RequestFacts::default());
    }
}
