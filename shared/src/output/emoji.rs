//! The characters without width that several characters are one emoji by.

/// The variation selector that asks for the colored form of a symbol.
const COLORED: char = '\u{fe0f}';
/// The joiner between the parts of an emoji, as in a woman with a laptop.
const JOINER: char = '\u{200d}';

/// Tells whether `character` only makes an emoji of those around it: a terminal shows the emoji, and nothing is hidden.
pub(super) fn joins(before: Option<char>, character: char, after: Option<char>) -> bool {
    match character {
        COLORED => before.is_some_and(|before| is_symbol(before) || is_keycap(before, after)),
        JOINER => {
            before.is_some_and(|before| is_symbol(before) || before == COLORED)
                && after.is_some_and(is_symbol)
        }
        _ => false,
    }
}

/// The blocks in which Unicode has its emoji.
fn is_symbol(character: char) -> bool {
    matches!(character,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21ff}'   // arrows
        | '\u{2300}'..='\u{23ff}'   // clocks, keys
        | '\u{24c2}'
        | '\u{25a0}'..='\u{27bf}'   // shapes, weather, signs, dingbats
        | '\u{2934}' | '\u{2935}'
        | '\u{2b00}'..='\u{2bff}'   // more arrows and shapes
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}' // pictures
    )
}

/// Tells whether a character becomes a key that is drawn around it.
fn is_keycap(character: char, after: Option<char>) -> bool {
    matches!(character, '0'..='9' | '#' | '*') && after == Some('\u{20e3}')
}
