//! How fast a plugin starts, and how large it is.

use shared::{
    Error, Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    binaries,
    demands::Demands,
    measure::{Contestant, measure},
    report,
};

/// kubectl takes at least so many times what ours takes.
const KUBECTLS: f64 = 10.0;

/// `--help` of each plugin beside `kubectl version --client`.
///
/// # Errors
/// The builds or the runs fail.
pub fn run(runs: usize, printer: &mut Printer) -> Result<()> {
    let folder = binaries::build(&binaries::NAMES)?;
    let programs = cluster::Programs::find_or_build().map_err(|error| Error::new(error.to_string()))?;
    let mut contestants: Vec<Contestant> = binaries::NAMES
        .iter()
        .map(|name| Contestant {
            name: format!("{name} --help"),
            program: folder.join(name),
            turns: vec![vec!["--help".into()]],
            environment: Vec::new(),
        })
        .collect();
    contestants.push(Contestant {
        name: "kubectl version --client".into(),
        program: programs.path("kubectl"),
        turns: vec![vec!["version".into(), "--client".into()]],
        environment: vec![("HOME".into(), "/nonexistent".into())],
    });
    let measured = measure(&contestants, runs)?;
    report::show("Start", &measured, printer)?;
    let mut demands = Demands::default();
    if let [ours @ .., kubectl] = measured.as_slice() {
        ours.iter().for_each(|one| demands.faster(one, Some(kubectl), KUBECTLS));
    }
    demands.show(printer)?;
    let mut sizes = Table::new(["BINARY", "SIZE"].map(Column::new));
    for name in binaries::NAMES {
        let metadata =
            std::fs::metadata(folder.join(name)).map_err(|error| Error::new(format!("{name}: {error}")))?;
        sizes.push([name.into(), format!("{:.2} MB", metadata.len() as f64 / 1e6).into()]);
    }
    printer.data("\nSize\n")?;
    printer.table(&sizes, TableOptions::default())
}
