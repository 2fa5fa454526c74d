//! Parameters in their places and styles: the values of the specification's own table.

use codegen_requests::styles::{RequestError, types};
use codegen_requests::{content, cookie, query_list, query_object, simple_lists};
use serde_json::json;

use super::{client, header, target};

fn colors() -> types::Colors {
    serde_json::from_value(json!(["blue", "black", "brown"])).unwrap()
}

fn color() -> types::Color {
    serde_json::from_value(json!({ "R": 100, "G": 200, "B": 150 })).unwrap()
}

#[test]
fn simple_is_written_as_the_table_says() {
    let (list, object) = (colors(), color());
    let request = client!(styles)
        .simple_request(
            "-",
            "blue",
            &list,
            &object,
            &object,
            Some(&list),
            Some(&object),
            Some(&object),
        )
        .unwrap();
    assert_eq!(
        target(&request),
        "/simple/-/blue/blue,black,brown/B,150,G,200,R,100/B=150,G=200,R=100"
    );
    assert_eq!(header(&request, "x-array"), Some("blue,black,brown"));
    assert_eq!(header(&request, "x-object"), Some("B,150,G,200,R,100"));
    assert_eq!(header(&request, "x-exploded"), Some("B=150,G=200,R=100"));
}

#[test]
fn label_is_written_as_the_table_says() {
    let (list, object) = (colors(), color());
    let request = client!(styles)
        .label_request("blue", &list, &list, &object, &object)
        .unwrap();
    assert_eq!(
        target(&request),
        "/label/.blue/.blue,black,brown/.blue.black.brown/.B,150,G,200,R,100/.B=150.G=200.R=100"
    );
}

#[test]
fn matrix_is_written_as_the_table_says() {
    let (list, object) = (colors(), color());
    let request = client!(styles)
        .matrix_request("", "blue", &list, &list, &object, &object)
        .unwrap();
    assert_eq!(
        target(&request),
        "/matrix/;empty/;string=blue/;array=blue,black,brown/;arrays=blue;arrays=black;arrays=brown\
         /;object=B,150,G,200,R,100/;B=150;G=200;R=100"
    );
}

#[test]
fn form_is_written_as_the_table_says() {
    let (list, object) = (colors(), color());
    let only = |array, arrays, empty, exploded, object, string| {
        let request = client!(styles)
            .form_request(array, arrays, empty, exploded, object, string)
            .unwrap();
        target(&request).replace("/form", "")
    };
    assert_eq!(only(None, None, Some(""), None, None, None), "?empty=");
    assert_eq!(
        only(None, None, None, None, None, Some("blue")),
        "?string=blue"
    );
    assert_eq!(
        only(Some(&list), None, None, None, None, None),
        "?array=blue,black,brown"
    );
    assert_eq!(
        only(None, Some(&list), None, None, None, None),
        "?arrays=blue&arrays=black&arrays=brown"
    );
    assert_eq!(
        only(None, None, None, None, Some(&object), None),
        "?object=B,150,G,200,R,100"
    );
    assert_eq!(
        only(None, None, None, Some(&object), None, None),
        "?B=150&G=200&R=100"
    );
    assert_eq!(only(None, None, None, None, None, None), "");
}

#[test]
fn delimited_and_deep_are_written_as_the_table_says() {
    let (list, object) = (colors(), color());
    let request = client!(styles)
        .delimited_request(Some(&object), Some(&list), Some("a/b?c&d #e"), Some(&list))
        .unwrap();
    assert_eq!(
        target(&request),
        "/delimited?pipes=blue%7Cblack%7Cbrown&spaces=blue%20black%20brown\
         &deep%5BB%5D=150&deep%5BG%5D=200&deep%5BR%5D=100&reserved=a/b?c%26d%20%23e"
    );
}

#[test]
fn a_value_with_its_separator_is_never_two_values() {
    let list: types::Colors = serde_json::from_value(json!(["a,b", "c"])).unwrap();
    let form = client!(styles)
        .form_request(Some(&list), None, None, None, None, None)
        .unwrap();
    assert_eq!(target(&form), "/form?array=a%2Cb,c");
    let object = color();
    let wrong = client!(styles)
        .simple_request(
            "-",
            "-",
            &colors(),
            &object,
            &object,
            Some(&list),
            None,
            None,
        )
        .unwrap_err();
    assert!(
        matches!(
            wrong,
            RequestError::Parameter {
                name: "X-Array",
                ..
            }
        ),
        "{wrong}"
    );
    let spaced: types::Colors = serde_json::from_value(json!(["a b", "c"])).unwrap();
    assert!(
        client!(styles)
            .delimited_request(None, None, None, Some(&spaced))
            .is_err()
    );
    let dotted: types::Colors = serde_json::from_value(json!(["a.b", "c"])).unwrap();
    assert!(
        client!(styles)
            .label_request("-", &dotted, &dotted, &object, &object)
            .is_err()
    );
}

#[test]
fn an_empty_list_in_a_path_is_an_error_and_nowhere_else_anything() {
    let (none, object) = (
        serde_json::from_value::<types::Colors>(json!([])).unwrap(),
        color(),
    );
    let wrong = client!(styles)
        .label_request("-", &none, &none, &object, &object)
        .unwrap_err();
    assert!(
        matches!(wrong, RequestError::Path { name: "array" }),
        "{wrong}"
    );
    let query = client!(styles)
        .form_request(Some(&none), Some(&none), None, None, None, None)
        .unwrap();
    assert_eq!(target(&query), "/form");
}

#[test]
fn parameters_of_one_name_have_arguments_of_their_own() {
    let request = client!(styles)
        .same_request(
            "p",
            Some(true),
            Some(false),
            Some("b"),
            Some("h"),
            Some(7),
            Some("r"),
            Some("u"),
            Some("c"),
            Some("x"),
            Some("1,2".to_owned()),
        )
        .unwrap();
    let mut query: Vec<_> = request.url().query().unwrap().split('&').collect();
    query.sort_unstable();
    assert_eq!(
        query,
        [
            "%2B1=true",
            "-1=false",
            "body=b",
            "header_map=h",
            "id=7",
            "request=r",
            "url=u"
        ]
    );
    assert_eq!(request.url().path(), "/same/p");
    assert_eq!(
        (header(&request, "id"), header(&request, "cookie")),
        (Some("x"), Some("ID=c"))
    );
    assert_eq!(header(&request, "content-type"), Some("text/csv"));
}

#[test]
fn what_is_not_displayed_as_it_is_sent_is_sent_as_in_json() {
    let at: chrono::DateTime<chrono::Utc> =
        serde_json::from_value(json!("2026-11-25T12:00:00Z")).unwrap();
    let day: chrono::NaiveDate = serde_json::from_value(json!("2026-11-25")).unwrap();
    let id = serde_json::from_value(json!("67e55044-10b1-426f-9247-bb680e5fe0c8")).unwrap();
    let secret = "s".into();
    let request = client!(styles)
        .times_request(
            &day,
            &at,
            &at,
            Some(&id),
            Some(types::TimesXKind::AB),
            None,
            Some(0.5),
            Some(&secret),
        )
        .unwrap();
    assert_eq!(target(&request), "/times/2026-11-25/2026-11-25T12:00:00Z");
    assert_eq!(header(&request, "x-at"), Some("2026-11-25T12:00:00Z"));
    assert_eq!(
        header(&request, "x-id"),
        Some("67e55044-10b1-426f-9247-bb680e5fe0c8")
    );
    assert_eq!(
        (header(&request, "x-kind"), header(&request, "x-ratio")),
        (Some("a-b"), Some("0.5"))
    );
    assert_eq!(
        (header(&request, "x-secret"), header(&request, "x-null")),
        (Some("s"), None)
    );
}

#[test]
fn the_given_cases_are_written_right() {
    let tags = vec!["a".to_owned(), "b".to_owned()];
    let list = client!(query_list).q_request(Some(&tags)).unwrap();
    assert_eq!(target(&list), "/q?tags=a,b");
    let filter = query_object::types::QFilter {
        color: Some("red".into()),
        size: Some(3),
    };
    let object = client!(query_object).q_request(Some(&filter)).unwrap();
    assert_eq!(target(&object), "/q?filter=color,red,size,3");
    let cookies = client!(cookie).c_request(Some("abc")).unwrap();
    assert_eq!(header(&cookies, "cookie"), Some("session=abc"));
    assert!(client!(cookie).c_request(Some("a;b")).is_err());
    let _: Option<cookie::RequestError> = None;
    let value = json!({ "a": [1, "x y"] }).as_object().unwrap().clone();
    let json = client!(content).q_request(Some(&value)).unwrap();
    assert_eq!(target(&json), "/q?f=%7B%22a%22%3A%5B1%2C%22x%20y%22%5D%7D");
    let _: Option<content::RequestError> = None;
    let ids = vec!["1".to_owned(), "2".to_owned()];
    let lists = client!(simple_lists);
    assert_eq!(
        header(&lists.h_request(Some(&ids)).unwrap(), "x-ids"),
        Some("1,2")
    );
    assert_eq!(target(&lists.p_request(&ids).unwrap()), "/p/1,2");
    let object = simple_lists::types::Oo {
        a: Some("b/c".into()),
    };
    assert_eq!(target(&lists.o_request(&object).unwrap()), "/o/a,b%2Fc");
    let _: Option<query_list::RequestError> = None;
}
