//! Clusters and users.

use super::{Forest, Tree, entry};

impl Forest<'_> {
    pub(super) fn cluster(&mut self) -> Tree {
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

    pub(super) fn user(&mut self) -> Tree {
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

    pub(super) fn exec(&mut self) -> Tree {
        let version = self.random.pick(&["v1", "v1beta1", "v1alpha1", "v9"]);
        let command = self.random.pick(&["aws", "./aws", "/usr/bin/aws", "bin/../aws", "", "..", "a b/c"]);
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
}
