//! What is wrong in the entries that a context names. A switch goes there all the same, but kubectl won't load the file.

use std::path::Path;

use super::{change::List, reading::Reading, sources::ReadFile, sources::Sources};
use crate::kubeconfig::{LoadOptions, Problem, decode::decode_file};
use crate::output::sanitize_line;

impl Sources {
    /// Says, in whole sentences, why kubectl can't load the files once a context of this cluster and this user is the
    /// current one: certificates and keys that are no base64. Only these two entries are decoded.
    pub fn undecodable(&self, cluster: Option<&str>, user: Option<&str>) -> Vec<String> {
        let entries = [(List::Clusters, cluster), (List::Users, user)];
        let named = entries.into_iter().filter_map(|(list, name)| Some((list, name?)));
        named.flat_map(|(list, name)| self.undecodable_entry(list, name)).collect()
    }

    fn undecodable_entry(&self, list: List, name: &str) -> Vec<String> {
        let has = |file: &ReadFile| list.names(file.reading.outline()).iter().any(|entry| entry == name);
        let Some((index, file)) = self.read_files().find(|(_, file)| has(file)) else { return Vec::new() };
        let path = &self.files[index].path;
        let problems = problems(file, list, name, path);
        let sentence = |problem: Problem| {
            // Which of the entries it is, says its name.
            let inner = format!("].{}.", list.entry());
            let what = problem.message.split_once(&inner).map_or(&*problem.message, |(_, what)| what);
            format!(
                "kubectl can't load {}: line {}: {} \"{}\": {what}",
                path.display(),
                problem.line,
                list.entry(),
                sanitize_line(name)
            )
        };
        problems.into_iter().map(sentence).collect()
    }
}

fn problems(file: &ReadFile, list: List, name: &str, path: &Path) -> Vec<Problem> {
    let text = file.text.text();
    let (text, lines_before) = match &file.reading {
        Reading::Scanned(scan) => match scan.entry(list, name) {
            Some(lines) => {
                let before = memchr::memchr_iter(b'\n', &text[..lines.start]).count();
                (Some([list.key().as_bytes(), b":\n", &text[lines]].concat()), before)
            }
            None => return Vec::new(),
        },
        Reading::Parsed(_) => (None, 1),
    };
    let text = text.as_deref().unwrap_or(file.text.text());
    let options = LoadOptions { undecodable_data: true, discard_keys: true, ..LoadOptions::default() };
    let decoded = match decode_file(text, path, Path::new(""), options) {
        Ok(decoded) => decoded,
        Err(problem) => return vec![problem],
    };
    let problems = match list {
        List::Users => decoded.users.into_iter().find(|entry| entry.name == name).map(|entry| entry.problems),
        _ => decoded.clusters.into_iter().find(|entry| entry.name == name).map(|entry| entry.problems),
    };
    let moved = |problem: Problem| Problem { line: problem.line + lines_before - 1, ..problem };
    problems.unwrap_or_default().into_iter().map(moved).collect()
}
