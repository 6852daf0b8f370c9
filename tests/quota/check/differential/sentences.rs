//! Whether two answers are the same.

use super::trial::{Answer, Foretold, Verdict};

/// The same verdict, and the server's sentence among ours. What we leave open may end either way, but if refused, then
/// in our words.
pub fn agree(answer: &Answer, foretold: &Foretold) -> bool {
    let among_ours = || foretold.messages.iter().any(|ours| same(&answer.message, ours));
    match foretold.verdict {
        Verdict::Admitted => answer.admitted,
        Verdict::Refused => !answer.admitted && among_ours(),
        Verdict::Unknown => !foretold.messages.is_empty() && (answer.admitted || among_ours()),
    }
}

/// The server goes through maps in random order, so that the complaints in brackets come in any.
pub fn same(theirs: &str, ours: &str) -> bool {
    normal(theirs) == normal(ours)
}

fn normal(message: &str) -> (String, Vec<String>) {
    // The server makes up five letters for a generated name.
    let message = match message.split_once("\"made-up-") {
        Some((before, after)) => {
            let end = after.find('"').expect("a closing quote");
            format!("{before}\"made-up-*{}", &after[end..])
        }
        None => message.to_owned(),
    };
    let Some((head, list)) = message.strip_suffix(']').and_then(|rest| rest.split_once(": [")) else {
        return (message, Vec::new());
    };
    let mut complaints = vec![String::new()];
    for part in list.split(", ") {
        let starts =
            ["spec.", "spec: ", "[]: ", "minimum ", "maximum "].iter().any(|start| part.starts_with(start))
                || part.contains(" max limit to request ratio per ");
        match complaints.last_mut() {
            Some(last) if !starts => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => complaints.push(part.to_owned()),
        }
    }
    complaints.remove(0);
    complaints.sort();
    (head.to_owned(), complaints)
}
