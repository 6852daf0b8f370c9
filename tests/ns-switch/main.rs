//! `kubectl ns-switch` through the program: what is typed, what is written to which stream, and how it ends.
//!
//! | Behavior | File |
//! |---|---|
//! | switching namespaces and contexts, already there, unset, unknown names, no kubeconfig, in a pod, closed pipes | `switching` |
//! | `-`: back and forth, a context each, two kubeconfigs, what is gone | `history` |
//! | which of several files is read and written, links, locks, files that are bad or left out, a key that stands twice | `files` |
//! | files of every style change by one value and no other byte | `bytes` |
//! | files, folders and disks that can't be written, or not in the usual way | `write_failures` |
//! | what others change between a list, a check or a question and the write | `meanwhile` |
//! | devices, pipes, FIFOs and sockets where a file is expected; no home folder; what can't be saved is not deleted | `special_files` |
//! | many switches at once, switches that are killed | `concurrent_switches` |
//! | the ladder LIST, GET, access review, known names; Terminating; `--check` | `existence` |
//! | TLS failures, credential plugins that are missing: told, nothing written | `unreachable` |
//! | contexts whose cluster or user is nowhere | `dangling_references` |
//! | renaming, overwriting, deleting, unsetting | `context_edits` |
//! | clusters and users that nothing uses any more | `unused_entries` |
//! | `--dry-run`: shown, nothing written, failures as of the real thing | `dry_run` |
//! | `undo` | `undo`, `context_edits`, `unused_entries` |
//! | names with any character: listed, switched to, renamed, deleted, completed | `special_characters`, `completion` |
//! | names as data for programs and on a terminal | `names_as_data` |
//! | the table and documents of `contexts` | `contexts` |
//! | AUTH and EXPIRES of every kind of credential; plugins are not run | `credentials` |
//! | no secret in any output | `secrets` |
//! | the built-in picker: keys, resizing, signals, a closed terminal | `picker` |
//! | names in the picker, the previous one first, parts of names, a typed yes | `picker_names` |
//! | fzf: asked for, absent, cancelled, odd names, in kubectx | `fzf` |
//! | protected contexts: every way in, their marks | `protected` |
//! | `doctor` | `doctor`; what the client would refuse, settings, young locks: `doctor_refusals`; what killed switches leave: `stale_files` |
//! | credential plugins that wait for a person | `login` |
//! | `shell`, `kubectx -s`: what stays inside, nested ones, what is left behind | `sessions`; prompts and start files: `session_prompts` |
//! | `env` | `sessions_of_eval` |
//! | warnings of a server, repeated requests, progress | `server_messages` |
//! | kubectx and kubens by the name of the program | `kubectx`, `kubens` |
//! | which of kubectl's flags and formats a command takes | `flags` |
//! | commands printed in hints | `hints` |
//! | `whoami`: every kind of credential, rules, `--can` | `whoami` |
//! | `create`: what is made, asked, shown and repeated | `create`; refusals, conflicts and kills on the way: `create_failures` |
//! | `user add`, `renew`, `list`: certificates, tokens, keys that stay where they are | `user` |
//! | `contexts add` and `export` | `contexts_add` |
//! | `list -o wide`: quotas, labels, what holds a namespace that is deleted | `list_details` |
//! | kubeconfig files that the settings name: listed, picked, entered | `files_beside` |
//! | `rbac`: each command with nothing but that role | `rbac` |
//! | completion through kubectl, clusters that are down | `completion` |
#![allow(clippy::unwrap_used)]

mod bytes;
mod completion;
mod concurrent_switches;
mod context_edits;
mod contexts;
mod contexts_add;
mod create;
mod create_failures;
mod credentials;
mod dangling_references;
mod doctor;
mod doctor_refusals;
mod dry_run;
mod existence;
mod files;
mod files_beside;
mod flags;
mod fzf;
mod hints;
mod history;
mod kubectx;
mod kubens;
mod list_details;
mod login;
mod meanwhile;
mod names_as_data;
mod picker;
mod picker_names;
mod protected;
mod rbac;
mod secrets;
mod server_messages;
mod session_prompts;
mod sessions;
mod sessions_of_eval;
mod special_characters;
mod special_files;
mod stale_files;
mod support;
mod switching;
mod undo;
mod unreachable;
mod unused_entries;
mod user;
mod whoami;
mod write_failures;
