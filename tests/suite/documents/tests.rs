//! `cargo test` lines, and CONTRIBUTING.md's table of the random tests.

use std::collections::BTreeSet;

use crate::{lines, repository};

/// Returns the names of a package's tests, by its manifest. `lib` and `bins` are there in any case.
fn targets(package: &str) -> Option<BTreeSet<String>> {
    let named = format!("[package]\nname = \"{package}\"\n");
    let manifest = repository::packages().into_iter().find(|text| text.starts_with(&named))?;
    let tests = manifest.split("[[test]]\nname = \"").skip(1);
    Some(tests.map(|rest| rest.split('"').next().unwrap().to_owned()).collect())
}

/// Whether a filter such as `check::differential` or `kubeconfig::loads_…` finds a test: the sources have a module or a
/// function for each of its parts.
fn finds_something(filter: &str, sources: &str) -> bool {
    filter.split("::").all(|part| {
        let name = part.trim_end_matches('…');
        let (file, function) = if name.len() < part.len() { ("", "") } else { (";", "(") };
        [format!("mod {name}{file}"), format!("mod {name} {{"), format!("fn {name}{function}")]
            .iter()
            .any(|declared| sources.contains(declared))
    })
}

/// Returns what is wrong with `VARIABLE=… cargo test -p PACKAGE --test NAME FILTER -- …`.
fn fault(line: &str, sources: &str) -> Option<String> {
    let command = lines::without_variables(line);
    let variables = line.strip_suffix(command)?.split_whitespace();
    for variable in variables.filter_map(|pair| pair.split('=').next()) {
        if !sources.contains(&format!("\"{variable}\"")) {
            return Some(format!("nothing reads {variable}"));
        }
    }
    let mut words = command.strip_prefix("cargo test")?.split(" -- ").next()?.split_whitespace();
    let mut package = None;
    while let Some(word) = words.next() {
        match word {
            "-p" | "--package" => {
                package = words.next();
                if targets(package?).is_none() {
                    return Some(format!("there is no package {package:?}"));
                }
            }
            "--test" => {
                let name = words.next()?;
                // Without a package it is the test of that name of each package.
                let packages = ["kubectl-quota", "krew"];
                let known = |package: &str| targets(package).is_some_and(|targets| targets.contains(name));
                if !package.map_or_else(|| packages.into_iter().any(known), known) {
                    return Some(format!("{package:?} has no test {name}"));
                }
            }
            "--lib" | "--bins" => {}
            filter if finds_something(filter, sources) => {}
            filter => return Some(format!("no test is called {filter}")),
        }
    }
    None
}

#[test]
fn test_lines_of_documents_find_tests() {
    let sources = repository::sources();
    let mut looked_at = 0;
    for (document, text) in repository::documents() {
        let steps = lines::steps(&text).into_iter().map(|step| step.line);
        for line in lines::mentions(&text).into_iter().chain(steps) {
            if lines::without_variables(&line).starts_with("cargo test") {
                looked_at += 1;
                assert_eq!(fault(&line, &sources), None, "{document}: `{line}`");
            }
        }
    }
    assert!(looked_at > 8, "{looked_at}");
}

#[test]
fn what_is_wrong_with_a_test_line_is_found() {
    let sources = "mod check;\nfn loads_all() {}\nmod tests {\nfn trials() { env(\"TRIALS\") }";
    let wrong = |line| fault(line, sources).unwrap_or_default();
    assert_eq!(wrong("TRIALS=2 cargo test -p kubectl-quota --test quota check::loads_… -- --nocapture"), "");
    assert!(wrong("SEED=2 cargo test").contains("SEED"));
    assert!(wrong("cargo test -p nothing").contains("nothing"));
    assert!(wrong("cargo test -p shared --test nothing").contains("nothing"));
    assert!(wrong("cargo test --test nothing").contains("nothing"));
    assert!(wrong("cargo test check::loads_").contains("loads_"));
}

#[test]
fn the_random_tests_are_there_with_their_variables_and_seeds() {
    let sources = repository::sources();
    let settings = repository::read(".cargo/config.toml");
    let contributing = repository::read("CONTRIBUTING.md");
    let rows: Vec<Vec<&str>> = contributing
        .lines()
        .filter(|line| line.trim_start().starts_with("| `") && line.contains("_SEED="))
        .map(|line| line.split('`').skip(1).step_by(2).collect())
        .collect();
    assert!(rows.len() > 20, "{rows:?}");
    let mut seeds = BTreeSet::new();
    for row in rows {
        let variables: Vec<&str> =
            row.iter().filter_map(|code| code.split_once('=').map(|pair| pair.0)).collect();
        assert_eq!(variables.len(), 2, "{row:?}");
        assert!(finds_something(row[0], &sources), "{row:?}");
        for variable in &variables {
            assert!(sources.contains(&format!("\"{variable}\"")), "nothing reads {variable}");
        }
        assert!(
            settings.contains(&format!("\n{} = ", variables[1])),
            "{row:?} has no seed in .cargo/config.toml"
        );
        seeds.insert(variables[1]);
    }
    let set = settings.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    for seed in set.filter(|name| name.ends_with("_SEED") && *name != "PROPTEST_RNG_SEED") {
        assert!(seeds.contains(seed), "CONTRIBUTING.md does not tell what {seed} is for");
    }
}
