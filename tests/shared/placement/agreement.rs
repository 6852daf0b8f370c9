//! Random pods in random worlds: the scheduler takes a node that passes, or says what was foretold.
//!
//! `PLACEMENT_TRIALS=200` makes more worlds, `PLACEMENT_SEED=…` others.

use cluster::{Cluster, Options};
use support::{Random, number, seed};

use super::world::World;

const TRIALS: u64 = 4;
/// Pods in a world.
const PROBES: usize = 40;

/// Nothing but the scheduler changes anything: no controller taints nodes, evicts pods or detaches volumes.
const CONTROLLERS: &str = "--controllers=*,-node-lifecycle-controller,-taint-eviction-controller,\
    -pod-garbage-collector-controller,-persistentvolume-attach-detach-controller,-ephemeral-volume-controller";

#[test]
fn the_scheduler_decides_as_foretold() {
    let seed = seed("PLACEMENT_SEED");
    let trials = number("PLACEMENT_TRIALS").unwrap_or(TRIALS);
    println!("PLACEMENT_SEED={seed}");
    let options = Options {
        nodes: false,
        controller_manager_flags: vec![CONTROLLERS.to_owned()],
        ..Options::default()
    };
    let control_plane = Cluster::start(options).unwrap();
    World::prepare(control_plane.api());
    let (mut placed, mut refused, mut preempted) = (0, 0, 0);
    for seed in seed..seed + trials {
        let mut random = Random::new(seed);
        let mut world = World::new(control_plane.api(), &mut random, seed);
        for number in 0..PROBES {
            match world.probe(&mut random, number) {
                Ok(true) => placed += 1,
                Ok(false) => refused += 1,
                Err(difference) => {
                    panic!("PLACEMENT_SEED={seed} PLACEMENT_TRIALS=1, pod {number}:\n{difference}")
                }
            }
        }
        match world.preempt(&mut random) {
            Ok(preempts) => preempted += usize::from(preempts),
            Err(difference) => {
                panic!("PLACEMENT_SEED={seed} PLACEMENT_TRIALS=1, pod of high priority:\n{difference}")
            }
        }
        world.remove();
    }
    println!("{placed} placed where foretold, {refused} refused as foretold, {preempted} preempt others");
    // A world in which everything fits, or nothing, would prove little.
    assert!(placed * 20 > refused && refused * 20 > placed, "{placed} placed, {refused} refused");
}
