//! Documents that are made ready: servers, path items by reference, ids, OpenAPI 3.1.

use codegen_requests::{no_id, path_item, servers, version_3_1};
use serde_json::json;

use super::{client, target};

#[test]
fn servers_have_their_defaults_and_choices() {
    assert_eq!(
        servers::servers::ALL,
        ["https://eu.example.com:8443/v1", "/relative"]
    );
    assert_eq!(servers::servers::SERVER_REGION, ["eu", "us"]);
    assert_eq!(servers::servers::S_SERVER, "https://other.example.com");
}

#[test]
fn an_operation_with_a_server_of_its_own_is_sent_where_the_caller_says() {
    let request = client!(servers)
        .s_request(servers::servers::S_SERVER)
        .unwrap();
    assert_eq!(request.url().as_str(), "https://other.example.com/s");
}

#[test]
fn path_items_and_ids_become_functions() {
    let request = client!(path_item).x_request().unwrap();
    assert_eq!(target(&request), "/x");
    let _: Option<path_item::RequestError> = None;
    let request = client!(no_id).get_x_by_id_request("a b").unwrap();
    assert_eq!(target(&request), "/x/a%20b");
    let _: Option<no_id::RequestError> = None;
}

#[test]
fn openapi_3_1_means_the_same_in_the_words_of_3_0() {
    use version_3_1::types::{GetXLimit, Thing};

    assert!(GetXLimit::new(0).is_err() && GetXLimit::new(11).is_err());
    let limit = GetXLimit::new(1).unwrap();
    let request = client!(version_3_1)
        .get_x_request("i", Some(&limit))
        .unwrap();
    assert_eq!(target(&request), "/x/i?limit=1");
    let read = json!({ "name": "n", "kind": "thing", "either": 7, "level": "low", "rest": { "x-a": "b" } });
    let thing: Thing = serde_json::from_value(read.clone()).unwrap();
    assert_eq!(serde_json::to_value(&thing).unwrap(), read);
    let null = json!({ "name": "n", "kind": "thing", "note": null, "other": null });
    serde_json::from_value::<Thing>(null).unwrap();
    for wrong in [
        json!({ "name": "n", "kind": "other" }),
        json!({ "name": "n", "kind": "thing", "level": "no" }),
    ] {
        assert!(serde_json::from_value::<Thing>(wrong).is_err());
    }
}
