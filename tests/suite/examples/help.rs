//! `--help` of the plugin and of all its commands, as a terminal of 80 columns shows it.

use support::{TestEnv, executable};

/// The help of one command.
#[derive(Debug)]
pub struct Page {
    /// The words after the plugin's name.
    pub command: Vec<String>,
    pub text: String,
}

/// Returns the pages of the plugin and its commands.
pub fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    add_pages(Vec::new(), &mut pages);
    assert!(pages.len() > 10, "{pages:?}");
    pages
}

fn add_pages(command: Vec<String>, pages: &mut Vec<Page>) {
    let name = super::file_name();
    let env = TestEnv::new().program(executable(&name)).variable("COLUMNS", "80");
    let output = env.run(&name, command.iter().map(String::as_str).chain(["--help"])).success();
    let commands: Vec<_> = section(&output.stdout, "Commands:")
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(|name| command.iter().cloned().chain([name.to_owned()]).collect())
        .collect();
    pages.push(Page { command, text: output.stdout });
    for command in commands {
        add_pages(command, pages);
    }
}

/// Returns the lines below a heading.
fn section<'a>(text: &'a str, heading: &'a str) -> impl Iterator<Item = &'a str> {
    let below = text.lines().skip_while(move |line| *line != heading).skip(1);
    below.take_while(|line| line.is_empty() || line.starts_with(' ')).filter(|line| !line.is_empty())
}

/// Returns the command lines among the examples, each on one line.
pub fn examples(text: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut continued = String::new();
    for line in section(text, "Examples:").map(str::trim).filter(|line| !line.starts_with('#')) {
        continued.push_str(line);
        match continued.strip_suffix('\\') {
            Some(begun) => continued = begun.to_owned(),
            None => examples.push(std::mem::take(&mut continued)),
        }
    }
    examples
}

#[test]
fn every_help_ends_in_examples_and_exit_statuses() {
    for Page { command, text } in pages() {
        let found = examples(&text);
        assert!((1..=12).contains(&found.len()), "{command:?}: {found:?}");
        let ours = format!("kubectl {}", super::NAME);
        assert!(found.iter().any(|line| line.contains(&ours)), "{command:?}: {found:?}");
        let place = |heading: &str| {
            text.find(&format!("\n{heading}:\n")).unwrap_or_else(|| panic!("{command:?}: {heading}"))
        };
        assert!(
            place("Options") < place("Examples") && place("Examples") < place("Exit status"),
            "{command:?}"
        );
        let last = section(&text, "Exit status:").last().unwrap();
        assert!(text.ends_with(&format!("{last}\n")), "{command:?} has more after the exit statuses");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{command:?}: {line}");
        }
    }
}
