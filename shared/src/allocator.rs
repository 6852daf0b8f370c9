//! The allocator of the Linux executables that users get, which are linked with musl.
//!
//! musl's own gives every larger block back to the system at once and takes it again a moment later: a switch spends a
//! fifth of its time on that. This one is a port of Doug Lea's, on which glibc's is built too.

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;
