//! What is the same in every run of what a command prints.

use std::ops::RangeInclusive;

/// Returns a line without what differs from run to run: times, ports, the ends of pods' names, the names of runs and plans,
/// and the widths of columns.
pub fn steady(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let unit = |index: usize| {
        words.get(index + 1).is_some_and(|next| ["s", "failures"].contains(&next.trim_end_matches(',')))
    };
    let number = |word: &str| word.trim_start_matches('(').parse::<f64>().is_ok();
    // A minute and a thousandth have one letter.
    let is_age = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let is_number = words[index].starts_with(|letter: char| letter.is_ascii_digit());
        is_number && (before == Some(&"Active") || words.get(index + 1).is_some_and(|next| *next == "ago"))
    };
    let steady = words.iter().enumerate().map(|(index, text)| match *text {
        text if number(text) && unit(index) => text.replace(text.trim_start_matches('('), "N"),
        _ if is_age(index) => "TIME".to_owned(),
        text => word(text),
    });
    steady.collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    let bare = word.trim_matches(|letter| ",;:()".contains(letter));
    let steady = without_long_numbers(&steady_word(bare));
    if bare.is_empty() { word.to_owned() } else { word.replacen(bare, &steady, 1) }
}

fn steady_word(word: &str) -> String {
    let is_hash =
        |part: &str, length| part.len() == length && part.chars().all(|letter| letter.is_ascii_hexdigit());
    let is_duration = word.starts_with(|letter: char| letter.is_ascii_digit())
        && word.ends_with(['s', 'h', 'd'])
        && word.chars().all(|letter| letter.is_ascii_digit() || ".hmsd".contains(letter));
    let mut parts: Vec<&str> = word.split('-').collect();
    match parts[..] {
        _ if is_duration => "TIME".to_owned(),
        _ if word.starts_with("20") && word.ends_with('Z') => "TIME".to_owned(),
        [day, second, hash] if is_hash(day, 8) && is_hash(second, 6) && is_hash(hash, 4) => "RUN".to_owned(),
        [hash] if is_hash(hash, 12) => "PLAN".to_owned(),
        [_, .., last] if is_suffix(last, 5..=5) => {
            parts.pop();
            if parts.len() > 1 && parts.last().is_some_and(|hash| is_suffix(hash, 7..=10)) {
                parts.pop();
            }
            format!("{}-*", parts.join("-"))
        }
        _ => word.to_owned(),
    }
}

/// Ports and seconds since 1970 have five digits or more.
fn without_long_numbers(word: &str) -> String {
    let (mut kept, mut digits) = (String::new(), String::new());
    for letter in word.chars().chain(['\n']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        kept.push_str(if digits.len() < 5 { &digits } else { "N" });
        digits.clear();
        kept.push(letter);
    }
    kept.pop();
    kept
}

/// Whether it is what Kubernetes appends to a name: letters that make no words (`k8s.io/apimachinery/pkg/util/rand`).
fn is_suffix(part: &str, lengths: RangeInclusive<usize>) -> bool {
    lengths.contains(&part.len()) && part.chars().all(|letter| "bcdfghjklmnpqrstvwxz2456789".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::steady;

    #[test]
    fn what_differs_from_run_to_run_is_left_out() {
        for (line, expected) in [
            ("shop/web-585487495b-65t7p  evicted after 1.25 s", "shop/web-* evicted after N s"),
            ("search/index-2 batch/nightly-report-d5czf", "search/index-2 batch/nightly-report-*"),
            ("run 20261130-073324-6a96, Plan 573d0390610a", "run RUN, Plan PLAN"),
            ("worker-a1 (zone eu-west-1a) 3800m  95%", "worker-a1 (zone eu-west-1a) 3800m 95%"),
            (
                "retries within 1s (8 failures, last 0s ago; up to 16m)",
                "retries within TIME (N failures, last TIME ago; up to 16m)",
            ),
            ("https://127.0.0.1:43337 retry=1796047294 in 364d", "https://127.0.0.1:N retry=N in TIME"),
            ("kept   Active   2m  500m", "kept Active TIME 500m"),
            ("expires in 23h (2026-11-30T12:00:00Z)", "expires in TIME (TIME)"),
        ] {
            assert_eq!(steady(line), expected);
        }
    }
}
