//! The pictures of README.md, in `docs/recordings`: real runs on the example cluster, in a real terminal, as SVG.
//! `UPDATE=1 cargo test --test recordings` draws them anew.
#![allow(clippy::unwrap_used)]

mod svg;

use std::{collections::BTreeSet, env, fs, num::NonZeroU16, path::Path};

use cluster::{Cluster, Options, example};
use support::{
    Terminal, TestEnv,
    plugins::{PLUGINS, built_plugins, file_name},
    steady,
};

/// The size of the terminal, in characters.
const COLUMNS: NonZeroU16 = NonZeroU16::new(110).unwrap();
const ROWS: NonZeroU16 = NonZeroU16::new(60).unwrap();

/// A picture: its name, and the command line that it shows.
const RECORDINGS: [(&str, &str); 4] = [
    ("quota", "kubectl quota explain deployment/experiment -n sandbox"),
    ("ns-switch", "kubectl ns-switch list -o wide"),
    ("drain-safe", "kubectl drain-safe plan worker-c1"),
    ("elb-tls", "kubectl elb-tls check legacy -n front --region eu-west-1"),
];

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

/// Returns what every run shows in the same words: all but when the controller tries again, and what it said last, which
/// differs in length, too, so that lines break elsewhere.
fn lines(svg: &str) -> Vec<String> {
    let mut retries = false;
    let mut lines: Vec<String> = text(svg).map(|line| steady(&line)).collect();
    lines.retain(|line| {
        retries = (retries || line.contains(" retries within ")) && !line.starts_with("Any one of these");
        !retries
    });
    lines
}

#[test]
fn pictures_show_what_the_commands_print() {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    let folder = Path::new(&package).join("../docs/recordings");
    let cluster = Cluster::start(Options::default()).unwrap();
    example::load_in_place(&cluster).unwrap();
    let executables = built_plugins();
    let env = PLUGINS
        .iter()
        .fold(TestEnv::on(&cluster), |env, plugin| env.program(executables.join(file_name(plugin))));
    for (name, line) in RECORDINGS {
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
        let (shown, now) = (lines(&committed), lines(&drawn));
        assert!(now.len() > 5, "{name} prints too little to compare:\n{}", parser.screen().contents());
        assert!(
            shown == now,
            "{name}.svg is out of date: run `UPDATE=1 cargo test --test recordings` and commit it\n{}\nnow\n{}",
            shown.join("\n"),
            now.join("\n")
        );
    }
    let files: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap().replace(".svg", ""))
        .collect();
    let names: BTreeSet<String> = RECORDINGS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files, names);
}
