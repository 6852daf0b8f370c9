//! Listing the contexts of many kubeconfig files, one context each: ours finds them by the settings, kubectl by a list of all of
//! them in KUBECONFIG.

use std::fs;

use shared::{Error, Result, output::Printer};

use super::{
    binaries, kubeconfigs,
    measure::{Contestant, measure},
    report,
};

/// Measures ours and kubectl on the same files.
///
/// # Errors
/// The builds, the files or the runs fail.
pub fn run(files: usize, runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&["kubectl-ns_switch"])?;
    let kubectl = cluster::Programs::find_or_build().map_err(|error| Error::new(error.to_string()))?;
    let failed = |error: std::io::Error| Error::new(format!("can't make the files: {error}"));
    let home = tempfile::tempdir_in(&folder).map_err(failed)?;
    let (configs, settings) = (home.path().join("configs"), home.path().join(".config/kubectl-ns-switch"));
    fs::create_dir_all(&configs).map_err(failed)?;
    fs::create_dir_all(&settings).map_err(failed)?;
    fs::write(settings.join("config.toml"), "[kubeconfigs]\npaths = [\"~/configs/*\"]\n").map_err(failed)?;
    let own = home.path().join("kubeconfig");
    let mut bytes = kubeconfigs::write(&own, 1)?;
    let mut all = vec![own.clone()];
    for number in 0..files {
        let path = configs.join(format!("{number:04}.yaml"));
        bytes += kubeconfigs::write(&path, 1)?;
        all.push(path);
    }
    let list = std::env::join_paths(&all).map_err(|error| Error::new(error.to_string()))?;
    let environment = |kubeconfig: String| {
        vec![("HOME".to_owned(), home.path().display().to_string()), ("KUBECONFIG".to_owned(), kubeconfig)]
    };
    let contestants = [
        Contestant {
            name: "kubectl-ns_switch contexts".to_owned(),
            program: folder.join("kubectl-ns_switch"),
            turns: vec![vec!["contexts".to_owned()]],
            environment: environment(own.display().to_string()),
        },
        Contestant {
            name: "kubectl config get-contexts".to_owned(),
            program: kubectl.path("kubectl"),
            turns: vec![vec!["config".to_owned(), "get-contexts".to_owned()]],
            environment: environment(list.to_string_lossy().into_owned()),
        },
    ];
    let measured = measure(&contestants, runs)?;
    report::show(&format!("{files} kubeconfig files of {} kB in all", bytes / 1000), &measured, printer)
}
