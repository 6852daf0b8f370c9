//! The allocators of the executables that users get, which are linked with musl on Linux. Elsewhere they are the system's.
//!
//! musl's own gives every larger block back to the system at once and takes it again a moment later: a switch spends a
//! fifth of its time on that.

/// The allocator of commands that work on one thread: a port of Doug Lea's, on which glibc's is built too. It is small and
/// begins at once.
#[cfg(target_env = "musl")]
pub use dlmalloc::GlobalDlmalloc as Allocator;
/// The allocator of commands that work on several threads, which would wait for the one lock of [`Allocator`]: mimalloc.
#[cfg(target_env = "musl")]
pub use mimalloc::MiMalloc as ThreadedAllocator;

/// The allocator of commands that work on one thread.
#[cfg(not(target_env = "musl"))]
pub use std::alloc::System as Allocator;
/// The allocator of commands that work on several threads.
#[cfg(not(target_env = "musl"))]
pub use std::alloc::System as ThreadedAllocator;
