//! `kubectl elb-tls policies` from flags to exit status.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Result,
    cli::ExitStatus,
    output::{Cell, Column, Envelope, Format, Items, Printer, Style, Table},
};

use super::args::PoliciesArgs;
use crate::{
    api_version::API_VERSION,
    policies::{LoadBalancerType, POLICIES, Policy},
};

/// An item of the document.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    name: String,
    load_balancers: Vec<LoadBalancerType>,
    versions: &'static [&'static str],
    ciphers: &'static str,
    good_for: &'static str,
    deprecated: bool,
}

/// Runs the command.
///
/// # Errors
/// Standard output can't be written.
pub fn run(args: &PoliciesArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let shown: Vec<&Policy> =
        POLICIES.iter().filter(|policy| args.of.is_none_or(|of| policy.is_of(of))).collect();
    match args.output.format {
        Format::Table => printer.table(&table(&shown), args.output.table_options())?,
        Format::Csv => printer.csv(&table(&shown), args.output.table_options().no_headers)?,
        Format::Markdown => printer.markdown(&table(&shown))?,
        Format::Name => {
            let names: String = shown.iter().map(|policy| format!("{}\n", policy.name())).collect();
            printer.data(&names)?;
        }
        format => {
            let items = Items::new(shown.iter().map(|policy| item(policy)));
            printer.document(format, &Envelope::new(API_VERSION, "PolicyList", items))?;
        }
    }
    Ok(ExitStatus::Success)
}

fn types(policy: &Policy) -> Vec<LoadBalancerType> {
    [LoadBalancerType::Classic, LoadBalancerType::Network]
        .into_iter()
        .filter(|of| policy.is_of(*of))
        .collect()
}

fn item(policy: &Policy) -> Item {
    Item {
        name: policy.name(),
        load_balancers: types(policy),
        versions: policy.versions,
        ciphers: policy.ciphers.words(),
        good_for: policy.good_for(),
        deprecated: policy.is_deprecated(),
    }
}

fn table(policies: &[&Policy]) -> Table {
    let mut table = Table::new(["NAME", "LOAD BALANCERS", "TLS", "CIPHERS", "GOOD FOR"].map(Column::new));
    for policy in policies {
        let words = types(policy).into_iter().map(|of| match of {
            LoadBalancerType::Classic => "classic",
            LoadBalancerType::Network => "network",
        });
        let style = if policy.allows_old_tls() { Style::Warning } else { Style::Plain };
        table.push([
            policy.name().into(),
            words.collect::<Vec<_>>().join(",").into(),
            Cell::styled(policy.versions.join(","), style),
            policy.ciphers.words().into(),
            policy.good_for().into(),
        ]);
    }
    table
}
