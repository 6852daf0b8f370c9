//! Manual pages: one a command, written by a hidden command when archives of a release are made.

use std::{ffi::OsString, fs, path::Path};

use clap::Command;
use clap_mangen::Man;

use super::{EXIT_STATUS_HELP, ExitStatus, Plugin, main::command};
use crate::{Error, Result, output::Printer};

/// The subcommand that writes the pages into a folder; not shown in help.
pub const HIDDEN_COMMAND: &str = "__man";

/// Writes the pages of a plugin into the folder that the words name, and prints their paths.
pub(super) fn write<P: Plugin>(words: &[OsString], printer: &mut Printer) -> Result<ExitStatus> {
    let [folder] = words else {
        return Err(Error::usage(format!("{HIDDEN_COMMAND} takes one folder"))
            .with_hint("name the folder for manual pages"));
    };
    let folder = Path::new(folder);
    let failed = |path: &Path, error| Error::new(format!("can't write {}: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (name, page) in pages::<P>() {
        let path = folder.join(name);
        fs::write(&path, page).map_err(|error| failed(&path, error))?;
        printer.data(&format!("{}\n", path.display()))?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the file name and text of each page: of the plugin, then of its commands.
fn pages<P: Plugin>() -> Vec<(String, Vec<u8>)> {
    let mut plugin = command::<P>().disable_help_subcommand(true);
    plugin.build();
    let mut pages = Vec::new();
    add_pages(&plugin, &format!("kubectl-{}", P::NAME), None, &mut pages);
    pages
}

/// Adds the page of a command and those of its subcommands. Flags of the plugin are listed on its own page only.
fn add_pages(command: &Command, name: &str, plugin: Option<&str>, pages: &mut Vec<(String, Vec<u8>)>) {
    let mut shown = command.clone().display_name(name.to_owned());
    if plugin.is_some() {
        shown = shown.mut_args(|flag| if flag.is_global_set() { flag.hide(true) } else { flag });
    }
    pages.push((format!("{name}.1"), page(shown, name, plugin)));
    let plugin = plugin.unwrap_or(name);
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        add_pages(subcommand, &format!("{name}-{}", subcommand.get_name()), Some(plugin), pages);
    }
}

fn page(command: Command, name: &str, plugin: Option<&str>) -> Vec<u8> {
    let ending = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string);
    let mut ending = ending.unwrap_or_default();
    if !ending.contains("Exit status:") {
        ending = format!("{ending}\n\n{EXIT_STATUS_HELP}");
    }
    let has_flags = command.get_arguments().any(|flag| !flag.is_hide_set());
    let has_commands = command.get_subcommands().any(|subcommand| !subcommand.is_hide_set());
    let source = format!("kubectl-plugins {}", env!("CARGO_PKG_VERSION"));
    let man =
        Man::new(command).title(name.to_uppercase()).section("1").source(source).manual("kubectl plugins");
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = man.render_title(&mut text);
    let _ = man.render_name_section(&mut text);
    let _ = man.render_synopsis_section(&mut text);
    let _ = man.render_description_section(&mut text);
    if has_flags {
        let _ = man.render_options_section(&mut text);
    }
    if has_commands {
        let _ = man.render_subcommands_section(&mut text);
    }
    text.extend(sections(&ending).bytes());
    if let Some(plugin) = plugin {
        let plugin = escaped(plugin);
        text.extend(
            format!(".SH \"SEE ALSO\"\n\\fB{plugin}\\fR(1), which lists the flags of all commands\n").bytes(),
        );
    }
    text
}

/// Turns the paragraphs at the end of a command's help into sections: an unindented line that ends in a colon is a
/// heading, and what follows keeps its lines.
fn sections(ending: &str) -> String {
    let mut text = String::new();
    let mut is_open = false;
    for line in ending.trim().lines() {
        let heading = line.strip_suffix(':').filter(|line| !line.starts_with(' '));
        match heading {
            Some(heading) => {
                text.push_str(if is_open { ".fi\n" } else { "" });
                text.push_str(&format!(".SH \"{}\"\n.nf\n", escaped(&heading.to_uppercase())));
                is_open = true;
            }
            None => {
                let line = escaped(line.strip_prefix("  ").unwrap_or(line));
                // A line that begins with a dot or a quote would be a request.
                let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
                text.push_str(&format!("{guard}{line}\n"));
            }
        }
    }
    text.push_str(if is_open { ".fi\n" } else { "" });
    text
}

/// Escapes what roff takes for its own. A plain `-` may become a hyphen, which can't be copied as a flag.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq").replace('\'', "\\(aq")
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn headings_begin_sections_and_lines_are_kept() {
        let ending = "Examples:\n  # Say it\n  kubectl x say --to 'a b'\n\nExit status:\n  0  said\n";
        assert_eq!(
            sections(ending),
            ".SH \"EXAMPLES\"\n.nf\n# Say it\nkubectl x say \\-\\-to \\(aqa b\\(aq\n\n.fi\n.SH \"EXIT STATUS\"\n.nf\n0  said\n.fi\n"
        );
    }

    #[test]
    fn no_line_of_an_example_is_a_request() {
        assert_eq!(sections("Examples:\n  .x\n  a\\\n"), ".SH \"EXAMPLES\"\n.nf\n\\&.x\na\\e\n.fi\n");
    }
}
