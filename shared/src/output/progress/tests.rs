//! Lines of progress, with a clock that runs fast.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::counts::{Count, sum};
use super::display::Timing;
use super::{Display, Progress};
use crate::output::capture::{Buffer, text_of};

const SOON: Duration = Duration::from_millis(20);
const NEVER: Duration = Duration::from_secs(3600);

type Written = Arc<Mutex<Vec<u8>>>;

fn display(first_line: Duration, next_line: Duration) -> (Display, Written) {
    let written = Written::default();
    let stream: Box<dyn std::io::Write + Send> = Box::new(Buffer(written.clone()));
    let timing = Timing { spinner: NEVER, first_line, next_line };
    (Display::with_timing(Arc::new(Mutex::new(stream)), false, timing), written)
}

/// Waits for the text that the thread writes.
fn wait_for(written: &Written, wanted: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !text_of(written).contains(wanted) {
        assert!(Instant::now() < deadline, "{wanted:?} never came, only {:?}", text_of(written));
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn short_work_writes_nothing() {
    let (display, written) = display(NEVER, NEVER);
    let progress = Progress::new(&display, "listing pods".to_owned());
    progress.update(500, None);
    drop(progress);
    assert_eq!(text_of(&written), "");
}

#[test]
fn long_work_writes_a_line_without_being_asked_to() {
    let (display, written) = display(SOON, NEVER);
    let progress = Progress::new(&display, "listing pods".to_owned());
    wait_for(&written, "\n");
    drop(progress);
    assert_eq!(text_of(&written), "listing pods: 0 s so far\n");
}

#[test]
fn lines_go_on_with_what_was_counted() {
    let (display, written) = display(SOON, SOON);
    let progress = Progress::new(&display, "listing pods".to_owned());
    progress.update(500, None);
    wait_for(&written, "listing pods: 500 so far\n");
    progress.update(1000, Some(1200));
    wait_for(&written, "listing pods: 1000 of 1200\n");
}

#[test]
fn work_within_work_counts_under_the_outer_name() {
    let (display, written) = display(SOON, SOON);
    let outer = Progress::new(&display, "reading the cluster".to_owned());
    let inner = Progress::new(&display, "listing pods".to_owned());
    inner.update(500, Some(700));
    drop(inner);
    wait_for(&written, "reading the cluster: 500 of 700\n");
    outer.expect_steps(8);
    outer.step();
    wait_for(&written, "reading the cluster: 1 of 8\n");
    drop(outer);
    let ended = text_of(&written);
    thread::sleep(SOON * 3);
    assert_eq!(text_of(&written), ended, "nothing is written after the end");
    assert!(!ended.contains("listing pods"), "{ended:?}");
}

#[test]
fn nothing_is_written_during_a_pause() {
    let (display, written) = display(SOON, SOON);
    let pause = display.pause();
    let _progress = Progress::new(&display, "listing pods".to_owned());
    thread::sleep(SOON * 3);
    assert_eq!(text_of(&written), "");
    drop(pause);
    wait_for(&written, "listing pods: ");
}

#[test]
fn a_total_is_shown_where_all_of_it_is_known() {
    let objects = |done, total| Count { done, total, steps: false };
    assert_eq!(sum(&[Count::default()]), None);
    assert_eq!(sum(&[Count::default(), objects(5, Some(9))]), Some((5, Some(9))));
    assert_eq!(sum(&[objects(5, Some(9)), objects(1, None)]), Some((6, None)));
    assert_eq!(sum(&[objects(5, Some(9)), objects(1, Some(1))]), Some((6, Some(10))));
    assert_eq!(
        sum(&[objects(5, None), Count { total: Some(3), steps: true, ..Count::default() }]),
        Some((0, Some(3)))
    );
}
