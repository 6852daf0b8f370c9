//! The JSON that commands print, held against the schemas in `docs/schemas`.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use jsonschema::Validator;
use serde_json::{Deserializer, Value};

/// The schemas of a plugin's documents, and what was seen of these.
pub struct Documents {
    validators: BTreeMap<String, Validator>,
    seen: BTreeSet<String>,
    /// What does not match, a text for each.
    pub faults: Vec<String>,
}

impl Documents {
    /// Reads the schemas.
    pub fn of_plugin() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
        let folder = Path::new(&package).join("../../docs/schemas").join(super::NAME);
        let mut validators = BTreeMap::new();
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let mut schema: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            close(&mut schema);
            let validator = jsonschema::draft202012::new(&schema)
                .unwrap_or_else(|error| panic!("{} is no schema: {error}", path.display()));
            validators.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), validator);
        }
        Self { validators, seen: BTreeSet::new(), faults: Vec::new() }
    }

    /// Looks at what a command line has printed; what is no document of the plugin is left alone.
    pub fn look_at(&mut self, line: &str, printed: &str) {
        let version = format!("kubectl-{}/v1", super::NAME);
        for value in Deserializer::from_str(printed).into_iter::<Value>().map_while(Result::ok) {
            let kind = match (&value["apiVersion"], &value["kind"]) {
                (Value::String(found), Value::String(kind)) if *found == version => kind.as_str(),
                // A line of `usage --watch`.
                (Value::Null, _) if value["change"].is_string() => "UsageChange",
                _ => continue,
            };
            let Some(validator) = self.validators.get(kind) else {
                self.faults.push(format!("$ {line}\nkind {kind} has no schema"));
                continue;
            };
            self.seen.insert(kind.to_owned());
            for fault in validator.iter_errors(&value).take(3) {
                self.faults.push(format!("$ {line}\n{kind}{}: {fault}", fault.instance_path()));
            }
        }
    }

    /// Returns the kinds of which no document was seen.
    pub fn not_seen(&self) -> Vec<&str> {
        self.validators.keys().filter(|kind| !self.seen.contains(*kind)).map(String::as_str).collect()
    }
}

/// Forbids keys that a schema does not name: clients have to expect new ones, this test none.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object)
                && !["additionalProperties", "allOf", "anyOf", "oneOf", "$ref"]
                    .iter()
                    .any(|key| fields.contains_key(*key))
            {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Returns command lines that print documents of all kinds, with their exit statuses.
#[rustfmt::skip]
pub fn lines() -> &'static [(&'static str, i32)] {
    match super::NAME {
        "quota" => &[
            ("kubectl quota usage -A -o json", 0),
            ("kubectl quota usage -A --by label:team -o json", 0),
            ("kubectl quota who -n checkout -o json", 0),
            ("kubectl quota verify -n sandbox -o json", 0),
            ("kubectl quota limits -A -o json", 0),
            ("kubectl quota limits deployment/cart -n shop -o json", 0),
            ("kubectl quota lint -A -o json", 3),
            ("kubectl get resourcequotas -A -o yaml > before.yaml && kubectl quota diff before.yaml before.yaml -o json", 0),
            ("kubectl quota check -f manifests/ -o json", 3),
            ("kubectl quota fits deployment/cart -n shop --nodes -o json", 0),
            ("kubectl quota fits -A -o json", 0),
            ("kubectl quota rollout deployment/cart -n shop -o json", 0),
            ("kubectl quota rollout -A -o json", 3),
            ("kubectl quota explain deployment/experiment -n sandbox -o json", 3),
            ("kubectl quota explain -A -o json", 3),
            ("kubectl describe rs -n sandbox | kubectl quota explain - -n sandbox -o json", 3),
            ("kubectl quota what-if -n checkout --quota compute-quota --hard requests.cpu=1500m -o json", 3),
            ("kubectl quota what-if -A --quota compute-quota --hard requests.cpu=1500m -o json", 3),
            ("kubectl quota recommend -n batch -o json", 0),
            ("kubectl quota usage -n sandbox --watch -o json > watched & until [ -s watched ]; do sleep 0.1; done; kubectl patch resourcequota pod-quota -n sandbox --type merge -p '{\"spec\":{\"hard\":{\"pods\":\"9\"}}}' >&2; until grep -q '\"time\"' watched; do sleep 0.1; done; kill $!; cat watched", 0),
        ],
        "ns-switch" => &[
            ("kubectl ns-switch list -o json", 0),
            ("kubectl ns-switch contexts -o json", 0),
            ("kubectl ns-switch doctor --kubeconfig team.yaml -o json", 3),
            ("kubectl ns-switch whoami -o json", 0),
            ("kubectl ns-switch create payments --profile medium --edit group:payments --yes -o json", 0),
            ("kubectl ns-switch user add jane --group payments --file jane.kubeconfig -o json", 0),
            ("kubectl ns-switch user list -o json", 0),
        ],
        "drain-safe" => &[
            ("kubectl drain-safe plan worker-a1 -o json", 0),
            ("kubectl drain-safe plan worker-c1 -o json", 3),
            ("kubectl drain-safe explain -n shop $(kubectl get pods -n shop -o name | head -n 1) -o json", 0),
            ("kubectl drain-safe doctor -o json", 3),
            ("kubectl drain-safe export --to before -o json", 0),
            ("kubectl drain-safe restore before --dry-run -o json", 0),
            ("kubectl drain-safe worker-a1 --yes -o json", 0),
            ("kubectl drain-safe status -o json", 0),
        ],
        _ => &[
            ("kubectl elb-tls plan nodejs -n front --cert arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012 --backend http --ports 443 -o json", 0),
            ("kubectl elb-tls plan -A -o json", 0),
            ("kubectl elb-tls check -A -o json", 3),
            ("kubectl elb-tls status nodejs -n front -o json", 0),
            ("kubectl elb-tls list -A -o json", 0),
            ("kubectl elb-tls wait nodejs -n front --timeout 1s -o json", 4),
            ("kubectl elb-tls verify nodejs -n front --port 443 --address 127.0.0.1:1 -o json", 3),
            ("kubectl elb-tls policies -o json", 0),
            ("kubectl elb-tls explain -o json", 0),
            ("kubectl elb-tls explain ssl-ports -o json", 0),
            ("kubectl elb-tls explain ELB-PRT-003 -o json", 0),
        ],
    }
}
