//! A smaller history that goes wrong, too.

use super::{state::State, trial::run};

/// How many smaller histories are tried: each takes a second or two.
const ATTEMPTS: usize = 40;

/// Leaves out steps, annotations and ports for as long as `plan` and the controllers still differ.
pub fn shrink(mut history: Vec<State>, mut wrong: String) -> (Vec<State>, String) {
    let mut attempts = 0;
    let mut at = 0;
    loop {
        let Some(smaller) = candidates(&history).into_iter().nth(at) else { return (history, wrong) };
        if attempts == ATTEMPTS {
            return (history, wrong);
        }
        attempts += 1;
        match run(&smaller) {
            Err(still) if still.lines().next() == wrong.lines().next() => {
                (history, wrong, at) = (smaller, still, 0);
            }
            _ => at += 1,
        }
    }
}

/// All histories with one thing less, those with the fewest steps first.
fn candidates(history: &[State]) -> Vec<Vec<State>> {
    let mut smaller = Vec::new();
    for end in 1..history.len() {
        smaller.push(history[..end].to_vec());
    }
    if history.len() > 1 {
        smaller.extend((0..history.len() - 1).map(|left_out| {
            let mut less = history.to_vec();
            less.remove(left_out);
            less
        }));
    }
    let mut keys: Vec<_> = history.iter().flat_map(|state| state.annotations.keys().copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let mut less = history.to_vec();
        less.iter_mut().for_each(|state| drop(state.annotations.remove(key)));
        smaller.push(less);
    }
    for (at, state) in history.iter().enumerate() {
        for port in (0..state.ports.len()).filter(|_| state.ports.len() > 1) {
            let mut less = history.to_vec();
            less[at].ports.remove(port);
            smaller.push(less);
        }
    }
    // A change that changes nothing makes no controller act.
    smaller.iter_mut().for_each(Vec::dedup);
    smaller.retain(|candidate| candidate != history);
    smaller
}
