//! What a terminal shows, as a picture: text with its colors, which stays sharp and can be searched.

use vt100::{Cell, Color, Screen};

/// The size of a character.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
const MARGIN: f64 = 14.0;

/// The sixteen colors, readable on the dark ground.
const COLORS: [&str; 16] = [
    "#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4", "#6e7681",
    "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc",
];

/// Characters of one look that stand side by side.
#[derive(Default, PartialEq)]
struct Look {
    color: Option<String>,
    bold: bool,
    dim: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let color = match cell.fgcolor() {
            Color::Default => None,
            Color::Idx(index @ 0..16) => Some(COLORS[usize::from(index)].to_owned()),
            Color::Idx(_) => None,
            Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        };
        Self { color, bold: cell.bold(), dim: cell.dim(), underline: cell.underline() }
    }

    fn attributes(&self) -> String {
        let mut text = String::new();
        if let Some(color) = &self.color {
            text.push_str(&format!(" fill=\"{color}\""));
        }
        if self.bold {
            text.push_str(" font-weight=\"bold\"");
        }
        if self.dim {
            text.push_str(" opacity=\"0.7\"");
        }
        if self.underline {
            text.push_str(" text-decoration=\"underline\"");
        }
        text
    }
}

/// Draws a command line and below it what the screen shows.
pub fn draw(line: &str, screen: &Screen) -> String {
    let (rows, columns) = size(screen);
    let used = (0..rows).rev().find(|row| !text_of(screen, *row).is_empty()).map_or(0, |row| row + 1);
    let (width, height) =
        (f64::from(columns) * WIDTH + 2.0 * MARGIN, f64::from(used + 1) * HEIGHT + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">
<title>{title}</title>
<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>
<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" fill=\"#e6edf3\">
",
        title = escaped(line)
    );
    svg.push_str(&run(0, 0, &format!("$ {line}"), &Look { bold: true, ..Look::default() }));
    for row in 0..used {
        let (mut start, mut text, mut look) = (0, String::new(), Look::default());
        for column in 0..columns {
            let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
                continue;
            };
            let found = Look::of(cell);
            if found != look {
                svg.push_str(&run(row + 1, start, &text, &look));
                (start, text, look) = (column, String::new(), found);
            }
            text.push_str(if cell.has_contents() { cell.contents() } else { " " });
        }
        svg.push_str(&run(row + 1, start, &text, &look));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn size(screen: &Screen) -> (u16, u16) {
    let (rows, columns) = screen.size();
    (rows.get(), columns.get())
}

/// Returns what a row of the screen shows.
pub fn text_of(screen: &Screen, row: u16) -> String {
    let (_, columns) = size(screen);
    screen.contents_between(row, 0, row, columns).trim_end().to_owned()
}

/// Draws one piece of text. Its length is given, so that columns are straight in any font.
fn run(row: u16, column: u16, text: &str, look: &Look) -> String {
    let blank = text.len() - text.trim_start().len();
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let x = MARGIN + (f64::from(column) + blank as f64) * WIDTH;
    let y = MARGIN + f64::from(row) * HEIGHT + 13.0;
    let length = text.chars().count() as f64 * WIDTH;
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" xml:space=\"preserve\"{}>{}</text>\n",
        look.attributes(),
        escaped(text)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
