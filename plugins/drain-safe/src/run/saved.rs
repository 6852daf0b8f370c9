//! Pods that nothing recreates, written to files before they are deleted.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::Deserialize as _;
use serde_json::Value;
use shared::{
    Error, Result,
    client::{Client, ListOptions, dynamic_list},
    manifest::json::text,
    model::kind::kind_of,
    output::yaml,
    regular_file::{open_private, read_text},
    state::private_folder,
    yaml::documents,
};

use super::{
    driver::journal_pod,
    journal::{Entry, Record},
};
use crate::{
    manifest::clean,
    plan::{Plan, PodPlan, ReasonCode, Verdict},
};

/// The files of a run: `pods/NAMESPACE/NAME.yaml` in its folder.
pub struct Saved<'a> {
    client: &'a Client,
    folder: Option<PathBuf>,
}

impl<'a> Saved<'a> {
    /// Returns the files beside a run's journal.
    pub fn beside(record: &Record, client: &'a Client) -> Self {
        let folder = record.path().and_then(Path::parent).map(|folder| folder.join("pods"));
        Self { client, folder }
    }

    /// Saves all pods of a plan that nothing recreates, and returns how many there are.
    ///
    /// # Errors
    /// They can't be read or written.
    pub async fn save_all(&self, plan: &Plan, record: &mut Record) -> Result<usize> {
        let mut count = 0;
        let kind = kind_of("", "Pod", "pods");
        for node in plan.nodes.iter().filter(|node| node.pods.iter().any(needs_saving)) {
            let selector = Some(format!("spec.nodeName={}", node.name));
            let options = ListOptions { field_selector: selector, ..ListOptions::default() };
            let objects = dynamic_list::objects(self.client, &kind, "", &options).await?;
            let mut objects: BTreeMap<String, Value> = objects
                .into_iter()
                .map(|object| (text(&object["metadata"]["uid"]).to_owned(), object))
                .collect();
            for pod in node.pods.iter().filter(|pod| needs_saving(pod)) {
                // One that is gone needs no saving.
                let Some(object) = objects.remove(&pod.uid) else { continue };
                let path = self.write(pod, object)?;
                count += 1;
                record.add(&Entry {
                    event: "Save",
                    node: Some(node.name.clone()),
                    pod: Some(journal_pod(&pod.namespace, &pod.name, &pod.uid)),
                    path: Some(path.display().to_string()),
                    ..Entry::default()
                });
            }
        }
        Ok(count)
    }

    /// Saves a pod; one that is gone, or whose name another has, needs no saving.
    ///
    /// # Errors
    /// It can't be read or written.
    pub async fn save(&self, pod: &PodPlan) -> Result<()> {
        let path = kind_of("", "Pod", "pods").object_path(&pod.namespace, &pod.name);
        match self.client.get_json::<Value>(&path).await {
            Ok(object) if text(&object["metadata"]["uid"]) == pod.uid => self.write(pod, object).map(drop),
            Ok(_) => Ok(()),
            Err(error) if error.is_api(404) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads the file of a pod that some run has saved on this machine.
    ///
    /// # Errors
    /// There is none, or it holds something else.
    pub fn read(&self, run: &str, namespace: &str, name: &str) -> Result<Value> {
        let state = self.folder.as_deref().and_then(Path::parent).and_then(Path::parent);
        let path =
            state.map(|state| state.join(run).join("pods").join(namespace).join(format!("{name}.yaml")));
        let path = path.ok_or_else(|| Error::new("there is no state folder"))?;
        let failed = |why: String| Error::new(format!("can't read {}: {why}", path.display()));
        let text = read_text(&path).map_err(|error| failed(error.to_string()))?;
        let document = documents(&text).next().ok_or_else(|| failed("it is empty".to_owned()))?;
        let value =
            document.and_then(|document| document.value()).map_err(|error| failed(error.to_string()))?;
        Value::deserialize(&value).map_err(|error| failed(error.to_string()))
    }

    fn write(&self, pod: &PodPlan, mut object: Value) -> Result<PathBuf> {
        without_its_life(&mut object);
        let text = yaml(&object)?;
        self.write_file(pod, &text).map_err(|error| {
            Error::new(format!(
                "pod {}/{} can't be saved, and nothing would recreate it: {error}",
                pod.namespace, pod.name
            ))
            .with_hint("let XDG_STATE_HOME name a folder that can be written")
        })
    }

    fn write_file(&self, pod: &PodPlan, text: &str) -> io::Result<PathBuf> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no state folder can be written");
        let folder = self.folder.as_ref().ok_or_else(missing)?;
        private_folder(folder)?;
        let folder = folder.join(&pod.namespace);
        private_folder(&folder)?;
        let path = folder.join(format!("{}.yaml", pod.name));
        // Its environment may hold secrets.
        let mut file = open_private(&path)?;
        file.set_len(0)?;
        file.write_all(text.as_bytes())?;
        Ok(path)
    }

    /// Returns the folder, if something was saved in it.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref().filter(|folder| folder.is_dir())
    }
}

/// Takes out of a pod what belongs to its life on this node.
pub fn without_its_life(object: &mut Value) {
    clean(object);
    if let Some(metadata) = object["metadata"].as_object_mut() {
        // Of an owner that is gone, with which the garbage collector would delete it again.
        metadata.remove("ownerReferences");
    }
}

/// Returns whether a pod goes that nothing recreates.
pub fn needs_saving(pod: &PodPlan) -> bool {
    let codes = [ReasonCode::NoController, ReasonCode::OwnerGone, ReasonCode::Recreate];
    pod.verdict == Verdict::Evict && codes.iter().any(|code| pod.has(*code))
}
