//! `kubectl quota` on a real control plane, through kubectl.

mod check_answers;
mod check_apply;
mod check_differential;
mod check_present;
mod check_rules;
mod check_server;
mod check_textbook;
mod check_version;
mod check_workloads;
mod create;
mod explain;
mod recommend;
mod room;
mod room_kinds;
mod room_random;
mod setting;
mod usage_agreement;
mod usage_answers;
mod usage_bad_input;
mod usage_connections;
mod usage_dump;
mod usage_reach;
mod usage_textbook;
mod usage_watch;
mod what_if;
