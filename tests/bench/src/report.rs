//! Prints what was measured, each contestant beside the first.

use shared::{
    Result,
    output::{Column, Printer, Table, TableOptions},
};

use super::measure::Measured;

/// Prints a table of medians: the first contestant is ours, RATIO is each one's time over ours.
///
/// # Errors
/// Standard output can't be written.
pub fn show(title: &str, measured: &[Measured], printer: &mut Printer) -> Result<()> {
    let mut table = Table::new(["COMMAND", "WALL", "MIN..MAX", "CPU", "PEAK", "RATIO"].map(Column::new));
    let milliseconds = |duration: std::time::Duration| format!("{:.1} ms", duration.as_secs_f64() * 1e3);
    let ours = measured.first().and_then(|ours| ours.median(|run| run.wall));
    for contestant in measured {
        let wall = contestant.median(|run| run.wall).unwrap_or_default();
        let walls = contestant.runs.iter().map(|run| run.wall);
        let (least, most) = (walls.clone().min().unwrap_or_default(), walls.max().unwrap_or_default());
        let ratio = ours.map(|ours| wall.as_secs_f64() / ours.as_secs_f64()).unwrap_or_default();
        table.push([
            contestant.name.clone().into(),
            milliseconds(wall).into(),
            format!("{:.1}..{:.1}", least.as_secs_f64() * 1e3, most.as_secs_f64() * 1e3).into(),
            milliseconds(contestant.median(|run| run.cpu).unwrap_or_default()).into(),
            format!("{:.1} MiB", contestant.median(|run| run.peak).unwrap_or_default() as f64 / 1_048_576.0)
                .into(),
            format!("{ratio:.2}").into(),
        ]);
    }
    printer.data(&format!("\n{title}\n"))?;
    printer.table(&table, TableOptions::default())?;
    printer.flush()
}
