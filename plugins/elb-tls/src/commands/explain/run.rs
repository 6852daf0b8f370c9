//! `kubectl elb-tls explain` from flags to exit status.

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    Error, Result,
    cli::ExitStatus,
    output::{Column, Envelope, Format, Printer, Severity, Table, TableOptions},
};

use super::args::ExplainArgs;
use crate::{
    api_version::API_VERSION,
    controllers::{ControllerKind, RULES_OF},
    keys::{self, Effect, Key, Usage},
    rules::catalog::{self, Rule},
};

/// The document of a key.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyExplanation {
    key: String,
    short_key: &'static str,
    summary: &'static str,
    value: String,
    controllers: Vec<UsageItem>,
    rules_of: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct UsageItem {
    controller: ControllerKind,
    effect: &'static str,
    meaning: &'static str,
    default: Option<&'static str>,
}

/// The document of a rule.
#[derive(Serialize, JsonSchema)]
pub struct RuleExplanation {
    rule: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
}

/// The document of everything.
#[derive(Serialize, JsonSchema)]
pub struct Index {
    keys: Vec<KeyExplanation>,
    rules: Vec<RuleExplanation>,
}

/// Runs the command.
///
/// # Errors
/// A key or rule that does not exist.
pub fn run(args: &ExplainArgs, printer: &mut Printer) -> Result<ExitStatus> {
    let format = args.output.format;
    let options = args.output.table_options();
    let Some(subject) = args.subject.as_deref().map(str::trim) else {
        match format {
            Format::Table => {
                printer.table(&index_of_keys(), options)?;
                printer.data("\n")?;
                printer.table(&index_of_rules(), options)?;
            }
            format => {
                let index = Index {
                    keys: keys::all().map(key_document).collect(),
                    rules: catalog::RULES.iter().map(rule_document).collect(),
                };
                printer.document(format, &Envelope::new(API_VERSION, "ExplanationList", index))?;
            }
        }
        return Ok(ExitStatus::Success);
    };
    if let Some(rule) = catalog::find(subject) {
        match format {
            Format::Table => printer.data(&rule_text(rule))?,
            format => printer
                .document(format, &Envelope::new(API_VERSION, "RuleExplanation", rule_document(rule)))?,
        }
        return Ok(ExitStatus::Success);
    }
    let key = keys::find(subject).ok_or_else(|| unknown(subject))?;
    match format {
        Format::Table => printer.data(&key_text(key, options))?,
        format => {
            printer.document(format, &Envelope::new(API_VERSION, "KeyExplanation", key_document(key)))?
        }
    }
    Ok(ExitStatus::Success)
}

fn unknown(subject: &str) -> Error {
    // A word that does not exist is a usage error, as for `quota lint explain`.
    let error = Error::usage(format!("there is no key and no rule {subject:?}"));
    let all = "list all with: kubectl elb-tls explain";
    match keys::nearest(keys::short_name(subject)) {
        Some(meant) => error.with_hint(format!("did you mean {meant}? {all}")),
        None => error.with_hint(all),
    }
}

fn effect(usage: Usage) -> &'static str {
    match usage.effect {
        Effect::Used => "used",
        Effect::CreateOnly => "at creation",
        Effect::Ignored => "ignored",
        Effect::Refused => "refused",
    }
}

fn usages(key: &Key) -> [(ControllerKind, Usage); 3] {
    [
        (ControllerKind::Classic, key.classic),
        (ControllerKind::NlbInTree, key.nlb_in_tree),
        (ControllerKind::Lbc, key.lbc),
    ]
}

fn key_document(key: &'static Key) -> KeyExplanation {
    let item = |(controller, usage): (ControllerKind, Usage)| UsageItem {
        controller,
        effect: effect(usage),
        meaning: usage.meaning,
        default: (!usage.default.is_empty()).then_some(usage.default),
    };
    KeyExplanation {
        key: key.name(),
        short_key: key.short,
        summary: key.summary,
        value: key.value.words(),
        controllers: usages(key).map(item).into(),
        rules_of: RULES_OF,
    }
}

fn rule_document(rule: &'static Rule) -> RuleExplanation {
    RuleExplanation {
        rule: rule.id,
        severity: rule.severity,
        title: rule.title,
        explanation: rule.explanation,
    }
}

fn key_text(key: &Key, options: TableOptions) -> String {
    let mut table = Table::new(["CONTROLLER", "EFFECT", "MEANING", "DEFAULT"].map(Column::new));
    for (controller, usage) in usages(key) {
        table.push([
            controller.word().into(),
            effect(usage).into(),
            usage.meaning.into(),
            usage.default.into(),
        ]);
    }
    format!(
        "{}\n{}\nValues: {}\n\n{}\nBy the rules of {RULES_OF}.\n",
        key.name(),
        key.summary,
        key.value.words(),
        table.render(options, false)
    )
}

fn rule_text(rule: &Rule) -> String {
    format!("{} ({}): {}\n{}\n", rule.id, word(rule.severity), rule.title, rule.explanation)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn index_of_keys() -> Table {
    let mut table = Table::new(["KEY", "VALUES", "WHAT FOR"].map(Column::new));
    for key in keys::all() {
        table.push([key.short.into(), key.value.words().into(), key.summary.into()]);
    }
    table
}

fn index_of_rules() -> Table {
    let mut table = Table::new(["RULE", "SEVERITY", "FINDS"].map(Column::new));
    for rule in catalog::RULES {
        table.push([rule.id.into(), word(rule.severity).into(), rule.title.into()]);
    }
    table
}
