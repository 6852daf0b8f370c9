//! The Go command: whether it is there, new enough, and what it says when a build fails.

use crate::error::{Context, Error, Result};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Go command for the module in `module`. The user's GOFLAGS could ask for another way of reading modules than
/// the committed go.sum, and a go.work above this repository could hide its go.mod.
pub fn command(module: &Path) -> Command {
    let mut command = Command::new("go");
    command
        .current_dir(module)
        .env("GOFLAGS", "-mod=readonly")
        .env("GOWORK", "off")
        .env("CGO_ENABLED", "0")
        .env_remove("GOOS")
        .env_remove("GOARCH");
    command
}

/// Says so in one sentence when Go is missing or older than the `go` line of go.mod. Go may fetch a newer
/// toolchain by itself, so it is asked inside the module, where it would.
pub fn check(module: &Path, go_mod: &str) -> Result<()> {
    let wanted = wanted_version(go_mod)?;
    let install =
        "install it from https://go.dev/dl, or point KUBEBUILDER_ASSETS to a folder with ready-made programs";
    let output = match command(module).args(["env", "GOVERSION"]).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::new(format!(
                "the control plane is built from source, and there is no go on the PATH: Go {wanted} or newer is needed, {install}"
            )));
        }
        Err(error) => return Err(error).context(|| "cannot run go".into()),
    };
    let found = String::from_utf8_lossy(&output.stdout).trim().trim_start_matches("go").to_owned();
    let (Some(found_parts), Some(wanted_parts)) = (parse(&found), parse(wanted)) else {
        return Err(Error::new(format!(
            "Go {wanted} or newer is needed to build the control plane, and `go env GOVERSION` answered: {}",
            one_line(&output.stderr, &found)
        )));
    };
    if found_parts < wanted_parts {
        return Err(Error::new(format!(
            "Go {found} is too old to build the control plane: Go {wanted} or newer is needed, {install}"
        )));
    }
    Ok(())
}

/// Returns the folder of a module that `module` requires, in Go's cache.
pub fn module_folder(module: &Path, name: &str) -> Result<PathBuf> {
    let output = command(module)
        .args(["list", "-m", "-f", "{{.Dir}}", name])
        .output()
        .context(|| "cannot run go".into())?;
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !output.status.success() || folder.is_empty() {
        return Err(failure(name, &output.stderr));
    }
    Ok(folder.into())
}

/// One sentence about a failed `go build` of `program`.
pub fn failure(program: &str, stderr: &[u8]) -> Error {
    let text = String::from_utf8_lossy(stderr);
    // What the go command says when a module is neither in its cache nor to be had.
    let network = [
        "module lookup disabled",
        "dial tcp",
        "no such host",
        "i/o timeout",
        "proxyconnect",
        "connection refused",
    ];
    match text.lines().find(|line| network.iter().any(|sign| line.contains(sign))) {
        Some(line) => Error::new(format!(
            "cannot download the Go modules of {program}: the network, or the module proxy that GOPROXY names, does not answer ({})",
            line.trim()
        )),
        None => Error::new(format!("cannot build {program}: {}", one_line(stderr, "go build failed"))),
    }
}

fn one_line(stderr: &[u8], otherwise: &str) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { otherwise.to_owned() } else { lines.join("; ") }
}

/// The version behind the `go` line of a go.mod.
fn wanted_version(go_mod: &str) -> Result<&str> {
    go_mod
        .lines()
        .find_map(|line| line.strip_prefix("go "))
        .map(str::trim)
        .ok_or_else(|| Error::new("go.mod of the control plane has no go line"))
}

/// `1.26.8` and `1.27rc1` as numbers that can be compared; a release candidate counts as its release.
fn parse(version: &str) -> Option<[u32; 3]> {
    let mut parts = [0; 3];
    for (part, text) in parts.iter_mut().zip(version.split('.')) {
        let digits = text.split(|character: char| !character.is_ascii_digit()).next()?;
        *part = digits.parse().ok()?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(parse("1.26.8"), Some([1, 26, 8]));
        assert_eq!(parse("1.27rc1"), Some([1, 27, 0]));
        assert!(parse("1.9.7") < parse("1.26"));
        assert_eq!(parse("devel"), None);
        assert_eq!(wanted_version("module x\n\ngo 1.26.0\n").unwrap(), "1.26.0");
    }

    #[test]
    fn a_download_that_fails_is_told_from_code_that_does_not_compile() {
        let offline = failure("etcd", b"go: x@v1: module lookup disabled by GOPROXY=off\n").to_string();
        assert_eq!(
            offline,
            "cannot download the Go modules of etcd: the network, or the module proxy that GOPROXY names, does not answer (go: x@v1: module lookup disabled by GOPROXY=off)"
        );
        let broken = failure("etcd", b"# x\n./a.go:1: undefined: y\n").to_string();
        assert_eq!(broken, "cannot build etcd: # x; ./a.go:1: undefined: y");
    }
}
