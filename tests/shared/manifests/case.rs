//! One manifest file of several documents, and slips of the hand in it.

use support::Random;

use super::spelling::Speller;

/// The bytes of a file.
pub fn generate(seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let random = &mut random;
    let mut text = String::new();
    let count = 1 + random.below(3);
    for index in 0..count {
        if index > 0 || random.percent(15) {
            text.push_str(random.pick(&[
                "---\n",
                "---\n",
                "---\n",
                "--- # next\n",
                "---   \n",
                "---\n# nothing\n---\n",
                "---\n---\n",
                "...\n---\n",
            ]));
        }
        let document = Speller::new(random).document(&format!("d{index}"));
        text.push_str(&document);
    }
    if random.percent(6) {
        text.insert_str(
            0,
            random.pick(&["# head\n", "# head\n---\n", "\n\n", "%YAML 1.1\n---\n", "--- \n", "{}\n---\n"]),
        );
    }
    if random.percent(6) {
        text.push_str(random.pick(&[
            "...\n",
            "---\n",
            "--- x\n",
            "...\nmore: x\n",
            "---\nnull\n",
            "---\n~\n",
            "---\n[broken\n",
            "# end\n",
            "---x\n",
            "...\n---\n# end\n",
        ]));
    }
    if random.percent(10) {
        text = mutated(random, &text);
    }
    if random.percent(12) {
        text = text.replace('\n', "\r\n");
    }
    if random.percent(8) {
        text = text.trim_end_matches(['\n', '\r']).to_owned();
    }
    if random.percent(6) {
        text.insert(0, '\u{feff}');
    }
    text.into_bytes()
}

/// A character or a line gone, doubled, or another in its place.
fn mutated(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if characters.is_empty() {
        return String::new();
    }
    let at = random.below(characters.len());
    let typed = random.pick(&[
        ' ', '\t', ':', '-', '"', '\'', '{', ']', ',', '#', '\n', '&', '*', '|', '?', 'x', '!', '\r',
        '\u{85}', '\u{2028}', '\u{a0}', '\u{7f}',
    ]);
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = random.below(lines.len());
    match random.below(5) {
        0 => {
            characters.remove(at);
        }
        1 => characters.insert(at, typed),
        2 => characters[at] = typed,
        3 => {
            lines.remove(line);
            return lines.concat();
        }
        _ => {
            lines.insert(line, lines[line]);
            return lines.concat();
        }
    }
    characters.into_iter().collect()
}
