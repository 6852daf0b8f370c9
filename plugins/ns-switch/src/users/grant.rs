//! Issues credentials and puts them in their place: rights first, the place first, then the cluster, then the file.

use std::time::Duration;

use jiff::Timestamp;
use shared::{
    Error, Result, base64,
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on},
    client::{Client, Environment},
    output::{Printer, sanitize_line},
};

use super::{
    Destination, Lifetime, Placed, Records, Subject, UserAccess,
    certificate::{self, CertificateRequest},
    destination,
    issued::Credentials,
    rights, token,
};
use crate::{
    credentials::ClientCertificate,
    kubeconfigs::{Kubeconfigs, without_credentials},
};

/// Credentials that end this much earlier than asked for are worth a warning. The signer of kube-controller-manager lets
/// certificates begin, and so end, five minutes earlier, for clocks that are behind (`pkg/controller/certificates/authority`).
const NOTABLE: Duration = Duration::from_secs(600);

/// What is to be issued.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'a> {
    /// Who gets it.
    pub subject: &'a Subject,
    /// The groups in a certificate.
    pub groups: &'a [String],
    /// How long it is to be valid.
    pub lifetime: Lifetime,
    /// How long the signer may take.
    pub timeout: Duration,
    /// The namespace of the new context.
    pub namespace: Option<&'a str>,
    /// Whether only to ask.
    pub dry_run: DryRun,
}

/// Issues credentials to somebody new. A dry run issues nothing and writes nothing; the result says what would be.
///
/// # Errors
/// The place is taken, a right is missing, the server or the signer refuses, or the file can't be written.
pub fn grant(
    grant: Grant<'_>,
    to: &Destination,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<UserAccess> {
    to.check_free(kubeconfigs)?;
    let cluster = destination::cluster(kubeconfigs, connection)?;
    let (server, credentials) = issue(grant, kubeconfigs, connection, None, printer)?;
    let Some(credentials) = credentials else { return Ok(access(grant, None, of(to))) };
    let place = (grant.subject, &credentials);
    let placed = to.place(place, (cluster, grant.namespace), kubeconfigs, connection, printer)?;
    Ok(finish(grant, &server, &credentials, placed, printer))
}

/// Renews credentials where they are. The groups of a certificate stay unless others are named.
///
/// # Errors
/// There are none, they are somebody else's or for another cluster; otherwise as [`grant`].
pub fn renew(
    grant: Grant<'_>,
    of_user: &Destination,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<UserAccess> {
    let existing = of_user.existing(kubeconfigs)?;
    let guarded = |sentence: String| Err(Error::new(sentence).with_status(ExitStatus::Guarded));
    let mut groups = grant.groups.to_vec();
    if let (Subject::User(name), Some(data)) =
        (grant.subject, existing.body["client-certificate-data"].as_str())
    {
        let pem = base64::decode(data.as_bytes()).unwrap_or_default();
        if let Ok(certificate) = ClientCertificate::from_pem(&pem) {
            let found = certificate.common_name.unwrap_or_default();
            if found != *name {
                return guarded(format!(
                    "the certificate there is that of \"{}\", not of \"{}\"",
                    sanitize_line(&found),
                    sanitize_line(name)
                ));
            }
            if groups.is_empty() {
                groups = certificate.organizations;
            }
        }
    }
    let grant = Grant { groups: &groups, ..grant };
    let (server, credentials) = issue(grant, kubeconfigs, connection, existing.server.as_deref(), printer)?;
    let Some(credentials) = credentials else { return Ok(access(grant, None, of(of_user))) };
    let placed = of_user.replace(&existing, &credentials, kubeconfigs, connection, printer)?;
    Ok(finish(grant, &server, &credentials, placed, printer))
}

fn of(destination: &Destination) -> Placed {
    match destination {
        Destination::File(file) => Placed { file: Some(file.display().to_string()), context: None },
        Destination::Context(context) => Placed { file: None, context: Some(context.clone()) },
    }
}

/// Returns the server and the credentials; no credentials after a dry run.
fn issue(
    grant: Grant<'_>,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    expected_server: Option<&str>,
    printer: &Printer,
) -> Result<(String, Option<Credentials>)> {
    let kubeconfig = kubeconfigs.load(false)?;
    block_on(async {
        let environment = Environment::from_process();
        let client = Client::connect_with(connection, &kubeconfig, &environment, printer.stderr_sink())?;
        let server = without_credentials(client.server());
        let same = |one: &str| one.trim_end_matches('/') == client.server().trim_end_matches('/');
        if let Some(other) = expected_server.filter(|other| !same(other)) {
            let sentence = format!(
                "the credentials are for {}, and the current context leads to {server}",
                without_credentials(other)
            );
            return Err(Error::new(sentence)
                .with_status(ExitStatus::Guarded)
                .with_hint("choose a context of that cluster with --context"));
        }
        if grant.dry_run == DryRun::Client {
            return Ok((server, None));
        }
        rights::check(&client, grant.subject).await?;
        let is_dry = grant.dry_run.is_dry();
        let credentials = match grant.subject {
            Subject::User(name) => {
                let wanted = CertificateRequest {
                    name,
                    groups: grant.groups,
                    lifetime: grant.lifetime,
                    timeout: grant.timeout,
                };
                if is_dry {
                    certificate::dry_run(&client, wanted).await?;
                    return Ok((server, None));
                }
                let _progress = printer.progress("waiting for the signer");
                certificate::issue(&client, wanted).await?
            }
            Subject::ServiceAccount { namespace, name } => {
                token::issue(&client, namespace, name, grant.lifetime, is_dry).await?
            }
        };
        Ok((server, Some(credentials).filter(|_| !is_dry)))
    })
}

fn access(grant: Grant<'_>, credentials: Option<&Credentials>, placed: Placed) -> UserAccess {
    UserAccess {
        name: grant.subject.to_string(),
        groups: grant.groups.to_vec(),
        credential: grant.subject.credential(),
        request: credentials.and_then(|credentials| credentials.request.clone()),
        expires: credentials.and_then(|credentials| credentials.expires),
        file: placed.file,
        context: placed.context,
    }
}

/// Records what was issued, and tells what is not as asked for.
fn finish(
    grant: Grant<'_>,
    server: &str,
    credentials: &Credentials,
    placed: Placed,
    printer: &mut Printer,
) -> UserAccess {
    let access = access(grant, Some(credentials), placed);
    let now = Timestamp::now();
    if let Err(error) = Records::of_user().add(server, &access, now) {
        printer.warning(format!("`kubectl ns-switch user list` will not know of it for long: {error}"));
    }
    if let Some(expires) = access.expires
        && let Ok(valid) = Duration::try_from(expires.duration_since(now))
        && valid + NOTABLE < grant.lifetime.0
    {
        printer.warning(format!("the cluster grants less than {}: it expires at {expires}", grant.lifetime));
    }
    access
}
