//! The only place that writes to standard output and standard error.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
};

use serde::Serialize;

use super::{
    Appearance, Capture, ColorChoice, Format, LiveLines, Progress, StderrSink, Style, Table, TableOptions,
    capture::Buffer, folded, json::write_json, sanitize, sanitize_line, yaml,
};
use crate::{Error, Result};

/// Enough for a page of rows at a time; a terminal is flushed before any message.
const BUFFER: usize = 64 * 1024;

/// Standard output for data, standard error for messages.
///
/// Data is buffered and comes out before any message that follows it, and at the end. A reader who closes the pipe
/// makes the next write return [`Error::closed_pipe`], which ends a command with success. Messages never fail:
/// there is nowhere to report that.
pub struct Printer {
    data: BufWriter<Box<dyn Write + Send>>,
    stderr: StderrSink,
    appearance: Appearance,
    /// What went wrong when data was flushed before a message; the next data call returns it.
    failed: Option<Error>,
}

impl Printer {
    /// Creates a printer on the process's own streams.
    pub fn system(color: ColorChoice) -> Self {
        Self::new(Box::new(io::stdout()), Box::new(io::stderr()), Appearance::from_process(color))
    }

    /// Creates a printer on any two writers.
    pub fn new(stdout: Box<dyn Write + Send>, stderr: Box<dyn Write + Send>, appearance: Appearance) -> Self {
        let data = BufWriter::with_capacity(BUFFER, stdout);
        Self { data, stderr: StderrSink::new(stderr, appearance.live), appearance, failed: None }
    }

    /// Creates a printer for tests, and what it wrote. Data shows up in the capture once flushed: by a message, by
    /// [`Printer::flush`], or by dropping the printer.
    pub fn captured(appearance: Appearance) -> (Self, Capture) {
        let capture = Capture::default();
        let stdout = Box::new(Buffer(capture.stdout.clone()));
        let stderr = Box::new(Buffer(capture.stderr.clone()));
        (Self::new(stdout, stderr, appearance), capture)
    }

    /// Returns how output looks.
    pub fn appearance(&self) -> Appearance {
        self.appearance
    }

    /// Returns the columns of the terminal that data goes to; none for a pipe or a file.
    pub fn width(&self) -> Option<usize> {
        self.appearance.width
    }

    /// Returns the text in a style, if data is colored. The text is not sanitized.
    pub fn styled<'a>(&self, style: Style, text: &'a str) -> Cow<'a, str> {
        style.paint(text, self.appearance.color)
    }

    /// Returns a name as data: byte for byte for another program, sanitized for a terminal.
    pub fn name<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.appearance.terminal { sanitize_line(name) } else { name.into() }
    }

    /// Writes data as it is: line breaks and sanitizing are the caller's.
    pub fn data(&mut self, text: &str) -> Result<()> {
        self.stream(|data| data.write_all(text.as_bytes()))
    }

    /// Writes a table as kubectl would, sanitized.
    pub fn table(&mut self, table: &Table, options: TableOptions) -> Result<()> {
        let text = table.render(options, self.appearance.color);
        self.data(&text)
    }

    /// Writes a table as RFC 4180 CSV.
    pub fn csv(&mut self, table: &Table, no_headers: bool) -> Result<()> {
        self.data(&table.csv(no_headers))
    }

    /// Writes a table as Markdown.
    pub fn markdown(&mut self, table: &Table) -> Result<()> {
        self.data(&table.markdown())
    }

    /// Writes a value as the one document of this output: YAML for [`Format::Yaml`], else JSON.
    pub fn document<T: Serialize>(&mut self, format: Format, value: &T) -> Result<()> {
        match format {
            Format::Yaml => self.data(&yaml(value)?),
            _ => self.stream(|writer| write_json(writer, value)),
        }
    }

    /// Writes data piece by piece, for what is too long to hold as one text.
    ///
    /// # Errors
    /// The writer's, [`Error::closed_pipe`] among them.
    pub fn stream(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        self.earlier_failure()?;
        let Self { data, stderr, .. } = self;
        stderr.suspend(|| write(data)).map_err(|error| output_error(&error))?;
        if self.appearance.eager { self.flush() } else { Ok(()) }
    }

    /// Writes out all data, for a watch between two rounds or at the end.
    pub fn flush(&mut self) -> Result<()> {
        self.earlier_failure()?;
        self.write_out()
    }

    /// Writes a message to standard error, sanitized.
    pub fn note(&mut self, text: impl AsRef<str>) {
        self.say(&sanitize(text.as_ref()));
    }

    /// Writes `Warning: …` to standard error as kubectl does, sanitized, and folded where that is a terminal.
    pub fn warning(&mut self, text: impl AsRef<str>) {
        self.say_prefixed("Warning:", Style::Warning, &format!("Warning: {}", sanitize(text.as_ref())));
    }

    /// Writes why the command ends, with the hint, sanitized. A closed pipe is not reported.
    pub fn error(&mut self, error: &Error) {
        if error.is_closed_pipe() {
            return;
        }
        let text = error.to_string();
        let text = sanitize(&text);
        self.say_prefixed("error:", Style::Critical, &text);
    }

    /// Writes a message whose lines are folded where standard error is a terminal; where it starts so, in color.
    fn say_prefixed(&mut self, prefix: &str, style: Style, text: &str) {
        let Appearance { width, live, talk_color, .. } = self.appearance;
        let text: Cow<'_, str> = match width.filter(|_| live) {
            Some(width) => text
                .lines()
                .flat_map(|line| folded(line, ["", "  "], width))
                .collect::<Vec<_>>()
                .join("\n")
                .into(),
            None => text.into(),
        };
        match text.strip_prefix(prefix) {
            Some(rest) => self.say(&format!("{}{rest}", style.paint(prefix, talk_color))),
            None => self.say(&text),
        }
    }

    /// Returns standard error for what runs beside the printer, such as a client.
    pub fn stderr_sink(&self) -> StderrSink {
        self.stderr.clone()
    }

    /// Writes a text to standard error that is already safe and may carry styles, such as clap's own messages.
    pub(crate) fn say(&mut self, text: &str) {
        if let Err(error) = self.write_out() {
            self.failed.get_or_insert(error);
        }
        self.stderr.write(text);
    }

    /// Shows on standard error that something takes long, until the result is dropped: a spinner or a bar on a
    /// terminal, a line every so often elsewhere, nothing if it is over soon. `doing` reads like
    /// `listing resourcequotas`. What a client lists and asks for meanwhile is counted.
    pub fn progress(&self, doing: impl Into<String>) -> Progress {
        self.stderr.progress(doing)
    }

    /// Returns lines at the bottom of the terminal that standard error is, as [`StderrSink::live_lines`].
    pub fn live_lines(&self) -> Option<LiveLines> {
        self.stderr.live_lines()
    }

    fn write_out(&mut self) -> Result<()> {
        let Self { data, stderr, .. } = self;
        stderr.suspend(|| data.flush()).map_err(|error| output_error(&error))
    }

    fn earlier_failure(&mut self) -> Result<()> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

fn output_error(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Error::closed_pipe(),
        _ => Error::new(format!("can't write to standard output: {error}")),
    }
}

#[cfg(test)]
mod tests;
