//! Bodies in their content types: optional, forms of one part and of several, bytes and texts.

use codegen_requests::{bodies, bytes_body, multipart, optional_body, two_types, wildcard_body};
use serde_json::json;

use super::{body, client, header};

#[test]
fn a_body_that_may_be_left_out_is_left_out_with_its_content_type() {
    let without = client!(optional_body).p_request(None).unwrap();
    assert!(without.body().is_none() && header(&without, "content-type").is_none());
    let user = optional_body::types::User { name: "n".into() };
    let with = client!(optional_body).p_request(Some(&user)).unwrap();
    assert_eq!(body(&with), Some(r#"{"name":"n"}"#));
    assert_eq!(header(&with, "content-type"), Some("application/json"));
}

#[test]
fn json_is_sent_for_any_type_and_where_it_is_one_of_several() {
    let user = wildcard_body::types::User { name: "n".into() };
    let any = client!(wildcard_body).w_request(&user).unwrap();
    assert_eq!(
        (body(&any), header(&any, "content-type")),
        (Some(r#"{"name":"n"}"#), Some("application/json"))
    );
    let user = two_types::types::User { name: "n".into() };
    let first = client!(two_types).p_request(&user).unwrap();
    assert_eq!(header(&first, "content-type"), Some("application/json"));
}

#[test]
fn other_types_are_sent_under_their_names() {
    let user = bodies::types::User { name: "n".into() };
    let patch = client!(bodies).patch_request(&user).unwrap();
    assert_eq!(
        header(&patch, "content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(body(&patch), Some(r#"{"name":"n"}"#));
    let csv = client!(bodies).csv_request("a,b\n".to_owned()).unwrap();
    assert_eq!(
        (body(&csv), header(&csv, "content-type")),
        (Some("a,b\n"), Some("text/csv"))
    );
    let image = client!(bodies)
        .image_request(Some(vec![0_u8, 255]))
        .unwrap();
    assert_eq!(image.body().unwrap().as_bytes(), Some(&[0_u8, 255][..]));
    assert_eq!(header(&image, "content-type"), Some("image/png"));
    assert!(
        client!(bodies)
            .image_request(None::<Vec<u8>>)
            .unwrap()
            .body()
            .is_none()
    );
    let bytes = client!(bytes_body).b_request(&b"x"[..]).unwrap();
    assert_eq!(
        (body(&bytes), header(&bytes, "content-type")),
        (Some("x"), Some("application/octet-stream"))
    );
    let _: Option<bytes_body::RequestError> = None;
}

#[test]
fn a_form_has_lists_objects_and_optional_fields() {
    let read = json!({
        "name": "a b&c", "tags": ["x", "y z"], "codes": [1, 2],
        "address": { "city": "Ulm", "zip": "1" }, "meta": { "a": 1 },
    });
    let form: bodies::types::FormBody = serde_json::from_value(read).unwrap();
    let request = client!(bodies).form_request(&form).unwrap();
    assert_eq!(
        header(&request, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        body(&request),
        Some(
            "address%5Bcity%5D=Ulm&address%5Bzip%5D=1&codes=1,2&meta=%7B%22a%22%3A1%7D\
             &name=a+b%26c&tags=x&tags=y+z"
        )
    );
}

#[test]
fn a_form_of_several_parts_has_files_texts_and_json() {
    let picture = bodies::FilePart::new(&b"PNG"[..]).with_name("a \"b\".png");
    let other = bodies::FilePart::new(&b"x"[..]).with_content_type("text/plain");
    let user = bodies::types::User { name: "n".into() };
    let tags = vec!["t".to_owned(), "u".to_owned()];
    let request = client!(bodies)
        .parts_request(Some(2), Some(&[other]), &picture, Some(&tags), &user)
        .unwrap();
    let boundary = "part-boundary-0000000000000000";
    assert_eq!(
        header(&request, "content-type"),
        Some(format!("multipart/form-data; boundary={boundary}").as_str())
    );
    let expected = [
        "name=\"picture\"; filename=\"a %22b%22.png\"\nContent-Type: image/png\n\nPNG",
        "name=\"others\"; filename=\"others\"\nContent-Type: text/plain\n\nx",
        "name=\"user\"\nContent-Type: application/json\n\n{\"name\":\"n\"}",
        "name=\"tags\"\n\nt",
        "name=\"tags\"\n\nu",
        "name=\"count\"\n\n2",
    ];
    let parts =
        expected.map(|part| format!("--{boundary}\nContent-Disposition: form-data; {part}\n"));
    let expected = format!("{}--{boundary}--\n", parts.concat()).replace('\n', "\r\n");
    assert_eq!(body(&request), Some(expected.as_str()));
}

#[test]
fn the_boundary_stands_in_no_part() {
    let file = multipart::FilePart::new(&b"--part-boundary-0000000000000000"[..]);
    let request = client!(multipart).up_request(&file, Some("n")).unwrap();
    let kind = header(&request, "content-type").unwrap();
    assert!(
        kind.ends_with("boundary=part-boundary-0000000000000001"),
        "{kind}"
    );
    let wrong = multipart::FilePart::new(&b""[..]).with_content_type("a\r\nb: c");
    assert!(client!(multipart).up_request(&wrong, None).is_err());
}

#[test]
fn a_form_of_several_parts_may_be_left_out() {
    assert!(
        client!(bodies)
            .maybe_request(None)
            .unwrap()
            .body()
            .is_none()
    );
    assert!(
        client!(bodies)
            .maybe_request(Some("n"))
            .unwrap()
            .body()
            .is_some()
    );
}

#[test]
fn every_method_is_sent() {
    let client = client!(bodies);
    for (request, method) in [
        (client.options_request(), "OPTIONS"),
        (client.trace_request(), "TRACE"),
        (client.head_request(), "HEAD"),
    ] {
        assert_eq!(request.unwrap().method().as_str(), method);
    }
}
