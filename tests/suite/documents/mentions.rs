//! Command lines within sentences: `kubectl quota diff OLD NEW`.

use support::{
    TestEnv,
    plugins::{PLUGINS, built_plugins, file_name},
};

use crate::{lines, repository};

/// The commands that are meant where none is named.
const DEFAULTS: [(&str, &str); 3] = [("drain-safe", "drain"), ("ns-switch", "to"), ("quota", "usage")];

/// Returns the plugin and its words where a command line calls one. What stands behind a pipe or `--` is not for it.
fn call(line: &str) -> Option<(&'static str, Vec<String>)> {
    let part = line.split(" | ").find_map(|part| part.split_once("kubectl ").map(|(_, words)| words))?;
    let own = part.split(" -- ").next()?.split(" [").next()?.split("  # ").next()?;
    let mut words = split(own.trim_end_matches(")\"")).into_iter().peekable();
    let name = words.next()?;
    let plugin = PLUGINS.into_iter().find(|plugin| *plugin == name)?;
    // With a flag first it is the command that has no name.
    let flag = words.peek().is_some_and(|word| word.starts_with('-'));
    let command = DEFAULTS.iter().find(|(name, _)| *name == plugin).filter(|_| flag);
    // What stands for one of several words.
    let words = words.filter(|word| !(word.contains('|') || word.contains('…') || word == "COMMAND"));
    let words = words.map(|word| if word == "GROUP" { "namespace".to_owned() } else { word });
    Some((plugin, command.map(|(_, command)| (*command).to_owned()).into_iter().chain(words).collect()))
}

/// Splits words as a shell does, with quotes.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None, None);
    for letter in text.chars() {
        match (letter, quote) {
            ('\'' | '"', None) => {
                quote = Some(letter);
                word.get_or_insert_with(String::new);
            }
            (_, Some(open)) if open == letter => quote = None,
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_with(String::new).push(letter),
        }
    }
    words.extend(word);
    words
}

/// A command line is parsed up to `--help`, behind it: its commands, flags and the flags' values are known.
#[test]
fn command_lines_within_sentences_have_commands_and_flags_that_exist() {
    let folder = built_plugins();
    let env = PLUGINS.iter().fold(TestEnv::new(), |env, plugin| env.program(folder.join(file_name(plugin))));
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    for (document, text) in repository::documents() {
        let steps = lines::steps(&text).into_iter().map(|step| step.line);
        for line in lines::mentions(&text).into_iter().chain(steps) {
            let Some((plugin, words)) = call(&line) else { continue };
            looked_at += 1;
            let arguments = words.iter().map(String::as_str).chain(["--help"]);
            let output = env.run(&file_name(plugin), arguments);
            if output.status != Some(0) || !output.stdout.contains("\nUsage: ") {
                wrong.push(format!("{document}: `{line}`\n{output}"));
            }
            // `kubectl quota COMMAND` is told by its own page.
            let command = words.first().filter(|word| word.chars().all(|letter| letter.is_ascii_lowercase()));
            let usage = output.stdout.lines().find(|line| line.starts_with("Usage: ")).unwrap_or_default();
            if let Some(command) = command.filter(|_| plugin == "quota" || plugin == "elb-tls")
                && !usage.contains(&format!(" {command}"))
            {
                wrong.push(format!("{document}: `{line}` is not told by {usage:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {looked_at}:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(looked_at > 150, "{looked_at}");
}

#[test]
fn calls_are_found() {
    let words = |line| call(line).map(|(plugin, words)| format!("{plugin}: {}", words.join("|")));
    assert_eq!(words("kubectl get pods"), None);
    assert_eq!(words("a | kubectl quota check -f -").unwrap(), "quota: check|-f|-");
    assert_eq!(words("eval \"$(kubectl ns-switch env a/b)\"").unwrap(), "ns-switch: env|a/b");
    assert_eq!(words("kubectl ns-switch shell [A] [-- B]").unwrap(), "ns-switch: shell");
    assert_eq!(words("kubectl elb-tls x 'a b' -- c").unwrap(), "elb-tls: x|a b");
    assert_eq!(words("kubectl quota check -f x   # why").unwrap(), "quota: check|-f|x");
    assert_eq!(words("kubectl drain-safe -l a=b").unwrap(), "drain-safe: drain|-l|a=b");
    assert_eq!(words("kubectl quota rbac COMMAND").unwrap(), "quota: rbac");
}
