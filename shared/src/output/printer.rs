//! The only place that writes to standard output and standard error.

use std::{
    borrow::Cow,
    io::{self, BufWriter, IsTerminal, Write},
    sync::{Arc, Mutex, PoisonError},
};

use serde::Serialize;

use super::{
    ColorChoice, ColorEnvironment, Format, Progress, Style, Table, TableOptions, json::write_json,
    progress::Live, sanitize, yaml,
};
use crate::{Error, Result};

/// Enough for a page of rows at a time; a terminal is flushed before any talk.
const BUFFER: usize = 64 * 1024;

/// How output looks, decided once at start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Colour the data on standard output.
    pub color: bool,
    /// Colour the talk on standard error.
    pub talk_color: bool,
    /// Standard error is a terminal that can redraw a line: progress may be a bar.
    pub live: bool,
    /// Somebody is at the terminal and may be asked something: data comes out at once, so that a plan is seen
    /// before the question about it, even through `| tee`.
    pub eager: bool,
    /// Columns of the terminal standard output is; none for a pipe or a file.
    pub width: Option<usize>,
}

/// Where talk goes; shared with the progress that runs beside the printer.
pub(super) type TalkWriter = Arc<Mutex<Box<dyn Write + Send>>>;

/// Standard output for data, standard error for talk.
///
/// Data is buffered and comes out before any talk that follows it, and at the end. A reader who closes the pipe
/// makes the next write return [`Error::closed_pipe`], which ends a command with success. Talk never fails:
/// there would be no place to say so.
pub struct Printer {
    data: BufWriter<Box<dyn Write + Send>>,
    talk: TalkWriter,
    live: Live,
    appearance: Appearance,
    /// What went wrong when data was flushed on behalf of talk; the next data call returns it.
    failed: Option<Error>,
}

impl Printer {
    /// A printer on the process's own streams.
    pub fn system(color: ColorChoice) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let talk = ColorEnvironment::from_process(&stderr);
        let width = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        let appearance = Appearance {
            color: color.decide(ColorEnvironment::from_process(&stdout)),
            talk_color: color.decide(talk),
            live: talk.terminal && !talk.dumb,
            eager: talk.terminal && io::stdin().is_terminal(),
            width: stdout.is_terminal().then(width).flatten(),
        };
        Self::new(Box::new(stdout), Box::new(stderr), appearance)
    }

    /// A printer on any two writers.
    pub fn new(stdout: Box<dyn Write + Send>, stderr: Box<dyn Write + Send>, appearance: Appearance) -> Self {
        Self {
            data: BufWriter::with_capacity(BUFFER, stdout),
            talk: Arc::new(Mutex::new(stderr)),
            live: Live::default(),
            appearance,
            failed: None,
        }
    }

    /// A printer for tests, and what it wrote. Data shows up in the capture once flushed: by talk, by
    /// [`Printer::flush`], or by dropping the printer.
    pub fn captured(appearance: Appearance) -> (Self, Capture) {
        let capture = Capture::default();
        let printer = Self::new(
            Box::new(Sink(capture.stdout.clone())),
            Box::new(Sink(capture.stderr.clone())),
            appearance,
        );
        (printer, capture)
    }

    /// How output looks.
    pub fn appearance(&self) -> Appearance {
        self.appearance
    }

    /// Columns of the terminal data goes to; none for a pipe or a file.
    pub fn width(&self) -> Option<usize> {
        self.appearance.width
    }

    /// The text in a style, if data is coloured. The text is not sanitised.
    pub fn styled<'a>(&self, style: Style, text: &'a str) -> Cow<'a, str> {
        style.paint(text, self.appearance.color)
    }

    /// Writes data as it is: line breaks and sanitising are the caller's.
    pub fn data(&mut self, text: &str) -> Result<()> {
        self.stream(|data| data.write_all(text.as_bytes()))
    }

    /// Writes a table as kubectl would, sanitised.
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
        write(&mut self.data).map_err(|error| output_error(&error))?;
        if self.appearance.eager { self.flush() } else { Ok(()) }
    }

    /// Brings all data out, for a watch between two rounds or at the end.
    pub fn flush(&mut self) -> Result<()> {
        self.earlier_failure()?;
        self.data.flush().map_err(|error| output_error(&error))
    }

    /// Says something on standard error, sanitised.
    pub fn note(&mut self, text: impl AsRef<str>) {
        self.say(&sanitize(text.as_ref()));
    }

    /// Says `Warning: …` on standard error as kubectl does, sanitised.
    pub fn warning(&mut self, text: impl AsRef<str>) {
        let prefix = Style::Warning.paint("Warning:", self.appearance.talk_color);
        let line = format!("{prefix} {}", sanitize(text.as_ref()));
        self.say(&line);
    }

    /// Says why the command ends, with the hint, sanitised. A closed pipe is nothing to talk about.
    pub fn error(&mut self, error: &Error) {
        if error.is_closed_pipe() {
            return;
        }
        let text = error.to_string();
        let text = sanitize(&text);
        match text.strip_prefix("error:") {
            Some(rest) => {
                let prefix = Style::Critical.paint("error:", self.appearance.talk_color);
                let line = format!("{prefix}{rest}");
                self.say(&line);
            }
            None => self.say(&text),
        }
    }

    /// A voice for what runs beside the printer, such as a client that passes a server's warnings on. What it says is
    /// sanitised; it does not wait for data that is still to come out.
    pub fn voice(&self) -> impl Fn(&str) + Send + Sync + 'static {
        let (talk, live) = (self.talk.clone(), self.live.clone());
        move |text| say_beside(&live, &talk, &sanitize(text))
    }

    /// Says text on standard error that is already safe and may carry styles, such as clap's own messages.
    pub(crate) fn say(&mut self, text: &str) {
        if let Err(error) = self.data.flush() {
            self.failed.get_or_insert(output_error(&error));
        }
        say_beside(&self.live, &self.talk, text);
    }

    /// Shows on standard error that something takes long: a bar on a terminal, now and then a line elsewhere,
    /// nothing if it is over soon. `doing` reads like `listing resourcequotas`.
    pub fn progress(&self, doing: impl Into<String>) -> Progress {
        Progress::new(
            sanitize(&doing.into()).into_owned(),
            self.talk.clone(),
            self.live.clone(),
            self.appearance.live,
        )
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

/// Writes a line of talk while no bar is drawn. Talk never fails: there would be no place to say so.
fn say_beside(live: &Live, talk: &TalkWriter, text: &str) {
    live.suspend(|| {
        let mut talk = talk.lock().unwrap_or_else(PoisonError::into_inner);
        let end = if text.ends_with('\n') { "" } else { "\n" };
        drop(write!(talk, "{text}{end}").and_then(|()| talk.flush()));
    });
}

/// What a [`Printer::captured`] wrote.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    stdout: Arc<Mutex<Vec<u8>>>,
    stderr: Arc<Mutex<Vec<u8>>>,
}

impl Capture {
    /// The data so far.
    pub fn stdout(&self) -> String {
        text_of(&self.stdout)
    }

    /// The talk so far.
    pub fn stderr(&self) -> String {
        text_of(&self.stderr)
    }
}

fn text_of(bytes: &Mutex<Vec<u8>>) -> String {
    String::from_utf8_lossy(&bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::ExitStatus;

    /// Fails every write with this kind of error.
    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn broken(kind: io::ErrorKind) -> Printer {
        Printer::new(Box::new(Broken(kind)), Box::new(io::sink()), Appearance::default())
    }

    #[test]
    fn data_comes_out_before_the_talk_that_follows_it() {
        let shared = Arc::new(Mutex::new(Vec::new()));
        let mut printer = Printer::new(
            Box::new(Sink(shared.clone())),
            Box::new(Sink(shared.clone())),
            Appearance::default(),
        );
        printer.data("first\n").unwrap();
        printer.note("second");
        printer.data("third\n").unwrap();
        printer.flush().unwrap();
        assert_eq!(text_of(&shared), "first\nsecond\nthird\n");
    }

    #[test]
    fn whoever_may_be_asked_sees_data_at_once() {
        let (mut printer, capture) = Printer::captured(Appearance { eager: true, ..Appearance::default() });
        printer.data("plan\n").unwrap();
        assert_eq!(capture.stdout(), "plan\n");
        let (mut printer, capture) = Printer::captured(Appearance::default());
        printer.data("rows\n").unwrap();
        assert_eq!(capture.stdout(), "");
        printer.flush().unwrap();
        assert_eq!(capture.stdout(), "rows\n");
    }

    #[test]
    fn talk_is_sanitised_and_data_is_verbatim() {
        let (mut printer, capture) = Printer::captured(Appearance::default());
        printer.note("hello \u{1b}[2J");
        printer.warning("odd\u{7}");
        printer.error(&Error::new("no \u{1b}]0;x").with_hint("try \u{8}again"));
        printer.data("\u{1b}[1mraw\n").unwrap();
        printer.flush().unwrap();
        assert_eq!(
            capture.stderr(),
            "hello \\u{1b}[2J\nWarning: odd\\u{7}\nerror: no \\u{1b}]0;x\nhint: try \\u{8}again\n"
        );
        assert_eq!(capture.stdout(), "\u{1b}[1mraw\n");
    }

    #[test]
    fn only_prefixes_of_talk_are_coloured() {
        let (mut printer, capture) =
            Printer::captured(Appearance { talk_color: true, ..Appearance::default() });
        printer.warning("w");
        printer.error(&Error::new("e"));
        printer.error(&Error::verbatim("Error from server: x"));
        assert_eq!(
            capture.stderr(),
            "\u{1b}[33mWarning:\u{1b}[0m w\n\u{1b}[31merror:\u{1b}[0m e\nError from server: x\n"
        );
    }

    #[test]
    fn a_closed_pipe_is_success_and_silent() {
        let mut printer = broken(io::ErrorKind::BrokenPipe);
        printer.data("x").unwrap();
        let error = printer.flush().unwrap_err();
        assert!(error.is_closed_pipe());
        assert_eq!(error.status(), ExitStatus::Success);

        let (mut printer, capture) = Printer::captured(Appearance::default());
        printer.error(&error);
        assert_eq!(capture.stderr(), "");
    }

    #[test]
    fn a_full_disk_is_a_failure() {
        let mut printer = broken(io::ErrorKind::StorageFull);
        printer.data("x").unwrap();
        let error = printer.flush().unwrap_err();
        assert_eq!(error.status(), ExitStatus::Failure);
        assert!(error.to_string().starts_with("error: can't write to standard output: "), "{error}");
    }

    #[test]
    fn a_failure_met_while_talking_is_returned_by_the_next_data() {
        let mut printer = broken(io::ErrorKind::BrokenPipe);
        printer.data("x").unwrap();
        printer.note("talk");
        assert!(printer.data("y").unwrap_err().is_closed_pipe());
    }
}
