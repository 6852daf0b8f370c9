//! The command lines that are shown, and which of them are about one plugin.

use std::collections::BTreeSet;

/// The command lines, one a line; a line that starts with `#` is the heading of those below it. A plugin joins the demo by
/// lines of its own: what comes after `kubectl` names it.
const COMMANDS: &str = include_str!("../../../example/commands.txt");

/// A heading and the command lines below it.
#[derive(Debug, PartialEq, Eq)]
pub struct Section<'a> {
    pub heading: &'a str,
    pub lines: Vec<&'a str>,
}

impl<'a> Section<'a> {
    /// Returns the plugin that the section is about: the one that its first line calls.
    fn plugin(&self) -> Option<&'a str> {
        self.lines.first().and_then(|line| line.split_whitespace().nth(1))
    }
}

/// Returns the whole story.
pub fn story() -> Vec<Section<'static>> {
    sections(COMMANDS)
}

/// Returns the part of one plugin, or the words of a usage error where the story has no such plugin.
pub fn part(name: &str) -> Result<Vec<Section<'static>>, String> {
    let sections: Vec<_> = story().into_iter().filter(|section| section.plugin() == Some(name)).collect();
    if !sections.is_empty() {
        return Ok(sections);
    }
    let names = plugins();
    let near = names.iter().filter(|known| distance(known, name) <= 2 || known.starts_with(name));
    let near: Vec<&str> = near.copied().collect();
    let meant = match near.as_slice() {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(" or ")),
    };
    Err(format!(
        "the demo has no plugin {name:?}{meant}\nhint: name one of {}, or none for all",
        names.join(", ")
    ))
}

/// Returns the plugins that the story calls, in its order.
pub fn plugins() -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let names = story().into_iter().filter_map(|section| section.plugin());
    names.filter(|name| seen.insert(*name)).collect()
}

fn sections(commands: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section> = Vec::new();
    for line in commands.lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), sections.last_mut()) {
            (Some(heading), _) => sections.push(Section { heading, lines: Vec::new() }),
            (None, Some(section)) => section.lines.push(line),
            (None, None) => sections.push(Section { heading: "", lines: vec![line] }),
        }
    }
    sections
}

/// Returns how many letters have to be changed, added or left out to get from one word to another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, found) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(*found != letter);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_belong_to_the_heading_above_them() {
        let commands = "# One\nkubectl quota usage -A\n\n# Two\nkubectl ns-switch list\nkubectl get node\n";
        assert_eq!(
            sections(commands),
            [
                Section { heading: "One", lines: vec!["kubectl quota usage -A"] },
                Section { heading: "Two", lines: vec!["kubectl ns-switch list", "kubectl get node"] },
            ]
        );
    }

    #[test]
    fn every_shown_line_is_a_kubectl_command_below_a_heading() {
        for section in story() {
            assert!(!section.heading.is_empty() && !section.lines.is_empty(), "{section:?}");
            assert!(section.lines.iter().all(|line| line.starts_with("kubectl ")), "{section:?}");
        }
    }

    #[test]
    fn each_plugin_has_a_part_and_the_parts_are_the_whole() {
        let mut names = plugins();
        names.sort_unstable();
        assert_eq!(names, ["drain-safe", "elb-tls", "ns-switch", "quota"]);
        let parts: usize = names.iter().map(|name| part(name).unwrap().len()).sum();
        assert_eq!(parts, story().len());
    }

    #[test]
    fn near_names_are_offered() {
        assert!(
            part("quta").unwrap_err().starts_with("the demo has no plugin \"quta\"; did you mean quota?\n")
        );
        assert!(part("drain").unwrap_err().contains("did you mean drain-safe?"));
        let far = part("helm").unwrap_err();
        assert!(!far.contains("did you mean") && far.contains("ns-switch"), "{far}");
    }
}
