//! What the measured times have to be, and whether they are.

use shared::{
    Result,
    output::{Column, Printer, Style, Table, TableOptions},
};

use super::measure::Measured;

/// A relation of two medians that is asked for.
#[derive(Clone, Debug)]
pub struct Demand {
    sentence: String,
    asked: String,
    found: String,
    met: bool,
}

impl Demand {
    /// Ours takes at most so many times what the other takes.
    pub fn at_most(ours: &Measured, other: &Measured, times: f64) -> Self {
        let found = median(ours) / median(other);
        Self {
            sentence: format!("{} over {}", ours.name, other.name),
            asked: format!("at most {times}"),
            found: format!("{found:.2}"),
            met: found <= times,
        }
    }

    /// Ours holds at most so many megabytes at once.
    pub fn peak_at_most(ours: &Measured, megabytes: u64) -> Self {
        let peak = ours.median(|run| run.peak).unwrap_or(u64::MAX);
        Self {
            sentence: format!("memory of {}", ours.name),
            asked: format!("at most {megabytes} MB"),
            found: format!("{} MB", peak.div_ceil(1_000_000)),
            met: peak <= megabytes * 1_000_000,
        }
    }

    /// The other takes at least so many times what ours takes.
    pub fn at_least(ours: &Measured, other: &Measured, times: f64) -> Self {
        let found = median(other) / median(ours);
        Self {
            sentence: format!("{} over {}", other.name, ours.name),
            asked: format!("at least {times}"),
            found: format!("{found:.1}"),
            met: found >= times,
        }
    }
}

/// A table of them.
#[derive(Clone, Debug, Default)]
pub struct Demands(Vec<Demand>);

impl Demands {
    /// One more.
    pub fn push(&mut self, demand: Demand) {
        self.0.push(demand);
    }

    /// That ours is so many times faster than another, where that one is there.
    pub fn faster(&mut self, ours: &Measured, other: Option<&Measured>, times: f64) {
        self.0.extend(other.map(|other| Demand::at_least(ours, other, times)));
    }

    /// Prints them.
    ///
    /// # Errors
    /// Standard output can't be written.
    pub fn show(&self, printer: &mut Printer) -> Result<()> {
        let mut table = Table::new(["DEMAND", "ASKED", "FOUND", "MET"].map(Column::new));
        for demand in &self.0 {
            let (word, style) = if demand.met { ("yes", Style::Ok) } else { ("no", Style::Critical) };
            table.push([
                demand.sentence.clone().into(),
                demand.asked.clone().into(),
                demand.found.clone().into(),
                shared::output::Cell::styled(word, style),
            ]);
        }
        printer.data("\n")?;
        printer.table(&table, TableOptions::default())?;
        printer.flush()
    }
}

fn median(measured: &Measured) -> f64 {
    measured.median(|run| run.wall).unwrap_or_default().as_secs_f64()
}
