//! `explain`: why something is stuck, told of what the real controllers ran into, and healed by what it prints.

mod advice;
mod later;
mod reach;
mod setting;
mod text;
mod workloads;
