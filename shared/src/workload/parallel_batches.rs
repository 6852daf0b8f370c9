//! The batches in which the controller of a StatefulSet with the policy `Parallel` creates pods (`slowStartBatch` in
//! `pkg/controller/statefulset`): each is twice as large as the one before, and none follows one in which a pod was refused.

/// The size of the largest batch (`MaxBatchSize`).
const LARGEST: usize = 500;

/// The number of pods in the batches of 1, 2, 4, up to 256 pods.
const DOUBLED: usize = 511;

/// Returns where the batch ends that a pod is in, both counted from the first pod.
pub(super) fn end_of_batch(pod: usize) -> usize {
    match pod.checked_sub(DOUBLED) {
        None => (pod + 2).next_power_of_two() - 1,
        Some(beyond) => DOUBLED.saturating_add((beyond / LARGEST + 1).saturating_mul(LARGEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::end_of_batch;

    #[test]
    fn batches_double_up_to_the_largest() {
        let mut start = 0;
        for size in [1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 500, 500] {
            for pod in start..start + size {
                assert_eq!(end_of_batch(pod), start + size, "{pod}");
            }
            start += size;
        }
    }
}
