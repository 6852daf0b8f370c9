//! The pictures of README.md, in `docs/recordings`: real runs on the example cluster, in a real terminal, as SVG.
//! `UPDATE=1 cargo test --test recordings` draws them anew.
#![allow(clippy::unwrap_used)]

mod svg;

use std::{collections::BTreeSet, env, fs, num::NonZeroU16, path::Path};

use cluster::{Cluster, Options, example};
use support::{
    Terminal, TestEnv,
    plugins::{PLUGINS, built_plugins, file_name},
};

/// The size of the terminal, in characters.
const COLUMNS: NonZeroU16 = NonZeroU16::new(110).unwrap();
const ROWS: NonZeroU16 = NonZeroU16::new(60).unwrap();

/// A picture: its name, the command line that it shows, and how much of its words, in percent, every run prints.
///
/// Where the scheduler puts pods, and when a controller tries again, is another matter in each run.
const RECORDINGS: [(&str, &str, usize); 4] = [
    ("quota", "kubectl quota explain deployment/experiment -n sandbox", 60),
    ("ns-switch", "kubectl ns-switch list -o wide", 60),
    ("drain-safe", "kubectl drain-safe plan worker-c1", 60),
    ("elb-tls", "kubectl elb-tls check legacy -n front --region eu-west-1", 100),
];

/// Returns the words that are the same in every run: of lines that name no pod and no address, those of letters alone.
fn words(lines: impl Iterator<Item = String>) -> BTreeSet<String> {
    let lines = lines.filter(|line| !line.contains('/') && !line.contains("more"));
    lines
        .flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned())
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .collect()
}

/// Returns the text that a picture shows.
fn text(svg: &str) -> impl Iterator<Item = String> {
    let plain = |text: &str| {
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in svg.lines().filter(|line| line.starts_with("<text ")) {
        let row = line.split_once(" y=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let shown = plain(line.split_once('>').unwrap().1.strip_suffix("</text>").unwrap());
        match rows.last_mut().filter(|(last, _)| *last == row) {
            Some((_, begun)) => begun.push_str(&format!(" {shown}")),
            None => rows.push((row, shown)),
        }
    }
    rows.into_iter().map(|(_, shown)| shown)
}

#[test]
fn pictures_show_what_the_commands_print() {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    let folder = Path::new(&package).join("../docs/recordings");
    let cluster = Cluster::start(Options::default()).unwrap();
    example::load(&cluster).unwrap();
    let executables = built_plugins();
    let env = PLUGINS
        .iter()
        .fold(TestEnv::on(&cluster), |env, plugin| env.program(executables.join(file_name(plugin))));
    for (name, line, percent) in RECORDINGS {
        let arguments = line.strip_prefix("kubectl ").unwrap().split(' ');
        let mut terminal = Terminal::start(&env, "kubectl", arguments, (ROWS.get(), COLUMNS.get()));
        terminal.wait();
        let mut parser = vt100::Parser::new(ROWS, COLUMNS, 0);
        parser.process(&terminal.raw());
        let drawn = svg::draw(line, parser.screen());
        let path = folder.join(format!("{name}.svg"));
        if env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &drawn).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text(&committed).next().is_some_and(|first| first == format!("$ {line}")),
            "{name}.svg: {line}"
        );
        let (shown, now) = (words(text(&committed)), words(text(&drawn)));
        assert!(now.len() > 10, "{name} prints too little to compare:\n{}", parser.screen().contents());
        let common = shown.intersection(&now).count();
        assert!(
            100 * common >= percent * shown.len().max(now.len()),
            "{name}.svg is out of date: run `UPDATE=1 cargo test --test recordings` and commit it\ngone: {:?}\nnew: {:?}",
            shown.difference(&now).collect::<Vec<_>>(),
            now.difference(&shown).collect::<Vec<_>>()
        );
    }
    let files: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap().replace(".svg", ""))
        .collect();
    let names: BTreeSet<String> = RECORDINGS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files, names);
}

#[test]
fn names_and_amounts_are_not_compared() {
    let lines =
        ["Wave 1: 9 pods", "shop/web-1 Deployment/web", "waits  within 18 s (Ready)"].map(str::to_owned);
    let found = words(lines.into_iter());
    assert_eq!(found, BTreeSet::from(["Wave", "pods", "waits", "within", "Ready"].map(str::to_owned)));
}
