//! How well a text fits what was typed.

/// A text prepared for comparison.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    letters: Vec<char>,
    folded: Vec<char>,
}

/// What was typed, prepared for comparison: case counts only where a capital was typed, blanks never.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    letters: Vec<char>,
    exact_case: bool,
}

impl Candidate {
    pub fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let folded = letters.iter().map(|letter| fold(*letter)).collect();
        Self { letters, folded }
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
        let text = if self.exact_case { &candidate.letters } else { &candidate.folded };
        let blanks_left_out: Vec<usize> =
            (0..text.len()).filter(|&index| !text[index].is_whitespace()).collect();
        let letters: Vec<char> = blanks_left_out.iter().map(|&index| text[index]).collect();
        if letters.len() < self.letters.len() {
            return None;
        }
        let rest = i64::try_from(letters.len() - self.letters.len()).unwrap_or(i64::MAX).min(1000);
        let begins = |at: usize| at == 0 || !letters[at - 1].is_alphanumeric();
        let pieces = letters.windows(self.letters.len().max(1)).enumerate();
        let whole = pieces.filter(|(_, piece)| *piece == self.letters.as_slice());
        let best = whole.map(|(at, _)| 100_000 + if begins(at) { 10_000 } else { 0 } - position(at)).max();
        if let Some(best) = best {
            return Some(best - rest);
        }
        let mut score = 0;
        let mut at = 0;
        for wanted in &self.letters {
            let found = at + letters[at..].iter().position(|letter| letter == wanted)?;
            score += if begins(found) { 50 } else { 0 } - position(found - at).min(50);
            at = found + 1;
        }
        Some(score - rest)
    }
}

fn position(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX).min(1000)
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
    fn nothing_typed_fits_everything_and_blanks_are_nothing() {
        assert!(Pattern::new("  ").is_empty());
        assert_eq!(found("a b", &["a-b", "ab", "a b"]), ["ab", "a b", "a-b"]);
    }
}
