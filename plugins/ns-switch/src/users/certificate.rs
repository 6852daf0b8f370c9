//! A certificate through the certificates API: request, approve, wait, fetch, check.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::{Value, json};
use shared::{
    Error, Result, base64, cli::ExitStatus, client::Client, model::path_segment, output::ShellCommand,
};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Lifetime, issued::Credentials, rights::SIGNER, signing_request::SigningRequest};
use crate::credentials::ClientCertificate;

const PATH: &str = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const MANAGER: &str = "fieldManager=kubectl-ns-switch";

/// How often the request is looked at: soon at first, since the signer is quick where it works at all.
const FIRST_LOOK: Duration = Duration::from_millis(20);
const LAST_LOOK: Duration = Duration::from_millis(500);

/// Attempts to approve a request that others change meanwhile.
const ATTEMPTS: usize = 5;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct CertificateRequest<'a> {
    /// The user's name.
    pub name: &'a str,
    /// The user's groups.
    pub groups: &'a [String],
    /// How long it is to be valid.
    pub lifetime: Lifetime,
    /// How long the signer may take.
    pub timeout: Duration,
}

/// Has the server check a request, and store nothing.
///
/// # Errors
/// The server's refusal.
pub async fn dry_run(client: &Client, wanted: CertificateRequest<'_>) -> Result<()> {
    let made = SigningRequest::new(wanted.name, wanted.groups)?;
    let path = format!("{PATH}?{MANAGER}&dryRun=All");
    client.post_json::<Value>(&path, &body(wanted, &made)).await.map(drop)
}

/// Gets a certificate for a new key.
///
/// # Errors
/// The server's or the signer's refusal; [`ExitStatus::Incomplete`] where the signer says nothing in time.
pub async fn issue(client: &Client, wanted: CertificateRequest<'_>) -> Result<Credentials> {
    let made = SigningRequest::new(wanted.name, wanted.groups)?;
    let created: Value = client.post_json(&format!("{PATH}?{MANAGER}"), &body(wanted, &made)).await?;
    let request = created["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    approve(client, created).await?;
    let pem = wait(client, &request, wanted.timeout).await?;
    let expires = check(&pem, wanted, &made)?;
    Ok(Credentials {
        user: json!({
            "client-certificate-data": base64::encode(&pem),
            "client-key-data": made.key_data(),
        }),
        request: Some(request),
        expires,
    })
}

fn body(wanted: CertificateRequest<'_>, made: &SigningRequest) -> Value {
    json!({
        "apiVersion": "certificates.k8s.io/v1",
        "kind": "CertificateSigningRequest",
        "metadata": {
            "generateName": format!("ns-switch-{}-", for_object_name(wanted.name)),
            "labels": {"app.kubernetes.io/managed-by": "kubectl-ns-switch"},
        },
        "spec": {
            "request": base64::encode(made.request.as_bytes()),
            "signerName": SIGNER,
            "usages": ["client auth"],
            "expirationSeconds": wanted.lifetime.0.as_secs(),
        },
    })
}

/// Returns a name with only what names of objects may have (RFC 1123), cut so that there is room for more.
fn for_object_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '-' };
    let text: String = lower.chars().map(plain).take(40).collect();
    text.trim_matches('-').to_owned()
}

/// Approves a request. One that somebody else approved meanwhile needs no more.
async fn approve(client: &Client, created: Value) -> Result<()> {
    let name = created["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let path = format!("{PATH}/{}", path_segment(&name));
    let mut request = created;
    for _ in 0..ATTEMPTS {
        if has_condition(&request, "Approved").is_some() {
            return Ok(());
        }
        let approved = json!({
            "type": "Approved",
            "status": "True",
            "reason": "KubectlNsSwitch",
            "message": "approved by who ran kubectl ns-switch user",
        });
        match request["status"]["conditions"].as_array_mut() {
            Some(conditions) => conditions.push(approved),
            None => request["status"]["conditions"] = json!([approved]),
        }
        match client.put_json::<Value>(&format!("{path}/approval?{MANAGER}"), &request).await {
            Ok(_) => return Ok(()),
            Err(error) if error.is_api(409) => request = client.get_json(&path).await?,
            Err(error) => {
                let command = ShellCommand::new(["kubectl", "delete", "csr"]).name(&name);
                let hint = format!("the request is there, unapproved: `{command}` removes it");
                return Err(error.with_hint(hint));
            }
        }
    }
    Err(Error::new(format!("others keep changing the request {name}")).with_hint("run the command again"))
}

/// Waits for the certificate.
async fn wait(client: &Client, name: &str, timeout: Duration) -> Result<Vec<u8>> {
    let path = format!("{PATH}/{}", path_segment(name));
    let deadline = Instant::now() + timeout;
    let mut pause = FIRST_LOOK;
    loop {
        let request: Value = client.get_json(&path).await?;
        for refusal in ["Denied", "Failed"] {
            if let Some(message) = has_condition(&request, refusal) {
                return Err(Error::new(format!(
                    "the request {name} was {}: {message}",
                    if refusal == "Denied" { "denied" } else { "refused by the signer" }
                )));
            }
        }
        let certificate = request["status"]["certificate"].as_str().unwrap_or_default();
        if let Some(pem) = base64::decode(certificate.as_bytes()).filter(|pem| !pem.is_empty()) {
            return Ok(pem);
        }
        if Instant::now() + pause >= deadline {
            return Err(Error::new(format!(
                "the signer {SIGNER} has not signed the request {name} within {}s",
                timeout.as_secs()
            ))
            .with_status(ExitStatus::Incomplete)
            .with_hint(
                "is kube-controller-manager running with --cluster-signing-cert-file? The command can be run again",
            ));
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LAST_LOOK);
    }
}

/// Returns the message of a condition that a request has.
fn has_condition(request: &Value, kind: &str) -> Option<String> {
    let mut conditions = request["status"]["conditions"].as_array()?.iter();
    let found = conditions.find(|condition| condition["type"] == kind)?;
    let text = [&found["message"], &found["reason"]].into_iter().find_map(|text| text.as_str());
    Some(text.unwrap_or("no reason was given").to_owned())
}

/// Checks that the certificate is of the key and the names that were asked for, and returns its end.
fn check(pem: &[u8], wanted: CertificateRequest<'_>, made: &SigningRequest) -> Result<Option<Timestamp>> {
    let refuse =
        |what: String| Error::new(format!("the certificate that was signed {what}, and was thrown away"));
    let found =
        ClientCertificate::from_pem(pem).map_err(|problem| refuse(format!("can't be used: {problem}")))?;
    let der = CertificateDer::pem_slice_iter(pem).find_map(std::result::Result::ok);
    let key = der.as_ref().and_then(|der| X509Certificate::from_der(der).ok());
    if key.is_none_or(|(_, certificate)| certificate.public_key().raw != made.public_key) {
        return Err(refuse("is of another key".to_owned()));
    }
    if found.common_name.as_deref() != Some(wanted.name) {
        return Err(refuse(format!("names the user {:?}", found.common_name.unwrap_or_default())));
    }
    let (mut groups, mut asked) = (found.organizations, wanted.groups.to_vec());
    groups.sort();
    asked.sort();
    if groups != asked {
        return Err(refuse(format!("names the groups {}", groups.join(", "))));
    }
    Ok(found.expires)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_makes_a_name_of_an_object() {
        for (name, expected) in [
            ("jane", "jane"),
            ("Jane.Doe@example.com", "jane-doe-example-com"),
            ("ünï", "n"),
            ("-", ""),
            (&"x".repeat(64), &"x".repeat(40)),
        ] {
            assert_eq!(for_object_name(name), expected);
        }
    }

    #[test]
    fn a_certificate_of_another_key_is_thrown_away() {
        let groups = ["a".to_owned()];
        let lifetime = Lifetime(Duration::from_secs(3600));
        let wanted = CertificateRequest { name: "jane", groups: &groups, lifetime, timeout: Duration::ZERO };
        let made = SigningRequest::new("jane", &groups).unwrap();
        let mut parameters = rcgen::CertificateParams::default();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "jane");
        let other = parameters.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem();
        let error = check(other.as_bytes(), wanted, &made).unwrap_err();
        assert_eq!(
            error.sentence(),
            "the certificate that was signed is of another key, and was thrown away"
        );
        assert!(check(b"nothing", wanted, &made).is_err());
    }

    #[test]
    fn conditions_are_told_in_the_words_of_who_set_them() {
        let request =
            json!({"status": {"conditions": [{"type": "Denied", "reason": "No", "message": "not you"}]}});
        assert_eq!(has_condition(&request, "Denied").as_deref(), Some("not you"));
        assert_eq!(has_condition(&request, "Failed"), None);
    }
}
