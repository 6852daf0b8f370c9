//! The allocator of the Linux executables that users get, which are linked with musl.
//!
//! musl's own gives every larger block back to the system at once and takes it again a moment later: a switch spends a
//! fifth of its time on that. It has one lock, too, as Doug Lea's has, and threads that judge thousands of objects wait for
//! each other. This one has neither.

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
