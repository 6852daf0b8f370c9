//! Lists of more than a page.

use serde_json::json;
use shared::cli::{ConnectionFlags, ExitStatus};
use shared::client::{ListOptions, Page, Scope, bounded};
use shared::model::{LimitRange, ResourceQuota};
use support::{cluster, fresh_namespace};

use super::{administrator, client, limit_range};

#[tokio::test]
async fn more_than_a_page() {
    let namespace = fresh_namespace("pages");
    let objects: Vec<_> = (0..620)
        .map(|number| {
            let labels = json!({"third": (number % 3 == 0).to_string()});
            limit_range(&namespace, &format!("range-{number:03}"), labels)
        })
        .collect();
    cluster().api().create_all(&objects).unwrap();
    let log = cluster().audit_log().unwrap();
    let (client, scope) = (administrator().await, Scope::Namespace(namespace.clone()));

    let before = log.position().unwrap();
    let (mut names, mut sizes) = (Vec::new(), Vec::new());
    let read = |page: Page<LimitRange>| match page {
        Page::Items(items) => {
            sizes.push(items.len());
            names.extend(items.into_iter().map(|item| item.metadata.name));
        }
        Page::Restart => panic!("nothing expires this soon"),
    };
    let metadata = client.list(&scope, &ListOptions::default(), read).await.unwrap();
    assert_eq!(sizes, [500, 120]);
    assert_eq!(names, (0..620).map(|number| format!("range-{number:03}")).collect::<Vec<_>>());
    assert_ne!(metadata.resource_version, "");
    let path = format!("/api/v1/namespaces/{namespace}/limitranges?limit=500");
    let requests = log.since(before).unwrap();
    let lists: Vec<_> = requests.iter().filter(|request| request.uri.starts_with(&path)).collect();
    assert_eq!(lists.len(), 2);
    assert!(lists[1].uri.starts_with(&format!("{path}&continue=")), "{}", lists[1].uri);

    let third = ListOptions { label_selector: Some("third in (true)".to_owned()), ..ListOptions::default() };
    assert_eq!(client.list_all::<LimitRange>(&scope, &third).await.unwrap().len(), 207);
    let one =
        ListOptions { field_selector: Some("metadata.name=range-007".to_owned()), ..ListOptions::default() };
    assert_eq!(client.list_all::<LimitRange>(&scope, &one).await.unwrap()[0].metadata.name, "range-007");
}

#[tokio::test]
async fn many_namespaces_at_once_and_the_whole_cluster() {
    let namespaces: Vec<_> = (0..20).map(|_| fresh_namespace("many")).collect();
    for namespace in &namespaces {
        cluster().api().create(&limit_range(namespace, "range", json!({"many": "yes"}))).unwrap();
    }
    let client = administrator().await;
    let (client, options) = (&client, ListOptions::default());
    let lists = bounded(namespaces.clone(), |namespace| {
        let options = options.clone();
        async move { client.list_all::<LimitRange>(&Scope::Namespace(namespace), &options).await }
    })
    .await;
    let seen: Vec<_> = lists.into_iter().map(|list| list.unwrap().remove(0).metadata.namespace).collect();
    assert_eq!(seen, namespaces);

    let options = ListOptions { label_selector: Some("many=yes".to_owned()), ..options };
    assert_eq!(client.list_all::<LimitRange>(&Scope::All, &options).await.unwrap().len(), 20);
}

#[tokio::test]
async fn refusals_come_in_the_words_of_the_server() {
    let namespace = fresh_namespace("refusals");
    let kubeconfig = cluster().user("reading-nobody", &[]).unwrap();
    let nobody = client(ConnectionFlags { kubeconfig: Some(kubeconfig), ..ConnectionFlags::default() }).await;
    let scope = Scope::Namespace(namespace.clone());
    let error = nobody.list_all::<ResourceQuota>(&scope, &ListOptions::default()).await.unwrap_err();
    assert_eq!(error.status(), ExitStatus::NotPermitted);
    assert_eq!(
        error.to_string().lines().next().unwrap(),
        format!(
            "Error from server (Forbidden): resourcequotas is forbidden: User \"reading-nobody\" cannot list \
             resource \"resourcequotas\" in API group \"\" in the namespace \"{namespace}\""
        )
    );
    let error = administrator().await.get::<ResourceQuota>(&namespace, "absent").await.unwrap_err();
    assert!(error.is_api(404));
    assert_eq!(error.api_status().unwrap().message, "resourcequotas \"absent\" not found");
}
