//! What libyaml, and so kubectl, refuses although the parser used here reads it.

use granit_parser::{ScalarStyle, Span};

use super::{Node, NodeContent, NodeId, YamlError};

/// Refuses escapes of JSON that YAML 1.1 lacks: `\/` and halves of surrogate pairs. Inside of brackets, refuses plain
/// text with a question mark or a leading colon: both are indicators there, even in the middle of a URL.
pub(super) fn check_scalar(
    text: &str,
    span: &Span,
    style: ScalarStyle,
    in_flow: bool,
) -> Result<(), YamlError> {
    if style == ScalarStyle::Plain && in_flow {
        let source = span.slice(text).unwrap_or_default();
        if source.contains('?') || source.starts_with(':') {
            let message = "a `?` or a leading `:` between brackets has to be quoted";
            return Err(YamlError::new(span.start.line(), message));
        }
    }
    if style != ScalarStyle::DoubleQuoted {
        return Ok(());
    }
    let Some(source) = span.slice(text).filter(|source| source.contains('\\')) else {
        return Ok(());
    };
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let line = span.start.line() + source[..at].matches('\n').count();
        match &bytes[at + 1..] {
            [b'/', ..] => return Err(YamlError::new(line, "found unknown escape character \\/")),
            [b'u', b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..] => {
                return Err(YamlError::new(line, "found invalid Unicode character escape code"));
            }
            _ => at += 2,
        }
    }
    Ok(())
}

/// Refuses a tag between brackets with punctuation right behind it: `[!!str, 1]` has one item to libyaml, to which the comma
/// belongs to the tag.
pub(super) fn check_tag(text: &str, span: &Span) -> Result<(), YamlError> {
    let at = span.byte_range().map_or(0, |range| range.start);
    let (before, after) = (&text[..at], &text[at..]);
    match after.starts_with([']', '}', ',', ':']) && !before.ends_with([' ', '\t', '\r', '\n']) {
        true => Err(YamlError::new(span.start.line(), "did not find expected whitespace behind a tag")),
        false => Ok(()),
    }
}

/// Refuses keys of several lines between brackets.
pub(super) fn check_key(text: &str, span: &Span) -> Result<(), YamlError> {
    match span.slice(text).is_some_and(|source| source.trim_end().contains(['\r', '\n'])) {
        true => Err(YamlError::new(span.start.line(), "a key has to stand on one line")),
        false => Ok(()),
    }
}

/// Refuses names of anchors and aliases with anything but ASCII letters, digits, `_` and `-`.
pub(super) fn check_anchor_name(text: &str, span: &Span) -> Result<(), YamlError> {
    let name = span.slice(text).unwrap_or_default().trim_start_matches(['&', '*']);
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        return Ok(());
    }
    Err(YamlError::new(
        span.start.line(),
        "did not find expected alphabetic or numeric character in an anchor's name",
    ))
}

/// Refuses a first document that consists of nothing but its end: `...` before any content.
pub(super) fn check_start(before: &str) -> Result<(), YamlError> {
    match before.lines().position(|line| line.trim_end() == "..." || line.starts_with("... ")) {
        Some(line) => Err(YamlError::new(line + 1, "did not find expected node content")),
        None => Ok(()),
    }
}

/// Refuses tabs at the start of a line where libyaml counts columns: everywhere but in quotes, in brackets, and behind
/// the spaces that indent a text of several lines.
pub(super) fn check_tabs(text: &str, end: usize, nodes: &[Node<'_>]) -> Result<(), YamlError> {
    let mut start = 0;
    for (index, line) in text[..end].split_inclusive('\n').enumerate() {
        // Tabs are rare: only lines that have one where it may matter are looked at.
        let leading = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        if let Some(column) = line[..leading].find('\t') {
            let dashed = line[..column].contains('-');
            if !may_stand(text, start, start + column, dashed, nodes) {
                let message = "found a tab character that violates indentation: use spaces";
                return Err(YamlError::new(index + 1, message));
            }
        }
        start += line.len();
    }
    Ok(())
}

fn may_stand(text: &str, line_start: usize, tab: usize, dashed: bool, nodes: &[Node<'_>]) -> bool {
    let column_of = |offset: usize| offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let is_collection =
        |node: &&Node<'_>| matches!(node.content, NodeContent::Sequence(_) | NodeContent::Mapping(_));
    // A list no deeper than its key starts with its first item, which may have brackets of its own.
    let is_first = |child: &NodeId, node: &Node<'_>| nodes[child.0].span.start == node.span.start;
    let in_brackets = |node: &Node<'_>| {
        text[node.span.start..].starts_with(['{', '['])
            && match &node.content {
                NodeContent::Sequence(items) => !items.first().is_some_and(|item| is_first(item, node)),
                NodeContent::Mapping(pairs) => !pairs.first().is_some_and(|(key, _)| is_first(key, node)),
                _ => false,
            }
    };
    let around = |offset: usize| {
        nodes
            .iter()
            .filter(is_collection)
            .filter(move |node| node.span.start <= offset && offset < node.span.end)
    };
    // The scalar the tab stands in, or that ended last before it.
    let scalar = nodes
        .iter()
        .filter(|node| matches!(node.content, NodeContent::Scalar(..)) && !node.span.is_empty())
        .rfind(|node| node.span.start < tab || (node.span.start == tab && is_block_text(node)));
    if let Some((scalar, style)) = scalar.and_then(|node| match node.content {
        NodeContent::Scalar(_, style) => Some((node, style)),
        _ => None,
    }) {
        let inside = tab < scalar.span.end;
        match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if inside => return true,
            // Its lines are indented with spaces, and what follows those is text.
            ScalarStyle::Literal | ScalarStyle::Folded if inside => {
                return tab > line_start && !finds_indentation(text, scalar.span.start, tab);
            }
            ScalarStyle::Plain if inside || text[scalar.span.end..tab].trim().is_empty() => {
                let block = around(scalar.span.start).filter(|node| !in_brackets(node));
                let indent = block.map(|node| column_of(node.span.start) + 1).max().unwrap_or(0);
                return !dashed && tab - line_start >= indent;
            }
            _ => {}
        }
    }
    around(tab).any(in_brackets)
}

fn is_block_text(node: &Node<'_>) -> bool {
    matches!(node.content, NodeContent::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded))
}

/// Whether a block of text has not begun at an offset, so that libyaml still looks for its indentation.
fn finds_indentation(text: &str, block: usize, offset: usize) -> bool {
    let up_to_header = block + usize::from(text[block..].starts_with(['|', '>']));
    let Some(header) = text[..up_to_header].rfind(['|', '>']) else { return false };
    let line = text[header..offset].lines().next().unwrap_or_default();
    let is_written = line[1..].bytes().take(2).any(|byte| byte.is_ascii_digit());
    !is_written && text[header + line.len()..offset].trim().is_empty()
}
