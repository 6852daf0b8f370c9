//! Values that are not worth dropping at the end of a command.

/// Keeps a value in memory until the process ends, instead of dropping it piece by piece.
///
/// For the large value a command has just printed, as its last step: the operating system takes the memory back at
/// once, while dropping a thousand users of a kubeconfig, whose keys are wiped one by one, takes longer than showing
/// them. Nothing that has to be closed, unlocked or deleted may be given to it.
pub fn leak_until_exit<T>(value: T) {
    std::mem::forget(value);
}
