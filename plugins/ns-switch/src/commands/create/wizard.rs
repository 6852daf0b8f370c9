//! Questions instead of flags. The answers become flags, so that the printed command repeats them.

use shared::{
    Result,
    admission::proposal::TeamSize,
    prompt::{Prompter, Question},
    quantity::Quantity,
};

use super::{
    args::{CreateArgs, NetworkPolicy, PodSecurity, Profile},
    binding::Subject,
};
use crate::switching::check_name;

/// The resources that are asked for, with their flags.
const AMOUNTS: [(&str, &str, &str); 4] = [
    ("CPUs that all pods may request", "requests.cpu", "--cpu"),
    ("Memory that all pods may request", "requests.memory", "--memory"),
    ("Pods", "pods", "--pods"),
    ("Load balancers", "services.loadbalancers", "--load-balancers"),
];

/// Asks for the name.
///
/// # Errors
/// No terminal, or Ctrl-C.
pub fn name(prompter: &mut dyn Prompter) -> Result<String> {
    let question = Question { text: "Namespace", answered_by: "a name" };
    let check = |text: &str| check_name(text.trim()).map_err(|error| error.sentence().to_owned());
    Ok(prompter.input(question, "", &check)?.trim().to_owned())
}

/// Asks for everything else.
///
/// # Errors
/// No terminal, or Ctrl-C.
pub fn answers(prompter: &mut dyn Prompter, args: &mut CreateArgs) -> Result<()> {
    let mut items: Vec<String> = TeamSize::ALL.map(description).into();
    items.push("none     no quota".to_owned());
    let question = Question { text: "Team size", answered_by: "--profile small|medium|large" };
    let chosen = prompter.select(question, &items, 0)?;
    args.profile = [Profile::Small, Profile::Medium, Profile::Large].get(chosen).copied();
    if let Some(profile) = args.profile {
        let hard = profile.size().hard();
        for (words, resource, flag) in AMOUNTS {
            let proposed = hard.get(resource).map(|amount| amount.text().into_owned()).unwrap_or_default();
            let question = Question { text: words, answered_by: flag };
            let check =
                |text: &str| Quantity::parse(text.trim()).map(drop).map_err(|error| error.to_string());
            let answer = prompter.input(question, &proposed, &check)?;
            let amount = Quantity::parse(answer.trim()).ok().filter(|_| answer.trim() != proposed);
            match resource {
                "requests.cpu" => args.cpu = amount,
                "requests.memory" => args.memory = amount,
                "pods" => args.pods = amount,
                _ => args.load_balancers = amount,
            }
        }
    }
    let levels = [
        "baseline     no known way to gain privileges",
        "restricted   only what follows best practices",
        "privileged   everything",
    ]
    .map(ToOwned::to_owned);
    let question = Question { text: "Pod Security", answered_by: "--pod-security LEVEL" };
    let all = [PodSecurity::Baseline, PodSecurity::Restricted, PodSecurity::Privileged];
    args.pod_security = all.get(prompter.select(question, &levels, 0)?).copied();
    let policies = [
        "none           no network policy",
        "deny-ingress   no incoming traffic",
        "deny           no traffic in or out, except DNS",
    ]
    .map(ToOwned::to_owned);
    let question = Question { text: "Network", answered_by: "--network-policy POLICY" };
    match prompter.select(question, &policies, 0)? {
        1 => args.network_policy = NetworkPolicy::DenyIngress,
        2 => (args.network_policy, args.allow_dns) = (NetworkPolicy::Deny, true),
        _ => {}
    }
    for (words, flag, subjects) in [
        (
            "Who may edit it (user:NAME, group:NAME, sa:NAMESPACE/NAME; empty for nobody)",
            "--edit",
            &mut args.edit,
        ),
        ("Who may administer it (empty for nobody)", "--admin", &mut args.admin),
    ] {
        let question = Question { text: words, answered_by: flag };
        let answer = prompter.input(question, "", &|text| read(text).map(drop))?;
        *subjects = read(&answer).unwrap_or_default();
    }
    Ok(())
}

/// Reads subjects with commas or blanks between them.
fn read(text: &str) -> Result<Vec<Subject>, String> {
    text.split([',', ' ']).filter(|word| !word.is_empty()).map(str::parse).collect()
}

fn description(size: TeamSize) -> String {
    let hard = size.hard();
    let shown = ["requests.cpu", "requests.memory", "pods"];
    let shown: Vec<String> =
        shown.iter().filter_map(|name| Some(format!("{name} {}", hard.get(*name)?))).collect();
    format!("{:<8} {}", size.word(), shown.join(", "))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use shared::{
        cli::ConnectionFlags,
        prompt::{Answer, ScriptedPrompter},
    };

    use super::{super::command_line::command_line, *};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: CreateArgs,
    }

    #[test]
    fn the_answers_are_flags() {
        let mut args = Line::try_parse_from(["x", "shop"]).unwrap().args;
        assert!(args.asks());
        let input = |text: &str| Answer::Input(text.to_owned());
        let mut prompter = ScriptedPrompter::new(vec![
            Answer::Item(description(TeamSize::Small)),
            input("2"),
            input("10Gi"),
            input("20"),
            input("2"),
            Answer::Item("restricted   only what follows best practices".to_owned()),
            Answer::Item("deny           no traffic in or out, except DNS".to_owned()),
            input("user:jane, group:shop"),
            input(""),
        ]);
        answers(&mut prompter, &mut args).unwrap();
        assert_eq!(prompter.unused(), 0);
        assert_eq!(
            command_line(&args, &ConnectionFlags::default()).to_string(),
            "kubectl ns-switch create shop --profile small --memory 10Gi --pod-security restricted --network-policy deny --allow-dns --edit user:jane --edit group:shop"
        );
    }
}
