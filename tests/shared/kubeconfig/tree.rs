//! A kubeconfig as the generator thinks of it, before anyone spells it.

use super::random::Random;

/// A value to be spelled.
#[derive(Clone, Debug)]
pub enum Tree {
    /// Text that has to arrive as it is, whatever quotes that takes.
    Text(String),
    /// YAML to be written as it stands: words that may turn out not to be text, tags, odd quoting.
    Raw(&'static str),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// Words as people type them: most are text, some are not.
const WORDS: &[&str] = &[
    "123",
    "yes",
    "on",
    "n",
    "1e3",
    "0x1F",
    "007",
    "null",
    "~",
    "",
    "2024-01-01",
    "1.5",
    ".5",
    "true",
    "-",
    "1_000",
    "!!str 123",
    "!!int 5",
    "!!str yes",
    "!mine x",
    "! 12",
    "!!binary aGk=",
    "!!float 1",
    "'it''s'",
    "\"tab\\there\"",
    "\"\\u00e9\\x41\"",
    "two words",
    "a#b",
    "a:b",
    "http://x:1/y?z#w",
    "12:30",
    "=",
    "ünï",
    "\"\"",
    "''",
    "-dash",
    "--",
    "?x",
    ":x",
    "a b  c",
    "\"a\\/b\"",
    "\"\\ud83d\\ude00\"",
    "1e999",
    "18446744073709551616",
    "0b2",
    "0o17",
    "+1",
    "<<",
    "\"<<\"",
    "*nowhere",
    "&anchored word",
    "@at",
    "`tick",
    "%percent",
    "!!null x",
    "!!bool maybe",
    "{}",
    "[]",
    "[a]",
    "{a: b}",
    ".inf",
    "y",
    "Y",
    "NO",
    "off",
    "a,b",
    "a]b",
    "{",
    "'open",
    "\"open",
    "|\n",
    "- x",
    "a: b",
    "x\ty",
    "#x",
];

const NAMES: &[&str] = &[
    "alpha",
    "beta",
    "gamma",
    "dev",
    "arn:aws:eks:eu-west-1:123456789012:cluster/foo",
    "a=b",
    "-dash",
    "has space",
    "br]ack[et",
    ".",
    "ünï",
    "new\nline",
    "esc\u{1b}[31m",
    "../config",
    "123",
    "yes",
    "1e3",
    "",
    " lead",
    "trail ",
    "#h",
    "a: b",
    "- a",
    "quote\"d",
    "apo'strophe",
    "back\\slash",
    "tab\there",
    "null",
    "~",
    "emoji 😀",
    "nbsp\u{a0}x",
    "!x",
    "&x",
    "*x",
    "{x}",
    "%x",
    "a #b",
    "very long name that has to be folded when somebody writes it in a folded style",
];

const PATHS: &[&str] = &[
    "ca.crt",
    "pki/ca.crt",
    "./ca.crt",
    "../ca.crt",
    "/etc/ca.crt",
    "a/../b",
    "../../../../../../../../../x",
    "~/ca",
    "a//b",
    "/etc/../x",
    ".",
    "..",
    "a/",
    "$HOME/x",
    "x y",
];

const BASE64: &[&str] =
    &["aGVsbG8=", "aGk=", "", "aGVs\nbG8=", "aGVs\r\nbG8=\n", "aGl=", "////", "++++", "aGk"];
const BROKEN_BASE64: &[&str] = &["*", "aGk", "a", "aGk==", "aG k=", "=", "____", "aGk=x"];

/// Makes the trees of one case.
pub struct Forest<'random> {
    pub random: &'random mut Random,
    /// How many of 1000 values are spelled wrong on purpose.
    pub mischief: usize,
}

impl Forest<'_> {
    pub fn kubeconfig(&mut self) -> Tree {
        let mut entries = Vec::new();
        if self.random.chance(70) {
            let version = self.random.chance(95);
            entries.push(entry("apiVersion", Tree::Text(if version { "v1" } else { "v2" }.into())));
            let kind = self.random.chance(97);
            entries.push(entry("kind", Tree::Text(if kind { "Config" } else { "Pod" }.into())));
        }
        for (list, inner) in [("contexts", "context"), ("clusters", "cluster"), ("users", "user")] {
            if self.random.chance(88) {
                let tree = self.named_list(inner);
                entries.push(entry(list, tree));
            }
        }
        if self.random.chance(60) {
            let name = self.name();
            entries.push(entry("current-context", name));
        }
        if self.random.chance(15) {
            let mut fields = vec![entry("colors", Tree::Raw("true"))];
            self.maybe_extensions(&mut fields, 50);
            entries.push(entry("preferences", Tree::Map(fields)));
        }
        self.maybe_extensions(&mut entries, 10);
        self.unknown(&mut entries);
        if self.random.chance(30) {
            self.random.shuffle(&mut entries);
        }
        if self.random.chance(4) {
            let index = self.random.below(entries.len().max(1));
            if let Some(entry) = entries.get(index).cloned() {
                entries.push(entry);
            }
        }
        self.spoil(Tree::Map(entries))
    }

    fn named_list(&mut self, inner: &str) -> Tree {
        let length = self.random.below(4);
        let mut used = Vec::new();
        let mut items = Vec::new();
        for _ in 0..length {
            let mut name = self.name();
            // Most files have no duplicates; those that do are refused by both sides.
            for _ in 0..5 {
                if !used.contains(&format!("{name:?}")) {
                    break;
                }
                name = self.name();
            }
            used.push(format!("{name:?}"));
            let mut fields = vec![entry("name", name)];
            if self.random.chance(95) {
                let content = match inner {
                    "context" => self.context(),
                    "cluster" => self.cluster(),
                    _ => self.user(),
                };
                fields.push(entry(inner, content));
            }
            if self.random.chance(50) {
                fields.reverse();
            }
            items.push(Tree::Map(fields));
        }
        let list = Tree::List(items);
        self.spoil(list)
    }

    fn context(&mut self) -> Tree {
        let mut fields = Vec::new();
        for field in ["cluster", "user", "namespace"] {
            if self.random.chance(75) {
                let name = self.name();
                fields.push(entry(field, name));
            }
        }
        self.maybe_extensions(&mut fields, 10);
        self.unknown(&mut fields);
        self.spoil(Tree::Map(fields))
    }

    fn cluster(&mut self) -> Tree {
        let mut fields = vec![entry("server", Tree::Text("https://127.0.0.1:6443".into()))];
        self.maybe(&mut fields, "tls-server-name", Self::name);
        self.maybe(&mut fields, "insecure-skip-tls-verify", Self::boolean);
        self.maybe(&mut fields, "certificate-authority", Self::path);
        self.maybe(&mut fields, "certificate-authority-data", Self::data);
        self.maybe(&mut fields, "proxy-url", Self::name);
        self.maybe(&mut fields, "disable-compression", Self::boolean);
        self.maybe_extensions(&mut fields, 10);
        self.unknown(&mut fields);
        self.spoil(Tree::Map(fields))
    }

    fn user(&mut self) -> Tree {
        let mut fields = Vec::new();
        for field in ["client-certificate", "client-key", "tokenFile"] {
            self.maybe(&mut fields, field, Self::path);
        }
        for field in ["client-certificate-data", "client-key-data"] {
            self.maybe(&mut fields, field, Self::data);
        }
        for field in ["token", "as", "as-uid", "username", "password"] {
            self.maybe(&mut fields, field, Self::name);
        }
        self.maybe(&mut fields, "as-groups", Self::names);
        self.maybe(&mut fields, "as-user-extra", |forest| {
            let names = forest.names();
            Tree::Map(vec![entry("scopes", names), entry("1.5", Tree::List(Vec::new()))])
        });
        self.maybe(&mut fields, "auth-provider", |forest| {
            let value = forest.name();
            let config =
                Tree::Map(vec![entry("id-token", value), entry("idp", Tree::Text("https://i".into()))]);
            let config = forest.spoil(config);
            Tree::Map(vec![entry("name", Tree::Text("oidc".into())), entry("config", config)])
        });
        self.maybe(&mut fields, "exec", Self::exec);
        self.maybe_extensions(&mut fields, 10);
        self.unknown(&mut fields);
        self.spoil(Tree::Map(fields))
    }

    fn exec(&mut self) -> Tree {
        let version = *self.random.pick(&["v1", "v1beta1", "v1alpha1", "v9"]);
        let command = *self.random.pick(&["aws", "./aws", "/usr/bin/aws", "bin/../aws", "", "..", "a b/c"]);
        let mut fields = vec![
            entry("apiVersion", Tree::Text(format!("client.authentication.k8s.io/{version}"))),
            entry("command", Tree::Text(command.into())),
        ];
        self.maybe(&mut fields, "args", Self::names);
        self.maybe(&mut fields, "env", |forest| {
            let value = forest.name();
            Tree::List(vec![Tree::Map(vec![entry("name", Tree::Text("A".into())), entry("value", value)])])
        });
        self.maybe(&mut fields, "installHint", Self::name);
        self.maybe(&mut fields, "interactiveMode", |forest| {
            Tree::Text(forest.random.pick(&["Never", "Odd", ""]).to_string())
        });
        self.maybe(&mut fields, "provideClusterInfo", Self::boolean);
        self.spoil(Tree::Map(fields))
    }

    fn maybe(&mut self, fields: &mut Vec<(String, Tree)>, name: &str, make: impl FnOnce(&mut Self) -> Tree) {
        if self.random.chance(30) {
            let tree = make(self);
            fields.push(entry(name, tree));
        }
    }

    fn maybe_extensions(&mut self, fields: &mut Vec<(String, Tree)>, percent: usize) {
        if !self.random.chance(percent) {
            return;
        }
        let count = self.random.below(3);
        let items = (0..count).map(|index| {
            let mut item = vec![entry("name", Tree::Text(format!("ext-{index}")))];
            match self.random.below(4) {
                0 => item.push(entry(
                    "extension",
                    Tree::Raw("{1: [yes, 1.5, 1e3, ~, 0x10], y: 2024-01-01, on: {}}"),
                )),
                1 => item.push(entry(
                    "extension",
                    Tree::Raw("[1.0, -0.5, 1e-7, 9223372036854775807, 18446744073709551615, 1e6]"),
                )),
                2 => {
                    let value = self.name();
                    item.push(entry(
                        "extension",
                        Tree::Map(vec![entry("key", value), entry("2.5", Tree::Raw("[]"))]),
                    ));
                }
                _ => {}
            }
            Tree::Map(item)
        });
        let list = Tree::List(items.collect());
        fields.push(entry("extensions", list));
    }

    fn unknown(&mut self, fields: &mut Vec<(String, Tree)>) {
        if self.random.chance(6) {
            fields.push(entry(
                self.random.pick::<&str>(&["unknown", "Name", "Namespace", "KIND"]),
                Tree::Raw("{deep: [1, {x: yes}]}"),
            ));
        }
    }

    fn names(&mut self) -> Tree {
        let length = self.random.below(3);
        let items = (0..length).map(|_| self.name()).collect();
        let list = Tree::List(items);
        self.spoil(list)
    }

    fn name(&mut self) -> Tree {
        let few = self.random.chance(60);
        let name = if few { self.random.pick(&NAMES[..4]) } else { self.random.pick(NAMES) };
        let tree = Tree::Text(name.to_string());
        self.spoil(tree)
    }

    fn path(&mut self) -> Tree {
        let tree = Tree::Text(self.random.pick(PATHS).to_string());
        self.spoil(tree)
    }

    fn data(&mut self) -> Tree {
        let broken = self.random.chance(2);
        let text = if broken { self.random.pick(BROKEN_BASE64) } else { self.random.pick(&BASE64[..8]) };
        let tree = Tree::Text(text.to_string());
        if self.random.chance(2) { Tree::Raw("[104, 105, 1e1]") } else { self.spoil(tree) }
    }

    fn boolean(&mut self) -> Tree {
        Tree::Raw(self.random.pick::<&'static str>(&["true", "false", "yes", "off", "True", "y"]))
    }

    /// Now and then something else where the tree should stand.
    fn spoil(&mut self, tree: Tree) -> Tree {
        if self.random.below(1000) < self.mischief {
            Tree::Raw(self.random.pick::<&'static str>(WORDS))
        } else {
            tree
        }
    }
}

fn entry(key: &str, tree: Tree) -> (String, Tree) {
    (key.to_string(), tree)
}
