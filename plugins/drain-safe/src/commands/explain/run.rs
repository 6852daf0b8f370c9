//! `kubectl drain-safe explain` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on, clock::now},
    client::Client,
    model::WidePod,
    output::{Cell, Column, Envelope, Format, Printer, Style, Table, TableOptions, sanitize_line},
};

use super::{
    args::ExplainArgs,
    json::{ExplainedNode, ExplainedPod, Explanation},
};
use crate::{
    api_version::API_VERSION,
    collect::{self, Choice},
    plan::{Facts, Fits, Plan, PodPlan, Verdict, cluster_of, decide_in},
    show,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: ExplainArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let name = args.pod.strip_prefix("pod/").unwrap_or(&args.pod).to_owned();
    let (facts, namespace) = read(&args, &name, connection, printer)?;
    let mut cluster = cluster_of(&facts);
    let plan = decide_in(&facts, cluster.clone(), &args.decision)?;
    let pod = plan.pods().find(|pod| pod.name == name && pod.namespace == namespace);
    let Some(pod) = pod else {
        return Err(Error::new(format!("pods \"{}\" not found", sanitize_line(&name))));
    };
    let original = facts.pods.iter().find(|one| one.metadata.uid == pod.uid && one.metadata.name == pod.name);
    facts.targets.iter().for_each(|node| cluster.cordon(node));
    let nodes = match original {
        Some(original) if pod.fits.is_some() => nodes(&mut cluster, original),
        _ => Vec::new(),
    };
    let explanation =
        Explanation { pod: ExplainedPod { namespace, name }, sentences: sentences(pod, &plan), nodes };
    for skipped in &plan.skipped {
        printer.warning(skipped.sentence());
    }
    match args.output.format {
        Format::Table => show_text(&explanation, printer)?,
        format => printer.document(format, &Envelope::new(API_VERSION, "PodExplanation", &explanation))?,
    }
    Ok(show::exit_status_of(pod))
}

fn read(
    args: &ExplainArgs,
    name: &str,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<(Facts, String)> {
    let choice = |namespace: &str| Choice::NodeOf(namespace.to_owned(), name.to_owned());
    if let Some(path) = &args.dump.from {
        let namespace = connection.namespace.clone().unwrap_or_else(|| "default".to_owned());
        return Ok((collect::from_dump(path, &choice(&namespace), now())?, namespace));
    }
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let namespace = client.namespace().to_owned();
        let facts = collect::from_cluster(&client, &choice(&namespace)).await?;
        Ok((facts, namespace))
    })
}

/// Returns what each node says to the replacement of a pod that goes now, alone.
fn nodes(cluster: &mut shared::placement::Cluster, pod: &WidePod) -> Vec<ExplainedNode> {
    cluster.remove(&pod.metadata.namespace, &pod.metadata.name);
    let Ok(candidate) = cluster.candidate(&pod.replacement()) else { return Vec::new() };
    let explained = cluster.fit_by_node(&candidate).into_iter().map(|fit| ExplainedNode {
        name: fit.node.to_string(),
        fits: if fit.reasons.is_empty() { "yes" } else { "no" },
        reason: (!fit.reasons.is_empty()).then(|| fit.reasons.join(", ")),
    });
    explained.collect()
}

fn sentences(pod: &PodPlan, plan: &Plan) -> Vec<String> {
    let mut sentences = vec![match (pod.verdict, pod.wave) {
        (Verdict::Evict, Some(wave)) => format!("It is evicted in wave {wave} of {}.", plan.waves.len()),
        (Verdict::Returns, Some(wave)) => format!("It is evicted once, in wave {wave}, and may come back."),
        (Verdict::Returns, None) => "It is left, since it would come back at once.".to_owned(),
        (Verdict::Wait, _) => "It is waited for.".to_owned(),
        (Verdict::Skip, _) => "It stays where it is.".to_owned(),
        (Verdict::Unknown, _) => "What becomes of it is unknown.".to_owned(),
        (Verdict::Blocked, _) => "It keeps its node from being drained.".to_owned(),
        (Verdict::Unmanaged | Verdict::Evict, _) => {
            "Nothing would recreate it, so it is not evicted.".to_owned()
        }
    }];
    for reason in &pod.reasons {
        let fix = reason.fix.as_ref().map_or_else(String::new, |fix| format!(" (fix: {fix})"));
        sentences.push(format!("{}: {}{fix}", reason.code.as_str(), reason.message));
    }
    for budget in &pod.budgets {
        let allowed =
            budget.allowed.map_or_else(|| "an unknown number of".to_owned(), |count| count.to_string());
        sentences.push(format!(
            "Budget {} allows {allowed} disruptions now: {} of {} pods are healthy, {} must be.",
            budget.name, budget.healthy, budget.expected, budget.desired
        ));
    }
    match pod.fits {
        Some(Fits::Yes) => sentences.push("Its replacement has a place.".to_owned()),
        Some(Fits::No) => sentences.push("Its replacement has no place.".to_owned()),
        Some(Fits::Unknown) => {
            sentences.push("Whether its replacement has a place can't be told.".to_owned())
        }
        None => sentences.push("Nothing comes in its place.".to_owned()),
    }
    sentences
}

fn show_text(explanation: &Explanation, printer: &mut Printer) -> Result<()> {
    let ExplainedPod { namespace, name } = &explanation.pod;
    let mut text = format!("{}\n", sanitize_line(&format!("{namespace}/{name}")));
    for sentence in &explanation.sentences {
        text.push_str(&format!("  {}\n", sanitize_line(sentence)));
    }
    printer.data(&text)?;
    if explanation.nodes.is_empty() {
        return Ok(());
    }
    printer.data("\n")?;
    let mut table = Table::new(["NODE", "FITS", "REASON"].map(Column::new));
    for node in &explanation.nodes {
        let style = if node.fits == "yes" { Style::Ok } else { Style::Plain };
        table.push([
            node.name.clone().into(),
            Cell::styled(node.fits, style),
            node.reason.clone().unwrap_or_else(|| "-".to_owned()).into(),
        ]);
    }
    printer.table(&table, TableOptions::default())
}
