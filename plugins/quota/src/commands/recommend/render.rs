//! Prints recommendations as YAML to apply, as JSON, or as a table.

use shared::{
    Result,
    client::incomplete::Skipped,
    output::{Column, Format, Printer, Table, TableOptions, folded, sanitize_line, yaml_with_comments},
    quantity::{Percent, Quantity},
};

use super::json::recommendation_list;
use crate::sizing::{Advice, needs::NeedReason, reasons};

/// Prints the recommendations.
///
/// # Errors
/// Standard output that cannot be written.
pub fn show(
    all: &[Advice],
    skipped: &[Skipped],
    percent: Percent,
    (format, options): (Format, TableOptions),
    printer: &mut Printer,
) -> Result<()> {
    match format {
        Format::Yaml => {
            let documents: Vec<Vec<String>> =
                all.iter().map(|advice| yaml(advice, percent)).collect::<Result<_>>()?;
            let text = documents.concat().join("---\n");
            match printer.width() {
                Some(width) => printer.data(&with_folded_comments(&text, width)),
                None => printer.data(&text),
            }
        }
        Format::Table | Format::Wide => {
            printer.table_to_fit(&table(all, percent), options, &["RUNS", "NEEDS"]).map(drop)
        }
        format => printer.document(format, &recommendation_list(all, skipped)),
    }
}

/// Returns YAML with the comments in lines that a terminal has room for.
fn with_folded_comments(yaml: &str, width: usize) -> String {
    let mut text = String::new();
    for line in yaml.lines() {
        let indent = line.len() - line.trim_start().len();
        let start = format!("{}# ", " ".repeat(indent));
        match line.strip_prefix(&start) {
            Some(comment) => {
                let lines = folded(comment, [&start, &format!("{start}  ")], width);
                text.extend(lines.iter().flat_map(|line| [line, "\n"]));
            }
            None => text.extend([line, "\n"]),
        }
    }
    text
}

/// Returns the objects of one namespace, with the notes above the first.
fn yaml(advice: &Advice, percent: Percent) -> Result<Vec<String>> {
    let mut heading = String::new();
    for note in &advice.notes {
        heading.push_str(&format!("# {}\n", sanitize_line(note)));
    }
    for one in &advice.violations {
        heading.push_str(&format!("# BREAKS {}\n", sanitize_line(&one.sentence())));
    }
    let mut documents = Vec::new();
    for manifest in advice.proposal.manifests() {
        let reasons = match manifest["kind"] == "ResourceQuota" {
            true => reasons::quota_reasons(advice, percent),
            false => reasons::limit_range_reasons(advice),
        };
        documents.push(format!("{heading}{}", yaml_with_comments(&manifest, &reasons)?));
        heading.clear();
    }
    Ok(documents)
}

fn table(all: &[Advice], percent: Percent) -> Table {
    let mut table = Table::new([
        Column::new("NAMESPACE"),
        Column::new("QUOTA"),
        Column::new("RESOURCE"),
        Column::new("RUNS"),
        Column::new("NEEDS"),
        Column::new("HARD"),
        Column::new("NOW"),
        Column::wide("WHY"),
    ]);
    for advice in all {
        let name = advice.proposal.quota.as_ref().map_or("", |quota| &quota.name);
        for (resource, sized) in &advice.hard {
            let runs = sized.parts.iter().find(|part| part.reason == NeedReason::Runs);
            let runs = runs.map_or(Quantity::ZERO, |part| part.amount.clone());
            table.push([
                advice.proposal.namespace.clone().into(),
                name.to_owned().into(),
                resource.clone().into(),
                runs.in_format_of(&sized.hard).to_string().into(),
                sized.total.in_format_of(&sized.hard).to_string().into(),
                sized.hard.to_string().into(),
                sized.now.as_ref().map_or("-".to_owned(), Quantity::to_string).into(),
                reasons::limit_reason(resource, sized, percent).into(),
            ]);
        }
    }
    table
}
