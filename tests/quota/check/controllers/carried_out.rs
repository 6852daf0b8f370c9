//! Everything that `check` foretells comes true: which objects are admitted, how many pods there are in the end, and the
//! words of the refusals.

use serde_json::Value;
use support::{Random, number, seed};

use super::{
    autoscalers_first,
    observation::{complete_pods, eventually, is_told, with_made_up_names},
    requests::{next_job, send},
    run_all,
    scenario::Scenario,
};
use crate::{check::differential::sentences, objects::without_namespace, support::administrator};

const TRIALS: u64 = 12;

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

struct Counts {
    objects: usize,
    refused: usize,
    uncertain: usize,
}

/// Carries out what was foretold for one manifest; an error says what came otherwise.
fn carry_out(object: &Value, row: &Value) -> Result<(), String> {
    let namespace = object["metadata"]["namespace"].as_str().expect("a namespace");
    let name = object["metadata"]["name"].as_str().expect("a name");
    let messages = texts(&row["messages"]);
    let is_refused = row["verdict"] == "Refused";
    let agrees = |told: &str| {
        let told = with_made_up_names(told, name);
        let ours = |message: &String| with_made_up_names(message, name);
        is_refused && messages.iter().any(|message| sentences::same(&told, &ours(message)))
    };
    if let Some(told) = send(object, false) {
        return if agrees(&told) { Ok(()) } else { Err(format!("the server says: {told}")) };
    }
    if object["kind"] == "CronJob" {
        let told = next_job(object);
        let (Some(wanted), Some(admitted)) =
            (row["pods"]["wanted"].as_u64(), row["pods"]["admitted"].as_u64())
        else {
            return Err("no pods are foretold".to_owned());
        };
        return match told {
            None if admitted > 0 => Ok(()),
            None if messages.iter().any(|one| one.contains("claims")) => Ok(()),
            Some(told) if admitted == 0 && wanted > 0 && agrees(&told) => Ok(()),
            told => Err(format!("the server says of its next Job: {told:?}")),
        };
    }
    let is_pod = object["kind"] == "Pod";
    if row["pods"].is_null() && !is_pod {
        return if is_refused { Err("the server admits it".to_owned()) } else { Ok(()) };
    }
    let admitted = match is_pod {
        true => usize::from(!is_refused),
        false => {
            usize::try_from(row["pods"]["admitted"].as_u64().expect("a number")).expect("a number of pods")
        }
    };
    if !eventually(|| complete_pods(namespace, name) == admitted) {
        return Err(format!("there are {} pods with all they need", complete_pods(namespace, name)));
    }
    // No event tells of a refused ControllerRevision.
    let is_silent = messages.iter().any(|message| message.starts_with("controllerrevisions.apps "));
    if is_refused && !is_silent && !eventually(|| is_told(namespace, name, &messages)) {
        return Err("no event tells any of these messages".to_owned());
    }
    Ok(())
}

fn run(scenario: &Scenario) -> Counts {
    scenario.set_up();
    let env = administrator();
    let given: Vec<_> = scenario.manifests.iter().cloned().map(without_namespace).collect();
    env.file("work.json", crate::objects::list(&given).to_string());
    let arguments = ["quota", "check", "-n", &scenario.namespace, "-f", "work.json", "-o", "json"];
    let checked = env.run("kubectl", arguments);
    let rows = checked.json()["objects"].as_array().expect("objects").clone();
    assert_eq!(rows.len(), scenario.manifests.len(), "{checked}");
    let counted = |verdict: &str| rows.iter().filter(|row| row["verdict"] == verdict).count();
    let counts = Counts { objects: rows.len(), refused: counted("Refused"), uncertain: counted("Unknown") };
    if counts.uncertain == 0 {
        for (object, row) in autoscalers_first(&scenario.manifests, &rows) {
            let outcome = carry_out(object, row);
            assert!(
                outcome.is_ok(),
                "{}\n{}\nforetold: {row}\n{}",
                scenario.report(),
                object,
                outcome.expect_err("why")
            );
        }
        // Nothing that was made later took or gave any.
        for (object, row) in
            scenario.manifests.iter().zip(&rows).filter(|(object, _)| object["kind"] != "CronJob")
        {
            let Some(admitted) = row["pods"]["admitted"].as_u64() else { continue };
            let name = object["metadata"]["name"].as_str().expect("a name");
            let now = complete_pods(&scenario.namespace, name);
            assert_eq!(Some(now), usize::try_from(admitted).ok(), "{}\n{name}: {row}", scenario.report());
        }
    }
    scenario.clear();
    counts
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed and the figures are for whoever ran it")]
fn what_controllers_make_is_what_was_foretold() {
    let seed = seed("CONTROLLERS_SEED");
    let trials = number("CONTROLLERS_TRIALS").unwrap_or(TRIALS);
    println!("CONTROLLERS_SEED={seed} CONTROLLERS_TRIALS={trials}");
    let mut random = Random::new(seed);
    let scenarios: Vec<_> = (0..trials).map(|_| Scenario::new(&mut random, true)).collect();
    let counts = run_all(&scenarios, &format!("CONTROLLERS_SEED={seed}"), run);
    let sum = |of: fn(&Counts) -> usize| counts.iter().map(of).sum::<usize>();
    let (objects, refused, uncertain) =
        (sum(|one| one.objects), sum(|one| one.refused), sum(|one| one.uncertain));
    println!("{trials} trials, {objects} objects, {refused} refused, {uncertain} left open by us, 0 wrong");
    assert!(refused * 6 > objects && refused * 6 < objects * 5, "{refused} of {objects} were refused");
    assert!(uncertain * 50 < objects, "{uncertain} of {objects} were left open");
}
