//! `kubectl drain-safe doctor` from flags to exit status.

use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock::now},
    client::Client,
    output::{Cell, Column, Envelope, Format, Printer, Severity, Style, Table, findings},
};

use super::{
    args::DoctorArgs,
    findings::Findings,
    report::{Drainable, NodeReport, Report},
};
use crate::{
    api_version::API_VERSION,
    collect::{self, Choice},
    plan::{Facts, cluster_of, decide_in},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: DoctorArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let mut facts = read(&args, connection, printer)?;
    let cluster = cluster_of(&facts);
    let (mut nodes, mut found) = (Vec::new(), Findings::default());
    let progress = printer.progress("planning every node");
    for name in std::mem::take(&mut facts.targets) {
        facts.targets = vec![name.clone()];
        let plan = decide_in(&facts, cluster.clone(), &args.decision)?;
        nodes.push(NodeReport::of(&name, &plan));
        found.add(&plan);
        progress.step();
    }
    drop(progress);
    for skipped in &facts.skipped {
        printer.warning(skipped.sentence());
    }
    let report = Report { nodes, findings: found.into_vec() };
    match args.output.format {
        Format::Table => show(&report, &args, printer)?,
        format => printer.document(format, &Envelope::new(API_VERSION, "DoctorReport", &report))?,
    }
    let has_error = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    let has_unknown = report.nodes.iter().any(|node| node.drainable == Drainable::Unknown);
    Ok(match (has_error, has_unknown) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

fn read(args: &DoctorArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<Facts> {
    if let Some(path) = &args.dump.from {
        return collect::from_dump(path, &Choice::All, now());
    }
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        collect::from_cluster(&client, &Choice::All).await
    })
}

fn show(report: &Report, args: &DoctorArgs, printer: &mut Printer) -> Result<()> {
    let mut table = Table::new(["NODE", "DRAINABLE", "PODS IN THE WAY"].map(Column::new));
    for node in &report.nodes {
        let (word, style) = match node.drainable {
            Drainable::Yes => ("yes", Style::Ok),
            Drainable::Waits => ("waits", Style::Warning),
            Drainable::No => ("no", Style::Critical),
            Drainable::Unknown => ("unknown", Style::Warning),
        };
        let mut pods: Vec<_> = node
            .pods
            .iter()
            .take(2)
            .map(|pod| format!("{}/{} {}", pod.namespace, pod.name, pod.code.as_str()))
            .collect();
        if node.pods.len() > 2 {
            pods.push(format!("{} more", node.pods.len() - 2));
        }
        let pods = if pods.is_empty() { "-".to_owned() } else { pods.join(", ") };
        table.push([node.name.clone().into(), Cell::styled(word, style), pods.into()]);
    }
    printer.table(&table, args.output.table_options())?;
    if report.findings.is_empty() {
        return Ok(());
    }
    printer.data("\n")?;
    findings::show(&report.findings, args.output.table_options(), printer)
}
