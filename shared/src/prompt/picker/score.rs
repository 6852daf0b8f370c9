//! How well a text fits what was typed.

use std::ops::Range;

/// A text prepared for comparison.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    letters: Vec<Letter>,
}

/// A letter that counts, with its place in the text.
#[derive(Clone, Copy, Debug)]
struct Letter {
    at: usize,
    letter: char,
    folded: char,
}

/// What was typed, prepared for comparison: case counts only where a capital was typed, blanks never.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    letters: Vec<char>,
    exact_case: bool,
}

impl Candidate {
    pub fn new(text: &str) -> Self {
        // Blanks are never compared.
        let letters = text.chars().enumerate().filter(|(_, letter)| !letter.is_whitespace());
        Self { letters: letters.map(|(at, letter)| Letter { at, letter, folded: fold(letter) }).collect() }
    }
}

impl Pattern {
    pub fn new(typed: &str) -> Self {
        let letters: Vec<char> = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        let exact_case = letters.iter().any(|letter| letter.is_uppercase());
        Self { letters, exact_case }
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The larger the better; none where not all letters are there in this order. What is there in one piece comes
    /// before what is scattered; then counts that it begins a word, that it stands early, and that little else is
    /// there.
    pub fn score(&self, candidate: &Candidate) -> Option<i64> {
        self.find(candidate).map(|(score, _)| score)
    }

    /// Returns which characters of the text were typed: from the first to behind the last.
    pub fn span(&self, candidate: &Candidate) -> Option<Range<usize>> {
        let (_, found) = self.find(candidate)?;
        let (first, last) =
            (candidate.letters.get(found.start)?, candidate.letters.get(found.end.checked_sub(1)?)?);
        Some(first.at..last.at + 1)
    }

    fn find(&self, candidate: &Candidate) -> Option<(i64, Range<usize>)> {
        let letters = &candidate.letters;
        if letters.len() < self.letters.len() {
            return None;
        }
        let rest = i64::try_from(letters.len() - self.letters.len()).unwrap_or(i64::MAX).min(1000);
        let begins = |at: usize| at == 0 || !letters[at - 1].letter.is_alphanumeric();
        let same = |wanted: &char, found: &Letter| self.is_same(*wanted, found);
        let pieces = letters.windows(self.letters.len().max(1)).enumerate();
        let whole = pieces
            .filter(|(_, piece)| self.letters.iter().zip(*piece).all(|(wanted, found)| same(wanted, found)));
        let scored = whole.map(|(at, _)| (100_000 + if begins(at) { 10_000 } else { 0 } - position(at), at));
        if let Some((best, at)) = scored.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at))) {
            return Some((best - rest, at..at + self.letters.len()));
        }
        let mut score = 0;
        let (mut at, mut start) = (0, None);
        for wanted in &self.letters {
            let found = at + letters[at..].iter().position(|letter| same(wanted, letter))?;
            score += if begins(found) { 50 } else { 0 } - position(found - at).min(50);
            at = found + 1;
            start.get_or_insert(found);
        }
        Some((score - rest, start.unwrap_or_default()..at))
    }

    /// Tells whether a letter is the one that was typed. One without an accent is found with any.
    fn is_same(&self, wanted: char, found: &Letter) -> bool {
        let found = if self.exact_case { found.letter } else { found.folded };
        wanted == found || (wanted.is_ascii() && without_accent(found) == Some(wanted))
    }
}

fn position(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX).min(1000)
}

/// Returns the ASCII letter that a letter of Latin script is with an accent or a stroke.
fn without_accent(letter: char) -> Option<char> {
    const GROUPS: [(char, &str); 24] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćĉċč"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįı"),
        ('j', "ĵ"),
        ('k', "ķ"),
        ('l', "ĺļľŀł"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűų"),
        ('w', "ŵ"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
        ('A', "ÀÁÂÃÄÅĀĂĄ"),
        ('E', "ÈÉÊËĒĔĖĘĚ"),
        ('O', "ÒÓÔÕÖØŌŎŐ"),
        ('U', "ÙÚÛÜŨŪŬŮŰŲ"),
        ('C', "ÇĆĈĊČ"),
    ];
    if letter.is_ascii() {
        return None;
    }
    GROUPS.iter().find(|(_, accented)| accented.contains(letter)).map(|(plain, _)| *plain)
}

fn fold(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that fit, best first.
    fn found<'a>(typed: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let pattern = Pattern::new(typed);
        let mut scored: Vec<(i64, &str)> =
            texts.iter().filter_map(|text| Some((pattern.score(&Candidate::new(text))?, *text))).collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn what_is_typed_in_one_piece_comes_first() {
        assert_eq!(
            found("prod", &["p-r-o-d", "my-prod", "xprod", "product", "prod", "dev"]),
            ["prod", "product", "my-prod", "xprod", "p-r-o-d"]
        );
    }

    #[test]
    fn letters_are_found_in_order_only() {
        assert_eq!(found("ksy", &["kube-system", "sky"]), ["kube-system"]);
        assert_eq!(found("team42", &["team-42", "team-24"]), ["team-42"]);
        assert_eq!(found("x", &["abc"]), Vec::<&str>::new());
    }

    #[test]
    fn a_capital_is_meant_and_a_small_letter_is_not() {
        assert_eq!(found("a", &["A", "a"]), ["A", "a"]);
        assert_eq!(found("A", &["A", "a"]), ["A"]);
        assert_eq!(found("Ü", &["ü", "Ü"]), ["Ü"]);
        assert_eq!(found("ü", &["Ü"]), ["Ü"]);
    }

    #[test]
    fn a_letter_is_found_with_an_accent_and_an_accent_is_meant() {
        assert_eq!(found("cafe", &["café", "cafe", "caff"]), ["café", "cafe"]);
        assert_eq!(found("café", &["café", "cafe"]), ["café"]);
        assert_eq!(found("strasse", &["straße"]), Vec::<&str>::new());
    }

    #[test]
    fn the_span_is_where_it_was_found() {
        let span = |typed: &str, text: &str| Pattern::new(typed).span(&Candidate::new(text));
        assert_eq!(span("pay", "cluster/payments"), Some(8..11));
        assert_eq!(span("team two", "  team-two team two"), Some(11..19));
        assert_eq!(span("ct", "a-cluster"), Some(2..7));
        assert_eq!(span("x", "abc"), None);
        assert_eq!(span("", "abc"), None);
    }

    #[test]
    fn nothing_typed_fits_everything_and_blanks_are_nothing() {
        assert!(Pattern::new("  ").is_empty());
        assert_eq!(found("a b", &["a-b", "ab", "a b"]), ["ab", "a b", "a-b"]);
    }
}
