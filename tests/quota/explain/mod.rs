//! `explain`: why something is stuck, told of what the real controllers ran into, and healed by what it prints.

mod advice;
mod later;
mod placed_and_timed;
mod reach;
mod setting;
mod text;
mod workloads;
