//! `who`, `limits`, `lint` and `diff`, and what completion offers.

mod being_deleted;
mod completion;
mod diff;
mod limits;
mod lint;
mod out_of_the_ordinary;
mod who;
