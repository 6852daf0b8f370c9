//! The files that the programs of one control plane read.

use super::audit::POLICY;
use super::options::Options;
use crate::certificates::{Authority, Identity, service_account_keys};
use crate::error::{Context, Result};
use crate::kubeconfig::{Credentials, Kubeconfig};
use crate::kubelet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

pub const ADMINISTRATOR: &str = "admin.kubeconfig";
pub const CONTROLLER_MANAGER: &str = "controller-manager.kubeconfig";
pub const SCHEDULER: &str = "scheduler.kubeconfig";
pub const KUBELETS: &str = "kubelets.kubeconfig";
pub const AUTHORITY: &str = "ca.crt";
pub const AUTHORITY_KEY: &str = "ca.key";
pub const SERVER: &str = "server.crt";
pub const SERVER_KEY: &str = "server.key";
pub const SERVICE_ACCOUNTS: &str = "service-accounts.pub";
pub const SERVICE_ACCOUNTS_KEY: &str = "service-accounts.key";
pub const AUDIT_POLICY: &str = "audit-policy.yaml";
pub const AUDIT_LOG: &str = "audit.log";
pub const ADMISSION: &str = "admission.yaml";
pub const STAGES: &str = "stages.yaml";

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Writes all files and returns the administrator's identity.
pub fn write(folder: &Path, authority: &Authority, server: &str, options: &Options) -> Result<Identity> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .context(|| format!("cannot protect {}", folder.display()))?;
    let names = ["127.0.0.1", "localhost", "kubernetes", "kubernetes.default.svc"];
    let serving = authority.server(&names, SystemTime::now() + YEAR)?;
    let (signing, verifying) = service_account_keys()?;
    let file = |name: &str, content: &str| {
        let path = folder.join(name);
        fs::write(&path, content).context(|| format!("cannot write {}", path.display()))
    };
    file(AUTHORITY, &authority.identity().certificate)?;
    file(AUTHORITY_KEY, &authority.identity().key)?;
    file(SERVER, &serving.certificate)?;
    file(SERVER_KEY, &serving.key)?;
    file(SERVICE_ACCOUNTS, &verifying)?;
    file(SERVICE_ACCOUNTS_KEY, &signing)?;
    file(AUDIT_POLICY, POLICY)?;
    file(STAGES, &kubelet::stages())?;
    if let Some(configuration) = &options.admission_configuration {
        file(ADMISSION, configuration)?;
    }
    let kubeconfig = |name: &str, user: &str, groups: &[&str]| {
        let identity = authority.client(user, groups, SystemTime::now() + YEAR)?;
        let kubeconfig = Kubeconfig {
            name: "admin".into(),
            server: server.to_owned(),
            authority: authority.identity().certificate.clone(),
            namespace: None,
            credentials: Credentials::Certificate(identity.clone()),
        };
        kubeconfig.write(&folder.join(name)).map(|()| identity)
    };
    kubeconfig(CONTROLLER_MANAGER, "system:kube-controller-manager", &[])?;
    kubeconfig(SCHEDULER, "system:kube-scheduler", &[])?;
    // One process for all kubelets, so none of the Node authorizer's users fits.
    kubeconfig(KUBELETS, "kwok", &["system:masters"])?;
    kubeconfig(ADMINISTRATOR, "admin", &["system:masters"])
}

/// Copies a folder and everything in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let context = || format!("cannot copy {} to {}", from.display(), to.display());
    fs::create_dir_all(to).context(context)?;
    // etcd refuses data that others can read.
    fs::set_permissions(to, fs::Permissions::from_mode(0o700)).context(context)?;
    for entry in fs::read_dir(from).context(context)? {
        let entry = entry.context(context)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).context(context)?;
        }
    }
    Ok(())
}
