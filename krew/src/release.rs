//! From executables to all that a release carries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use semver::Version;
use shared::{Error, Result, output::Printer};

use crate::{
    archive::pack,
    checksum::sha256,
    executables::{platforms, runnable},
    pages::{member, pages},
    templates::{Place, TEMPLATES, fill},
};

/// Makes the archives, checksums, krew manifests and krew index of a release
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// The folder of the executables: one folder for each platform, such as linux-amd64/kubectl-quota
    #[arg(long, value_name = "FOLDER")]
    pub executables: PathBuf,

    /// The folder to write to: archives/ for the release, index/ for the repository of a krew index
    #[arg(long, value_name = "FOLDER")]
    pub output: PathBuf,

    /// The address of the repository, whose releases carry the archives
    #[arg(long, value_name = "URL")]
    pub repository: String,

    /// The address of the archives, where it is not that of the repository's release
    #[arg(long, value_name = "URL")]
    pub downloads: Option<String>,

    /// The version released
    #[arg(long, default_value = env!("CARGO_PKG_VERSION"))]
    pub release: Version,
}

/// Writes the release, or nothing if anything is wrong.
pub fn run(arguments: &Arguments, printer: &mut Printer) -> Result<()> {
    for (path, content) in files(arguments)? {
        let path = arguments.output.join(path);
        let failed = |error| Error::new(format!("can't write {}: {error}", path.display()));
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(failed)?;
        fs::write(&path, content).map_err(failed)?;
        printer.note(format!("wrote {}", path.display()));
    }
    Ok(())
}

/// Returns the files of a release by their paths in the output folder.
fn files(arguments: &Arguments) -> Result<Vec<(String, Vec<u8>)>> {
    let version = &arguments.release;
    let repository = arguments.repository.trim_end_matches('/');
    let of_release = format!("{repository}/releases/download/v{version}");
    let downloads = arguments.downloads.as_deref().unwrap_or(&of_release).trim_end_matches('/');
    let place = Place { version, repository, downloads };

    let platforms = platforms(&arguments.executables, &TEMPLATES.map(|(name, _)| name))?;
    let here = runnable(&platforms)?;
    let mut files = Vec::new();
    let mut checksums = String::new();
    let mut manifests = Vec::new();
    for (name, template) in TEMPLATES {
        let pages = pages(name, &here.executable(name), &source())?;
        let mut archives = Vec::new();
        for found in &platforms {
            let platform = found.platform;
            let executable = member(&platform.executable(name), &found.executable(name), 0o755)?;
            let archive = platform.archive(name, version);
            let members: Vec<_> = [&executable].into_iter().chain(&pages).collect();
            let packed = pack(&archive, &members)
                .map_err(|error| Error::new(format!("can't make the archive {archive}: {error}")))?;
            let sha256 = sha256(&packed);
            checksums.push_str(&format!("{sha256}  {archive}\n"));
            files.push((format!("archives/{archive}"), packed));
            archives.push((platform, sha256));
        }
        let manifest = fill(name, template, place, &archives)?;
        manifests.push((format!("index/plugins/{name}.yaml"), manifest.into_bytes()));
    }
    files.push(("archives/SHA256SUMS".to_owned(), checksums.into_bytes()));
    files.append(&mut manifests);
    Ok(files)
}

/// Returns the clone that has LICENSE and completions: where cargo runs this, else where it was compiled.
fn source() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map(Path::to_path_buf).unwrap_or(package)
}

#[cfg(test)]
#[path = "release_tests.rs"]
mod tests;
