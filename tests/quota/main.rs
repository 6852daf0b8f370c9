//! `kubectl quota` on a real control plane, through kubectl: what is typed, what is written to which stream, and how it
//! ends. Predictions are made first and then carried out.
//!
//! | Behavior | File |
//! |---|---|
//! | `usage`: states, reasons, thresholds, formats, sorting | `usage/output` |
//! | `usage`: the numbers of `kubectl describe quota` | `usage/kubectl_describe` |
//! | `usage`: random quotas (`USAGE_TRIALS`, `USAGE_SEED`) | `usage/random` |
//! | `usage`: all namespaces, teams, what may not be read, what is empty, how many requests | `usage/coverage` |
//! | `usage --from`: dumps instead of a cluster | `usage/dump` |
//! | `--from` of every command: dumps that are cut, of something else, or odd | `dumps` |
//! | `--from` of every command: encodings, anchors, unknown scopes, labels | `dumps/shapes` |
//! | `--from` of every command: amounts of pods, claims, workloads and nodes that no API server stores | `dumps/odd_amounts` |
//! | `--from` of every command: fields of another shape, dumps that lack what an answer needs | `dumps/other_shapes` |
//! | `--from` a folder in which a file can't be read | `dumps/unread_files` |
//! | `--from` of deciding commands: what of pods counts, and dumps without any ResourceQuota | `dumps/whole_pods` |
//! | `usage`: quotas of OpenShift, HNC and Rancher | `usage/other_quotas` |
//! | progress of long listings, warnings of the server | `usage/progress` |
//! | narrow terminals | `usage/narrow` |
//! | every command at 80 to 200 columns, whole outputs | `width` |
//! | `usage --watch` | `usage/watch` |
//! | clusters that are down, slow or broken, certificates and tokens that are refused | `usage/connections` |
//! | how many answers of a server commands wait for, one after the other | `distance` |
//! | names that would lead elsewhere in a path of the API | `path_names` |
//! | `--namespace` beside the namespaces of manifests, as kubectl | `manifest_namespaces` |
//! | unknown contexts, broken kubeconfigs, command lines that make no sense | `usage/bad_input` |
//! | `check`: table, JSON, JUnit, Markdown, YAML; manifests that can't be read; missing permissions | `check/output` |
//! | `check`: the introductory example of quotas | `check/tutorial` |
//! | `check`: pods of new workloads, one manifest after the other | `check/workloads` |
//! | `check`: workloads that exist and lack pods, rollouts that are stuck, paused Deployments | `check/existing_workloads` |
//! | `check`: new workloads that adopt pods or ReplicaSets which nobody controls | `check/orphans` |
//! | `check`: quotas and LimitRanges among the manifests | `check/rules_in_manifests` |
//! | `check`: what is refused before quotas: kinds, fields, types, names, namespaces, Pod Security, immutable fields | `check/not_admitted` |
//! | `check`: values of enumerations, in the words and the order of the server | `check/enumerations` |
//! | `check`: priorities that are not those of their class | `check/priorities` |
//! | `check`: ServiceAccounts that do not exist | `check/service_accounts` |
//! | `check`: random manifests, carried out by real controllers (`CONTROLLERS_TRIALS`, `CONTROLLERS_SEED`) | `check/controllers/carried_out` |
//! | `check`, `explain`: printed advice that is followed (`ADVICE_TRIALS`, `ADVICE_SEED`) | `check/controllers/advice_followed` |
//! | `check`: printed advice for updates of what runs, the least that works (`UPDATE_ADVICE_TRIALS`, `UPDATE_ADVICE_SEED`) | `check/controllers/advice_on_updates` |
//! | `check`: schedules and time zones of CronJobs | `check/schedules` |
//! | `check`: the built-in schema is the server's | `check/schema` |
//! | `check`: asking the server: webhooks, policies, permissions | `check/ask_server` |
//! | `check --k8s`, `--strict`: other versions' rules, uncertain results | `check/server_version` |
//! | `check`: random objects under random rules (`CHECK_TRIALS`, `CHECK_SEED`) | `check/differential` |
//! | `check`: updates of Deployments whose ReplicaSet is refused | `check/refused_replica_sets` |
//! | `check --subresource resize`: random changes of pods (`RESIZE_TRIALS`, `RESIZE_SEED`) | `check/resize` |
//! | `check --subresource resize`: what nodes would say, which is not checked | `check/resize_nodes` |
//! | `check`: manifests of every common kind with one field left out or wrong, 2,300 of them | `check/altered_fields` |
//! | `check`: quotas, LimitRanges, selectors and rules of scheduling that are invalid (`VALIDITY_TRIALS`, `VALIDITY_SEED`) | `check/validity` |
//! | `check`: updates as `kubectl apply` merges them (`APPLY_TRIALS`, `APPLY_SEED`) | `check/updates` |
//! | `check`: updates of single fields, immutable ones too (`APPLY_TRIALS`, `APPLY_SEED`) | `check/immutable_fields` |
//! | manifests and dumps in YAML 1.1, as kubectl reads them | `check/yaml_dialect` |
//! | `fits` and `rollout` of Deployments; command lines that can't be answered | `capacity/fits_and_rollout` |
//! | `rollout` of DaemonSets and StatefulSets, terminating pods | `capacity/kinds` |
//! | `rollout` in the middle of a rollout, and paused | `capacity/rollouts_in_progress` |
//! | what pods need beside themselves: claims, Jobs, ControllerRevisions, minima of autoscalers; schedules; owners that are custom resources; millions of pods | `capacity/needs` |
//! | `fits --nodes`: room on nodes, by the real scheduler | `capacity/nodes` |
//! | `fits -f` of a pod | `capacity/pods` |
//! | a quota that lacks half a CPU, to every deciding command | `capacity/short_by_little` |
//! | `fits` and `rollout`: random Deployments (`ROOM_TRIALS`, `ROOM_SEED`) | `capacity/random` |
//! | `fits` and `rollout`: random StatefulSets (`ROOM_TRIALS`, `ROOM_SEED`) | `capacity/random_stateful_sets` |
//! | `check`, `fits`, `rollout`, `explain`, `what-if`: the same answer to the same question (`AGREEMENT_TRIALS`, `AGREEMENT_SEED`) | `agreement` |
//! | `explain`: Deployments, ReplicaSets, ReplicationControllers, StatefulSets | `explain/workloads` |
//! | `explain`: DaemonSets, Jobs, CronJobs | `explain/daemon_sets_and_jobs` |
//! | `explain`: what is refused next: pods after their ReplicaSet or ControllerRevision, the rest of a rollout | `explain/refused_children` |
//! | `explain -`: pasted messages | `explain/pasted_text` |
//! | `explain`: the printed commands help | `explain/fixes` |
//! | `explain`: what would be admitted now, what waits for something else | `explain/no_longer_refused` |
//! | `explain`: refusals that only events tell of, others under the same quota | `explain/operators` |
//! | `explain -A`: what is stuck in any namespace | `explain/everywhere` |
//! | `explain`: missing permissions, dumps | `explain/coverage` |
//! | `recommend`: reasons, refusals, updates, missing permissions | `recommend/output` |
//! | `recommend`: every rollout at once under the recommended quota | `recommend/rollouts` |
//! | `recommend`: four rollouts of everything under the recommended quota | `recommend/four_rollouts` |
//! | kinds that cannot be read, classes that nothing uses | `unreadable` |
//! | `create` by flags: what is written, refused, only shown | `create/flags` |
//! | `create` on a terminal | `create/wizard` |
//! | `create`: the introductory example of quotas | `create/tutorial` |
//! | `what-if`: changed quotas, by flags and by file | `what_if/changed_quotas` |
//! | `what-if -A`: Pod Security and policies of each namespace | `what_if/all_namespaces` |
//! | `who`: a tree of workloads and pods, everything that counts, requests beside use | `reading/who` |
//! | `limits`: LimitRanges, and what containers get from where | `reading/limits` |
//! | `lint`: every rule, workloads that would be refused | `reading/lint` |
//! | `diff`: two dumps | `reading/diff` |
//! | workloads that are being deleted, to every command | `reading/being_deleted` |
//! | namespaces that are being deleted, many quotas with long names | `reading/out_of_the_ordinary` |
//! | `rbac`: each command with the printed role only, and with less; content of Secrets | `rbac` |
//! | completion of what is in the cluster | `reading/completion` |
//! | `verify`: random objects, counted by the real controller (`VERIFY_NAMESPACES`, `VERIFY_SEED`) | `verify/random` |
//! | `verify`: drift with its cause, what the controller counts late | `verify/drift` |
//! | `verify`: claims of devices that quotas limit as extended resources | `verify/device_classes` |
//! | `verify`, `who`: pods of nodes' own manifests and of DaemonSets in `kube-system` | `verify/system_pods` |
//! | `verify`: scopes, ports of nodes, extended resources, mixed units | `verify/pitfalls` |
//! | `verify`: dumps, formats, missing permissions, bad input | `verify/output` |
//!
//! A test starts from `support` (environments, waiting for controllers, running `check`) and `objects` (manifests). What
//! only one command's tests share stands in its folder's `mod.rs`.

mod agreement;
mod capacity;
mod check;
mod create;
mod distance;
mod dumps;
mod explain;
mod manifest_namespaces;
mod objects;
mod path_names;
mod rbac;
mod reading;
mod recommend;
mod support;
mod unreadable;
mod usage;
mod verify;
mod what_if;
mod width;
