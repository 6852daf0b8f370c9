//! The manifests of a kustomization, built as kubectl builds them for `kubectl apply -k`.

use std::{io, path::Path, process::Command};

use shared::{Error, Result, dump::Dump};

/// Builds a kustomization: a directory, or a URL as kubectl takes one.
///
/// # Errors
/// No kubectl, and what kubectl says of a kustomization that can't be built.
pub fn build(kustomization: &Path) -> Result<Dump> {
    let name = format!("the kustomization {}", kustomization.display());
    let output = Command::new("kubectl").args(["kustomize", "--"]).arg(kustomization).output();
    let output = output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::new("-k needs kubectl, which is not on the PATH")
            .with_hint("or build it elsewhere: kustomize build DIR | kubectl-quota check -f -"),
        _ => Error::new(format!("kubectl can't build {name}: {error}")),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("error: ");
        return Err(Error::new(format!("kubectl can't build {name}: {said}")));
    }
    Dump::from_bytes(&name, output.stdout)
}
