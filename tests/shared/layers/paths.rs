//! The paths (`crate::model::Pod`) that a source names, in `use` declarations and in the middle of the code.

use super::source::Source;

/// Returns the paths that the product code of a source names, from the crate's root (`crate::…`) or from another crate.
pub fn named(source: &Source) -> Vec<Vec<String>> {
    let code: Vec<char> = without_tests(&without_comments_and_texts(&source.text)).chars().collect();
    let mut paths = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if !is_word(code[at]) {
            at += 1;
            continue;
        }
        at = read_tree(&code, at, &[], &mut paths);
    }
    paths.into_iter().filter(|path| path.len() > 1).map(|path| absolute(path, source)).collect()
}

/// Reads a path, with the braces it may end in, and returns where it ends.
fn read_tree(code: &[char], start: usize, prefix: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    let mut at = start;
    loop {
        let begin = at;
        while at < code.len() && is_word(code[at]) {
            at += 1;
        }
        path.push(code[begin..at].iter().collect());
        let after = skip_blanks(code, at);
        if code.get(after..after + 2) != Some(&[':', ':']) {
            break;
        }
        let next = skip_blanks(code, after + 2);
        match code.get(next) {
            Some('{') => return read_group(code, next + 1, &path, paths),
            Some(character) if is_word(*character) => at = next,
            _ => break,
        }
    }
    paths.push(path);
    at
}

/// Reads what stands in braces after a path.
fn read_group(code: &[char], start: usize, prefix: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut at = start;
    while let Some(&character) = code.get(at) {
        match character {
            '}' => return at + 1,
            character if is_word(character) => {
                at = read_tree(code, at, prefix, paths);
                // `as name` names nothing of its own.
                while code.get(at).is_some_and(|character| !matches!(character, ',' | '}')) {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// Resolves `super::` and `self::` in the module of the source.
fn absolute(path: Vec<String>, source: &Source) -> Vec<String> {
    let mut module: Vec<String> = source.module().into_iter().map(str::to_owned).collect();
    let mut rest = path.as_slice();
    match rest.first().map(String::as_str) {
        Some("self") => rest = &rest[1..],
        Some("super") => {}
        _ => return path,
    }
    while let Some((first, others)) = rest.split_first() {
        if first != "super" {
            break;
        }
        module.pop();
        rest = others;
    }
    ["crate".to_owned()].into_iter().chain(module).chain(rest.iter().cloned()).collect()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn skip_blanks(code: &[char], start: usize) -> usize {
    start + code[start..].iter().take_while(|character| character.is_whitespace()).count()
}

/// Blanks comments and the content of literals, which may hold anything.
fn without_comments_and_texts(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let starts = |at: usize, with: &str| {
        with.chars().enumerate().all(|(offset, one)| characters.get(at + offset) == Some(&one))
    };
    let mut code = String::new();
    let mut at = 0;
    while at < characters.len() {
        let is_raw =
            characters[at] == 'r' && (at == 0 || !is_word(characters[at - 1]) || characters[at - 1] == 'b');
        let hashes = characters[at + 1..].iter().take_while(|one| **one == '#').count();
        if starts(at, "//") {
            at += characters[at..].iter().take_while(|one| **one != '\n').count();
        } else if starts(at, "/*") {
            while at < characters.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if is_raw && starts(at + 1 + hashes, "\"") {
            let end = format!("\"{}", "#".repeat(hashes));
            at += hashes + 2;
            while at < characters.len() && !starts(at, &end) {
                at += 1;
            }
            at += end.chars().count();
            code.push_str("\"\"");
        } else if characters[at] == '"' {
            at += 1;
            while at < characters.len() && characters[at] != '"' {
                at += if characters[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
            code.push_str("\"\"");
        } else if starts(at, "'\\") {
            at += 3;
            while at < characters.len() && characters[at] != '\'' {
                at += 1;
            }
            at += 1;
        } else if characters[at] == '\'' && characters.get(at + 2) == Some(&'\'') {
            at += 3;
        } else {
            code.push(characters[at]);
            at += 1;
        }
    }
    code
}

/// Cuts what is compiled for tests only.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(start) = ["#[cfg(test)]", "#[cfg(all(test"].iter().filter_map(|one| rest.find(one)).min() {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        let mut depth = 0_usize;
        let mut end = rest.len();
        for (at, character) in rest.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if matches!(character, '}' | ';') && depth == 0 {
                end = at + 1;
                break;
            }
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{Source, named};

    fn paths(text: &str) -> Vec<String> {
        named(&Source::new("admission/object/pod.rs", text)).into_iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn nested_braces_and_renames_are_taken_apart() {
        assert_eq!(
            paths(
                "use crate::{\n    Error,\n    client::{Client, self as c},\n    model::kind::Kind as K,\n};"
            ),
            ["crate::Error", "crate::client::Client", "crate::client::self", "crate::model::kind::Kind"]
        );
    }

    #[test]
    fn paths_in_the_code_count() {
        assert_eq!(
            paths("fn f(x: &crate::output::Printer<'_>) -> u8 { tokio::spawn(x.y); 'c' as u8 }"),
            ["crate::output::Printer", "tokio::spawn"]
        );
    }

    #[test]
    fn relative_paths_are_resolved() {
        assert_eq!(
            paths("use super::{super::quota, PodFacts};\nuse self::inner::X;"),
            [
                "crate::admission::quota",
                "crate::admission::object::PodFacts",
                "crate::admission::object::pod::inner::X"
            ]
        );
    }

    #[test]
    fn comments_texts_and_tests_do_not_count() {
        let text = r##"
            //! See [`crate::client`].
            /* crate::cli */
            const A: &str = "crate::cli::A \" crate::cli";
            const B: &str = r#"crate::cli::B " crate::cli"#;
            const C: char = '"'; const D: char = '\''; fn e<'a>() {}
            #[cfg(test)]
            use crate::cli::{F, G};
            #[cfg(test)]
            mod tests { use crate::cli::H; fn i() { crate::cli::j(); } }
            use crate::quantity::Quantity;
        "##;
        assert_eq!(paths(text), ["crate::quantity::Quantity"]);
    }
}
