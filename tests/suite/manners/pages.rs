//! Every command of all four plugins with its flags, as `-h` on a wide terminal shows them: one a line.

use std::sync::OnceLock;

use support::{
    TestEnv,
    plugins::{PLUGINS, built_plugins, file_name},
};

/// One flag of one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// `--output`, without its dashes; empty for a flag that has a letter only.
    pub long: String,
    pub short: Option<char>,
    /// `<FORMAT>`, `[=<HOW>]`, or nothing.
    pub value: String,
    /// The sentence, without what clap adds about defaults and values.
    pub help: String,
    /// The values that clap lists.
    pub values: Vec<String>,
    /// The heading that it stands under.
    pub section: String,
}

/// One command of one plugin.
#[derive(Clone, Debug)]
pub struct Page {
    pub plugin: &'static str,
    /// The words after the plugin's name; none for the plugin itself.
    pub words: Vec<String>,
    /// The arguments that it needs, besides flags: `<NAME>`.
    pub required: Vec<String>,
    pub flags: Vec<Flag>,
}

impl Page {
    /// Returns the command as users type it, without kubectl.
    pub fn name(&self) -> String {
        [self.plugin].into_iter().chain(self.words.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }

    pub fn flag(&self, long: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.long == long)
    }
}

/// Returns an environment with all four plugins.
pub fn env() -> TestEnv {
    let folder = built_plugins();
    PLUGINS.iter().fold(TestEnv::new(), |env, plugin| env.program(folder.join(file_name(plugin))))
}

/// Returns all commands.
pub fn pages() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let env = env().variable("COLUMNS", "1000");
        let mut pages = Vec::new();
        for plugin in PLUGINS {
            add(&env, plugin, Vec::new(), &mut pages);
        }
        assert!(pages.len() > 50, "{}", pages.len());
        pages
    })
}

fn add(env: &TestEnv, plugin: &'static str, words: Vec<String>, pages: &mut Vec<Page>) {
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["-h"]).collect();
    let text = env.run(&file_name(plugin), arguments).success().stdout;
    let (mut section, mut flags, mut commands, mut required) = ("", Vec::new(), Vec::new(), Vec::new());
    for line in text.lines() {
        if let Some(usage) = line.strip_prefix("Usage: ") {
            let words: Vec<&str> = usage.split_whitespace().collect();
            let is_argument = |pair: &&[&str]| pair[1].starts_with('<') && !pair[0].starts_with('-');
            let arguments = words.windows(2).filter(is_argument).map(|pair| pair[1].to_owned());
            required = arguments.filter(|word| word != "<COMMAND>").collect();
        } else if !line.starts_with(' ') {
            section = line.strip_suffix(':').unwrap_or(section);
        } else if section == "Commands" {
            commands.extend(line.split_whitespace().next().filter(|name| *name != "help").map(str::to_owned));
        } else if !["Examples", "Exit status", "Arguments"].contains(&section) {
            flags.extend(flag(line, section));
        }
    }
    pages.push(Page { plugin, words: words.clone(), required, flags });
    for command in commands {
        add(env, plugin, words.iter().cloned().chain([command]).collect(), pages);
    }
}

/// Reads a line such as `  -o, --output <FORMAT>  Output format [default: table] [possible values: table, json]`.
fn flag(line: &str, section: &str) -> Option<Flag> {
    let line = line.trim();
    // A dash alone is an argument: the previous namespace.
    if !line.starts_with('-') || line.starts_with("- ") {
        return None;
    }
    let (declared, help) = line.split_once("  ").unwrap_or((line, ""));
    let short =
        declared.strip_prefix('-').and_then(|rest| rest.chars().next()).filter(|letter| *letter != '-');
    let long = declared.split_once("--").map(|(_, long)| long);
    let named = long.unwrap_or_else(|| declared.get(2..).unwrap_or_default());
    let end = named.find(|letter: char| !(letter.is_alphanumeric() || letter == '-')).unwrap_or(named.len());
    let (name, value) = if long.is_some() { named.split_at(end) } else { ("", named) };
    let help = help.trim();
    let added =
        ["[default", "[possible", "[alias", "[short"].iter().filter_map(|begin| help.find(begin)).min();
    let values = help.split_once("[possible values: ").map(|(_, values)| values.trim_end_matches(']'));
    Some(Flag {
        long: name.to_owned(),
        short,
        value: value.trim().to_owned(),
        help: help[..added.unwrap_or(help.len())].trim().to_owned(),
        values: values.map(|values| values.split(", ").map(str::to_owned).collect()).unwrap_or_default(),
        section: section.to_owned(),
    })
}

#[test]
fn lines_of_help_are_read() {
    let read = |line| flag(line, "Options").unwrap();
    let output =
        read("  -o, --output <FORMAT>  Output format [default: table] [possible values: table, json]");
    assert_eq!(
        (output.long.as_str(), output.short, output.value.as_str()),
        ("output", Some('o'), "<FORMAT>")
    );
    assert_eq!(
        (output.help.as_str(), output.values),
        ("Output format", vec!["table".to_owned(), "json".to_owned()])
    );
    let dry = read("      --dry-run[=<HOW>]    Show it [default: none]");
    assert_eq!((dry.long.as_str(), dry.short, dry.value.as_str()), ("dry-run", None, "[=<HOW>]"));
    assert_eq!(flag("  text", "Options"), None);
}
