//! Questions instead of flags: each limit with what is in use beside it.

use shared::{
    Result,
    admission::{limit_range::Item, quota_facts::Amounts},
    prompt::{Prompter, Question},
    quantity::Quantity,
    resources::ResourceList,
};

use super::{
    answers::{Answers, DEFAULT_NAME, limits_of_team},
    args::CreateArgs,
    profile::Team,
};
use crate::{inventory::Inventory, proposal::QuotaProposal, sizing::Advice};

/// Asks for the namespace, with the current one preselected.
///
/// # Errors
/// No terminal, or Ctrl-C.
pub fn namespace(prompter: &mut dyn Prompter, names: &[String], current: &str) -> Result<String> {
    let question = Question { text: "Namespace", answered_by: "-n NAME" };
    let default = names.iter().position(|name| name == current).unwrap_or(0);
    let chosen = prompter.fuzzy_select(question, names, default)?;
    Ok(names.get(chosen).cloned().unwrap_or_else(|| current.to_owned()))
}

/// Asks for name, limits and defaults.
///
/// # Errors
/// No terminal, or Ctrl-C.
pub fn answers(
    prompter: &mut dyn Prompter,
    args: &CreateArgs,
    inventory: &Inventory,
    advice: &Advice,
) -> Result<Answers> {
    let question = Question {
        text: "Team size",
        answered_by: "--hard RESOURCE=QUANTITY,…, or --team small|medium|large|custom",
    };
    let items = Team::ALL.map(|team| description(team, advice));
    let chosen = prompter.select(question, &items, 0)?;
    let team = Team::ALL.get(chosen).copied().unwrap_or(Team::Custom);
    let (hard, container) = limits_of_team(team, || Ok(advice.clone()))?;
    let hard = ask_limits(prompter, &hard, inventory, advice)?;
    let container = ask_defaults(prompter, container, advice)?;
    let name = match &args.name {
        Some(name) => name.clone(),
        None => {
            let present = inventory.rules.quotas.first().map_or(DEFAULT_NAME, |quota| &quota.name);
            let question = Question { text: "Name of the quota", answered_by: "a name" };
            prompter.input(question, present, &|text| match text.is_empty() {
                true => Err("enter a name".to_owned()),
                false => Ok(()),
            })?
        }
    };
    Ok(Answers { name, hard, scopes: args.scopes.clone(), requirements: args.requirements(), container })
}

fn description(team: Team, advice: &Advice) -> String {
    let measured = || advice.proposal.quota.as_ref().map(|quota| quota.hard.clone());
    let hard = team.hard().or_else(measured).unwrap_or_default();
    let shown = ["requests.cpu", "requests.memory", "pods"];
    let shown: Vec<_> =
        shown.iter().filter_map(|name| Some(format!("{name} {}", hard.get(*name)?))).collect();
    let origin = if team == Team::Custom { "sized by what runs: " } else { "" };
    format!("{:<7} {origin}{}", team.word(), shown.join(", "))
}

/// Asks for each limit. The proposed value is never below what running workloads need.
fn ask_limits(
    prompter: &mut dyn Prompter,
    start: &Amounts,
    inventory: &Inventory,
    advice: &Advice,
) -> Result<Amounts> {
    let used = inventory.counted_quota("", start.clone(), Vec::new()).used;
    let mut hard = Amounts::new();
    for (resource, amount) in start {
        let needed = advice.hard.get(resource).map(|sized| &sized.hard);
        let proposed = needed.filter(|needed| *needed > amount).unwrap_or(amount);
        let used = used.get(resource).map_or(Quantity::ZERO, |used| used.in_format_of(amount));
        let text = format!("{resource} (in use {used}; empty for no limit)");
        let question = Question { text: &text, answered_by: "--hard RESOURCE=QUANTITY,…" };
        let answer = prompter.input(question, &proposed.text(), &|text| check_limit(resource, text))?;
        if let Ok(amount) = Quantity::parse(answer.trim()) {
            hard.insert(resource.clone(), amount);
        }
    }
    Ok(hard)
}

fn check_limit(resource: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let amount = Quantity::parse(text.trim()).map_err(|error| error.to_string())?;
    let quota = QuotaProposal { hard: [(resource.to_owned(), amount)].into(), ..QuotaProposal::default() };
    match quota.complaints().into_iter().next() {
        Some(complaint) => Err(complaint),
        None => Ok(()),
    }
}

/// Asks for the default requests and limits of containers.
fn ask_defaults(prompter: &mut dyn Prompter, mut item: Item, advice: &Advice) -> Result<Item> {
    let advised = advice.proposal.range.as_ref().map(|range| &range.container);
    let nothing = ResourceList::new();
    let (requests, limits) =
        advised.map_or((&nothing, &nothing), |item| (&item.default_request, &item.default));
    for (word, flag, list, advised) in [
        ("request", "--default-request RESOURCE=QUANTITY,…", &mut item.default_request, requests),
        ("limit", "--default-limit RESOURCE=QUANTITY,…", &mut item.default, limits),
    ] {
        for resource in ["cpu", "memory"] {
            let advised = match advised.get(resource) {
                Some(amount) => format!("sized by what runs: {amount}; "),
                None => String::new(),
            };
            let text = format!("Default {word} of {resource} ({advised}empty for none)");
            let proposed = list.get(resource).map(|amount| amount.text().into_owned()).unwrap_or_default();
            let question = Question { text: &text, answered_by: flag };
            let answer = prompter
                .input(question, &proposed, &|text| check_limit(&format!("requests.{resource}"), text))?;
            match Quantity::parse(answer.trim()) {
                Ok(amount) => drop(list.insert(resource.to_owned(), amount)),
                Err(_) => drop(list.remove(resource)),
            }
        }
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use shared::prompt::{Answer, ScriptedPrompter};

    use super::*;

    #[test]
    fn every_number_is_asked_for_with_what_is_in_use() {
        let input = |text: &str| Answer::Input(text.to_owned());
        let small = description(Team::Small, &Advice::default());
        let mut typed = vec![Answer::Item(small)];
        typed.extend(
            ["7", "8Gi", "5", "12", "", "2Gi", "", "3", "100m", "64Mi", "", "1Gi", "blue"].map(input),
        );
        let mut prompter = ScriptedPrompter::new(typed);
        let args = CreateArgs {
            name: None,
            hard: vec![],
            scopes: vec![],
            scope_selector: None,
            team: None,
            limits: Default::default(),
            yes: false,
            force: false,
            dry_run: Default::default(),
            no_wait: false,
            output: None,
        };
        let answers = answers(&mut prompter, &args, &Inventory::default(), &Advice::default()).unwrap();
        assert_eq!(prompter.unused(), 0);
        assert_eq!(prompter.asked()[1], "limits.cpu (in use 0; empty for no limit)");
        assert_eq!(prompter.asked()[12], "Default limit of memory (empty for none)");
        assert_eq!(answers.name, "blue");
        assert_eq!(
            crate::proposal::list_text(&answers.hard),
            "limits.cpu=7,limits.memory=8Gi,persistentvolumeclaims=5,pods=12,requests.memory=2Gi,services.loadbalancers=3"
        );
    }
}
