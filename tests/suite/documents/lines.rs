//! The command lines of a document.

/// A command line, and what the document shows of its output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub line: String,
    pub shown: Vec<String>,
}

/// Returns the command lines for a shell: in a `console` block those behind `$ `, and indented ones.
pub fn steps(text: &str) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    // The fence that was opened last.
    let mut block = None;
    // Whether this block has had a command line: others show what a terminal does.
    let mut begun = false;
    let mut before = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("```") {
            block = if block.is_some() { None } else { Some(name) };
            begun = false;
        } else if block == Some("console") {
            match (line.strip_prefix("$ "), found.last_mut()) {
                (_, Some(last)) if last.line.ends_with('\\') => {
                    last.line.pop();
                    last.line.push_str(line.trim());
                }
                (Some(command), _) => {
                    begun = true;
                    found.push(Step { line: command.to_owned(), shown: Vec::new() });
                }
                (None, Some(last)) if begun && !line.is_empty() && line != "…" => {
                    last.shown.push(line.to_owned());
                }
                _ => {}
            }
        } else if block.is_none()
            && let Some(code) = line.strip_prefix("    ")
            && (before.is_empty() || before.starts_with("    "))
            && is_command(code)
        {
            found.push(Step { line: code.to_owned(), shown: Vec::new() });
        }
        before = line;
    }
    found
}

/// Returns the command lines within sentences and tables: those between backticks that are more than a name.
pub fn mentions(text: &str) -> Vec<String> {
    let mut sentences = String::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside && !line.starts_with("    ") {
            // Within a table a bar has a backslash.
            sentences.push_str(&line.replace("\\|", "|"));
            sentences.push(' ');
        }
    }
    let spans = sentences.split('`').skip(1).step_by(2);
    spans
        .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|span| is_command(span))
        .collect()
}

/// Returns a command line without the variables that are set for it alone.
pub fn without_variables(line: &str) -> &str {
    let mut rest = line;
    while let Some((first, behind)) = rest.split_once(' ')
        && first.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
        })
    {
        rest = behind;
    }
    rest
}

/// Whether a piece of code is a command line, and not a name or a value.
fn is_command(code: &str) -> bool {
    let programs = ["kubectl", "cargo", "eval", "ssh", "helm", "git", "rustup", "source"];
    code.split(" | ").any(|part| {
        without_variables(part).split_once(' ').is_some_and(|(program, _)| programs.contains(&program))
    })
}

#[test]
fn blocks_and_sentences_are_read() {
    let text = "A `kubectl x\ny`, `kubectl`, `A_B=1 cargo test` and `a | kubectl b`.\n\n```console\n$ one \\\n    two\nshown\n…\n\n$ three\n```\n\n    cargo four\n    output/five\n\n```toml\n$ no\n```\n\n```console\na table\n```\n";
    let step = |line: &str, shown: &[&str]| Step {
        line: line.to_owned(),
        shown: shown.iter().map(|&line| line.to_owned()).collect(),
    };
    assert_eq!(steps(text), [step("one two", &["shown"]), step("three", &[]), step("cargo four", &[])]);
    assert_eq!(mentions(text), ["kubectl x y", "A_B=1 cargo test", "a | kubectl b"]);
    assert_eq!(without_variables("A_B=1 C= cargo test x=y"), "cargo test x=y");
}
