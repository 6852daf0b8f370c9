//! One case: files on disk, and how they are asked for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use shared::yaml::{Encoding, SourceText};

use support::Random;

use super::{spelling::Speller, tree::Forest};

/// A folder with kubeconfig files, and the list or flag that names them.
pub struct Case {
    /// `$KUBECONFIG`.
    pub list: String,
    /// `--kubeconfig`.
    pub flag: Option<String>,
    /// The files, for the report of a failure.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

const PATHS: [&str; 4] = ["config", "sub/config", "sub/deeper/b", "c"];

impl Case {
    /// Makes the case of a seed in an empty folder.
    pub fn generate(seed: u64, folder: &Path) -> Self {
        let mut random = Random::new(seed);
        let random = &mut random;
        // Half of the cases are clean, so that most of them load and values get compared.
        let mischief = random.pick(&[0, 0, 5, 30]);
        let mutate = random.percent(30);
        let alone = random.percent(60);
        let count = 1 + if alone { 0 } else { random.below(4) };
        let mut files = Vec::new();
        for path in &PATHS[..count] {
            let bytes = file(random, mischief, mutate);
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bytes).unwrap();
            files.push((path, bytes));
        }
        let mut list: Vec<String> =
            PATHS[..count].iter().map(|path| spell_path(random, path, folder)).collect();
        for extra in ["missing", "", "nowhere/config", "./config", "config"] {
            if random.percent(8) {
                list.push(extra.to_string());
            }
        }
        if random.percent(1) {
            list.push("sub".into());
        }
        random.shuffle(&mut list);
        let flag = random.percent(12).then(|| random.pick(&["config", "./config", "missing"]).to_string());
        Self { list: list.join(":"), flag, files }
    }
}

fn spell_path(random: &mut Random, path: &str, folder: &Path) -> String {
    match random.below(4) {
        0 => folder.join(path).to_str().unwrap().to_string(),
        1 => format!("./{path}"),
        2 if path.contains('/') => path.replacen('/', "/../sub/", 1),
        _ => path.to_string(),
    }
}

fn file(random: &mut Random, mischief: usize, mutate: bool) -> Vec<u8> {
    match random.below(60) {
        0 => return Vec::new(),
        1 => return b"\n  \n".to_vec(),
        2 => return b"# nothing\n".to_vec(),
        3 => return b"---\n".to_vec(),
        4 => {
            return random
                .pick(&["[]", "text", "1", "{}", "null", "...", "kind: ~", "- a"])
                .as_bytes()
                .to_vec();
        }
        _ => {}
    }
    let tree = Forest { random: &mut *random, mischief }.kubeconfig();
    let mut text = Speller::new(&mut *random).document(&tree);
    if random.percent(12) {
        text = format!(
            "{}{text}",
            random.pick(&[
                "---\n",
                "# first\n---\n",
                "%YAML 1.1\n---\n",
                "%YAML 1.2\n---\n",
                "\n\n",
                "--- # x\n",
                "%TAG ! !x\n---\n"
            ])
        );
    }
    if random.percent(10) {
        let more = [
            "---\nkind: Other\n",
            "...\n",
            "---\n",
            "...\n---\na: b\n",
            "--- x\n",
            "...\n# end\n",
            "---\n[broken\n",
            "...\nmore: x\n",
        ];
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let more: &str = random.pick(&more);
        text.push_str(more);
    }
    if mutate {
        for _ in 0..random.pick(&[1, 1, 1, 2, 4]) {
            text = mutated(random, &text);
        }
    }
    if random.percent(12) {
        text = text.replace('\n', "\r\n");
    }
    if random.percent(10) {
        text = text.trim_end_matches(['\n', '\r']).to_string();
    }
    let encoding = match random.below(40) {
        0 | 1 => Encoding::Utf8WithMark,
        2 => Encoding::Utf16LittleEndian,
        3 => Encoding::Utf16BigEndian,
        _ => Encoding::Utf8,
    };
    // Large files are held in another kind of memory.
    if text.starts_with(char::is_alphabetic) && random.percent(5) {
        text.insert_str(0, &"# one of many lines\n".repeat(8000));
    }
    SourceText::encode(encoding, &text)
}

/// A slip of the hand: a character or a line gone, doubled, or another in its place; an end that is missing; line ends
/// that are others.
fn mutated(random: &mut Random, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.is_empty() {
        return String::new();
    }
    let at = random.below(characters.len());
    let typed = random.pick(&[
        " ", "\t", ":", "-", "\"", "'", "{", "]", ",", "#", "\n", "&", "*", "|", ">", "%", "?", "x", "!",
        "\r", "\\", "\u{85}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{0}", "\n---\n", "\n...\n", "\n\t",
        " #", "<<: ", "- ", ": ", "[-]", "? ", "|+2\n", "!!str ", "&a0 ", "*a0 ",
    ]);
    let typed: Vec<char> = typed.chars().collect();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = random.below(lines.len());
    match random.below(7) {
        0 => characters[..at].iter().chain(&characters[at + 1..]).collect(),
        1 => characters[..at].iter().chain(&typed).chain(&characters[at..]).collect(),
        2 => characters[..at].iter().chain(&typed).chain(&characters[at + 1..]).collect(),
        // A file that was cut off while it was written.
        3 => characters[..at].iter().collect(),
        // A line end that only YAML 1.1 knows.
        4 => {
            let other = random.pick(&["\u{85}", "\u{2028}", "\u{2029}", "\r"]);
            let end = lines[line].trim_end_matches('\n');
            let all = random.percent(20);
            let replaced = format!("{end}{other}");
            match all {
                true => text.replace('\n', other),
                false => {
                    lines[line] = &replaced;
                    lines.concat()
                }
            }
        }
        5 => {
            lines.remove(line);
            lines.concat()
        }
        _ => {
            lines.insert(line, lines[line]);
            lines.concat()
        }
    }
}
