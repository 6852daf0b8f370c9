//! The answer with its warnings and exit status.

use shared::{
    Error, Result,
    cli::{ExitStatus, OutputFlags},
    client::incomplete::Skipped,
    model::kind::workloads,
    output::Printer,
    workload::autoscaler::autoscaler_kind,
};

use super::{
    args::ExplainFormats,
    consumer_lists::charged_resources,
    explanation::{Explanation, Row, State},
    namespace_snapshot::NamespaceSnapshot,
    render,
};

/// Where the explained workloads are.
pub struct Place {
    /// Its name in sentences: `namespace team`.
    pub name: String,
    /// Whether everything that decides could be read of it.
    pub is_complete: bool,
    /// Whether each namespace is named, and not only where there are several.
    pub names_namespaces: bool,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
}

impl Place {
    /// Returns the place of one namespace.
    pub fn of(snapshot: &NamespaceSnapshot) -> Self {
        Self {
            name: format!("namespace {}", snapshot.namespace),
            is_complete: snapshot.is_complete(),
            names_namespaces: false,
            remarks: snapshot.cluster.remarks.clone(),
        }
    }
}

/// Prints explanations and returns the exit status that they amount to. `is_list` says whether a whole namespace was
/// asked about.
///
/// # Errors
/// Standard output that cannot be written, and facts of which nothing could be read.
pub fn report(
    output: &OutputFlags<ExplainFormats>,
    explanations: &[Explanation],
    place: &Place,
    skipped: &[Skipped],
    is_list: bool,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    place.remarks.iter().for_each(|remark| printer.warning(remark));
    let skipped: Vec<Skipped> = skipped.iter().filter(|one| matters(one, explanations)).cloned().collect();
    let mut shown: Vec<String> = Vec::new();
    for one in &skipped {
        let mut sentence = one.sentence();
        if one.verb == "list" && is_charged(&one.resource, explanations) {
            sentence.push_str("; who uses what the quota limits is not shown");
        }
        if is_of_autoscalers(one) {
            sentence.push_str("; no number of replicas is advised, which an autoscaler might change back");
        }
        if !shown.contains(&sentence) {
            printer.warning(&sentence);
            shown.push(sentence);
        }
    }
    let has = |state: State| explanations.iter().any(|one| one.state == state);
    let is_skipped = |resource: &str| skipped.iter().any(|one| one.resource == resource);
    let sees_no_workload = workloads().all(|kind| is_skipped(&kind.resource()));
    let has_no_message =
        explanations.iter().all(|one| one.controller_messages.is_empty() && one.refusals.is_empty());
    if sees_no_workload || (has(State::Unknown) && has_no_message) {
        return Err(nothing_readable(&place.name));
    }
    let how = (output.format, output.table_options());
    match explanations {
        [one] if !is_list => render::one(one, &skipped, how, printer)?,
        all => {
            if all.is_empty() {
                printer.remark(format!("Nothing is stuck in {}", place.name));
            }
            render::all(all, &skipped, place.names_namespaces, how, printer)?;
        }
    }
    // Classes that cannot be read are assumed to exist; anything else that is missing can change the answer.
    let is_relevant = |one: &Skipped| !one.resource.ends_with("classes");
    let incomplete = has(State::Unknown) || !place.is_complete || skipped.iter().any(is_relevant);
    Ok(match (has(State::Refused) || has(State::NotQuota), incomplete) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}

/// Returns whether an answer is another without what could not be read: autoscalers matter to advice only.
fn matters(skipped: &Skipped, explanations: &[Explanation]) -> bool {
    let is_advised = |one: &Explanation| {
        one.subject.namespace == skipped.namespace && matches!(one.state, State::Refused | State::NotQuota)
    };
    !is_of_autoscalers(skipped) || explanations.iter().any(is_advised)
}

/// Returns whether the objects of a resource are what is charged for something that is short, and nothing else.
fn is_charged(resource: &str, explanations: &[Explanation]) -> bool {
    let rows = explanations.iter().flat_map(|one| &one.refusals);
    let rows: Vec<Row> = rows.cloned().collect();
    resource != "pods" && charged_resources(&rows).iter().any(|charged| charged == resource)
}

fn is_of_autoscalers(skipped: &Skipped) -> bool {
    skipped.resource == autoscaler_kind().resource()
}

fn nothing_readable(place: &str) -> Error {
    Error::new(format!("neither the workloads and rules of {place} nor any failure event can be read"))
        .with_hint(
            "ask for `list` on workloads, pods, events, resourcequotas and limitranges of the namespace",
        )
        .with_status(ExitStatus::NotPermitted)
}
