//! Runs commands in turn and keeps what each run took.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use shared::{Error, Result};
use wait4::Wait4;

/// A command to be measured.
#[derive(Clone, Debug)]
pub struct Contestant {
    /// How the report calls it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments: one list for each run, from the first on again after the last.
    pub turns: Vec<Vec<String>>,
    /// Its environment, beyond an empty one.
    pub environment: Vec<(String, String)>,
}

/// What a whole process took, start included.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// From start to end.
    pub wall: Duration,
    /// User and system time.
    pub cpu: Duration,
    /// The most memory it held at once, in bytes.
    pub peak: u64,
}

/// All runs of one contestant.
#[derive(Clone, Debug)]
pub struct Measured {
    /// How the report calls it.
    pub name: String,
    /// One entry a run.
    pub runs: Vec<Run>,
}

impl Measured {
    /// The median of a quantity of the runs.
    pub fn median<T: Ord + Copy>(&self, of: impl Fn(&Run) -> T) -> Option<T> {
        let mut values: Vec<T> = self.runs.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    }
}

/// Runs every contestant `runs` times, in turn, so that a busy moment of the machine meets all of them. One run
/// of each comes first and is forgotten.
///
/// # Errors
/// A command that can't be started, or fails.
pub fn measure(contestants: &[Contestant], runs: usize) -> Result<Vec<Measured>> {
    let mut measured: Vec<Measured> = contestants
        .iter()
        .map(|contestant| Measured { name: contestant.name.clone(), runs: Vec::new() })
        .collect();
    for round in 0..=runs {
        for (contestant, measured) in contestants.iter().zip(&mut measured) {
            let run = once(contestant, round)?;
            if round > 0 {
                measured.runs.push(run);
            }
        }
    }
    Ok(measured)
}

/// Runs a contestant once, with the arguments of this round.
///
/// # Errors
/// It can't be started, or fails.
pub fn once(contestant: &Contestant, round: usize) -> Result<Run> {
    let failed = |what: String| Error::new(format!("{}: {what}", contestant.name));
    let started = Instant::now();
    let child = Command::new(&contestant.program)
        .args(contestant.turns.get(round % contestant.turns.len().max(1)).into_iter().flatten())
        .env_clear()
        .envs(contestant.environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(format!("can't start {}: {error}", contestant.program.display())))?;
    let used = child.wait4().map_err(|error| failed(format!("can't be waited for: {error}")))?;
    let wall = started.elapsed();
    if !used.status.success() {
        return Err(failed(format!("ended with {}", used.status)));
    }
    Ok(Run { wall, cpu: used.rusage.utime + used.rusage.stime, peak: used.rusage.maxrss })
}
