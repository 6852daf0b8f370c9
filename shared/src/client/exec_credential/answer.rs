//! What a credential plugin prints: an `ExecCredential` in JSON or YAML.

use secrecy::SecretString;
use serde::Deserialize;

use super::Credential;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct ExecCredential {
    api_version: String,
    kind: String,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Status {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
    expiration_timestamp: Option<String>,
}

/// Reads an answer to a question of this `api_version`.
///
/// # Errors
/// client-go's sentence for an answer that can't be used; never what stands in it.
pub(super) fn read(stdout: &[u8], api_version: &str) -> Result<Credential, String> {
    // YAML is tried after JSON only, since its parser takes tabs and some escapes of JSON for errors.
    let answer: ExecCredential =
        serde_json::from_slice(stdout).or_else(|_| serde_yaml::from_slice(stdout)).map_err(|_| {
            "decoding stdout: the plugin did not print an ExecCredential in JSON or YAML".to_owned()
        })?;
    if answer.kind != "ExecCredential" {
        return Err("decoding stdout: Object 'Kind' is missing or is not ExecCredential".into());
    }
    if answer.api_version != api_version {
        return Err(format!(
            "exec plugin is configured to use API version {api_version}, plugin returned version {}",
            answer.api_version
        ));
    }
    let status = answer.status.ok_or("exec plugin didn't return a status field")?;
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let token = filled(status.token).map(SecretString::from);
    let certificate = match (filled(status.client_certificate_data), filled(status.client_key_data)) {
        (Some(certificate), Some(key)) => Some((certificate, SecretString::from(key))),
        (None, None) if token.is_none() => {
            return Err("exec plugin didn't return a token or cert/key pair".into());
        }
        (None, None) => None,
        _ => return Err("exec plugin returned only certificate or key, not both".into()),
    };
    let expires = filled(status.expiration_timestamp)
        .map(|time| {
            time.parse().map_err(|_| "decoding stdout: expirationTimestamp is no RFC 3339 time".to_owned())
        })
        .transpose()?;
    Ok(Credential { token, certificate, expires })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    const V1: &str = "client.authentication.k8s.io/v1";

    fn refused(stdout: &str) -> String {
        read(stdout.as_bytes(), V1).unwrap_err()
    }

    #[test]
    fn reads_json_and_yaml() {
        let json = format!(
            r#"{{"apiVersion":"{V1}","kind":"ExecCredential","status":{{"token":"t","expirationTimestamp":"2026-01-02T03:04:05Z"}}}}"#
        );
        let yaml = format!(
            "apiVersion: {V1}\nkind: ExecCredential\nstatus:\n  clientCertificateData: c\n  clientKeyData: k\n"
        );
        let by_token = read(json.as_bytes(), V1).unwrap();
        assert_eq!(by_token.token.unwrap().expose_secret(), "t");
        assert_eq!(by_token.expires.unwrap().to_string(), "2026-01-02T03:04:05Z");
        let by_certificate = read(yaml.as_bytes(), V1).unwrap();
        assert!(by_certificate.token.is_none());
        let (certificate, key) = by_certificate.certificate.unwrap();
        assert_eq!((certificate.as_str(), key.expose_secret()), ("c", "k"));
    }

    #[test]
    fn refuses_what_client_go_refuses() {
        let head = format!("apiVersion: {V1}\nkind: ExecCredential\n");
        assert_eq!(refused(&head), "exec plugin didn't return a status field");
        assert_eq!(
            refused(&format!("{head}status: {{}}")),
            "exec plugin didn't return a token or cert/key pair"
        );
        assert_eq!(
            refused(&format!("{head}status: {{clientKeyData: k}}")),
            "exec plugin returned only certificate or key, not both"
        );
        assert_eq!(
            refused(
                "apiVersion: client.authentication.k8s.io/v1beta1\nkind: ExecCredential\nstatus: {token: t}"
            ),
            "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1"
        );
    }

    #[test]
    fn never_repeats_what_was_printed() {
        for stdout in ["hunter2", "token: hunter2", "{\"hunter2\"", "- hunter2", "kind: {hunter2: 1}"] {
            assert!(!refused(stdout).contains("hunter2"), "{}", refused(stdout));
        }
    }
}
