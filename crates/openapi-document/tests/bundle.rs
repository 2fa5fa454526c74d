//! Several files as one document: where each reference leads, and where each value stands.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail a test")]

use std::collections::BTreeMap;

use openapi_document::{Cause, Files, Source, bundle};
use serde_json::{Value, json};

/// Files by path, and how often each was read.
#[derive(Default)]
struct Texts {
    texts: BTreeMap<String, String>,
    read: Vec<String>,
}

impl Files for Texts {
    fn read(&mut self, path: &str) -> Result<Source, String> {
        self.read.push(path.to_owned());
        let text = self.texts.get(path).ok_or(format!("there is no {path}"))?;
        Source::parse(path, text.as_str()).map_err(|error| error.to_string())
    }
}

/// Bundles the first of some files.
fn bundled(files: &[(&str, &str)]) -> Source {
    let (path, text) = files[0];
    let texts = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let mut files = Texts {
        texts: texts.collect(),
        read: Vec::new(),
    };
    let bundled = bundle(Source::parse(path, text).unwrap(), path, &mut files);
    files.read.sort();
    let all = files.read.len();
    files.read.dedup();
    assert_eq!(
        files.read.len(),
        all,
        "no file is read twice: {:?}",
        files.read
    );
    bundled
}

fn at<'v>(source: &'v Source, pointer: &str) -> &'v Value {
    source.value().pointer(pointer).unwrap_or(&Value::Null)
}

#[test]
fn a_document_in_one_file_stays_as_it_is() {
    let text = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {example: {$ref: x.yaml}}}}";
    let source = bundled(&[("api.yaml", text)]);
    assert_eq!(source.value(), Source::parse("", text).unwrap().value());
    assert!(source.files().is_empty());
}

#[test]
fn components_and_paths_of_other_files_take_the_place_of_their_references() {
    let source = bundled(&[
        (
            "api/openapi.yaml",
            "openapi: 3.0.3\npaths:\n  /pets:\n    $ref: paths/pets.yaml\ncomponents:\n  schemas:\n    \
             Pet: {$ref: models/pet.yaml}\n",
        ),
        (
            "api/paths/pets.yaml",
            "get:\n  responses:\n    '200':\n      description: ok\n      content:\n        \
             application/json: {schema: {$ref: ../models/pet.yaml}}\n",
        ),
        (
            "api/models/pet.yaml",
            "type: object\nproperties:\n  owner: {$ref: 'people.yaml#/Owner'}\n  mother: {$ref: pet.yaml}\n",
        ),
        (
            "api/models/people.yaml",
            "Owner: {properties: {name: {$ref: '#/Name'}, pets: {items: {$ref: '../openapi.yaml#/components/schemas/Pet'}}}}\nName: {type: string}\n",
        ),
    ]);
    let schema = "/paths/~1pets/get/responses/200/content/application~1json/schema";
    assert_eq!(
        at(&source, schema),
        &json!({"$ref": "#/components/schemas/Pet"})
    );
    assert_eq!(
        at(&source, "/components/schemas"),
        &json!({
            "Pet": {"type": "object", "properties": {
                "owner": {"$ref": "#/components/schemas/Owner"},
                "mother": {"$ref": "#/components/schemas/Pet"},
            }},
            "Owner": {"properties": {
                "name": {"$ref": "#/components/schemas/Name"},
                "pets": {"items": {"$ref": "#/components/schemas/Pet"}},
            }},
            "Name": {"type": "string"},
        })
    );
    assert_eq!(source.unresolved(), []);
    let place = |pointer: &str| source.place(pointer).to_string();
    assert_eq!(
        place("/components/schemas/Pet/properties/owner"),
        "api/models/pet.yaml:3:3"
    );
    assert_eq!(
        place("/components/schemas/Name/type"),
        "api/models/people.yaml:2:8"
    );
    assert_eq!(place(schema), "api/paths/pets.yaml:6:28");
    assert_eq!(place("/paths/~1pets"), "api/paths/pets.yaml:1:1");
    assert_eq!(place("/openapi"), "api/openapi.yaml:1:1");
    let all = [
        "/openapi",
        "/components/schemas/Name/type",
        "/paths/~1pets/get",
        "/nothing",
    ];
    let together: Vec<_> = source
        .place_all(&all)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(together, all.map(place));
}

#[test]
fn whole_mappings_and_operations_are_written_out() {
    let source = bundled(&[
        (
            "api.yaml",
            "info: {$ref: info.yaml}\ntags: [{$ref: tag.yaml}]\npaths: {/a: {get: {$ref: 'operations.yaml#/list'}}}\n\
             components: {schemas: {$ref: schemas.yaml}}\n",
        ),
        ("info.yaml", "title: t\n"),
        ("tag.yaml", "name: pets\n"),
        (
            "operations.yaml",
            "list: {responses: {$ref: '#/common'}}\ncommon: {'200': {content: {application/json: {$ref: media.yaml}}}}\n",
        ),
        (
            "media.yaml",
            "schema: {properties: {$ref: 'schemas.yaml#/Pet/properties'}}\n",
        ),
        (
            "schemas.yaml",
            "Pet: {properties: {id: {$ref: '#/Id'}, $ref: {type: string}}}\nId: {type: string}\n",
        ),
    ]);
    let id = json!({"$ref": "#/components/schemas/Id"});
    let properties = json!({"id": id, "$ref": {"type": "string"}});
    assert_eq!(
        source.value(),
        &json!({
            "info": {"title": "t"},
            "tags": [{"name": "pets"}],
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {
                "schema": {"properties": properties}}}}}}}},
            "components": {"schemas": {"Pet": {"properties": properties}, "Id": {"type": "string"}}},
        })
    );
    let place = source.place("/paths/~1a/get/responses/200/content/application~1json/schema");
    assert_eq!(place.to_string(), "media.yaml:1:1");
}

#[test]
fn operations_that_refer_within_one_file_are_written_out_too() {
    let source = bundled(&[(
        "api.yaml",
        "x-operations: {list: {operationId: list}}\npaths: {/a: {get: {$ref: '#/x-operations/list'}}}",
    )]);
    assert_eq!(
        at(&source, "/paths/~1a/get"),
        &json!({"operationId": "list"})
    );
    assert_eq!(
        source.place("/paths/~1a/get/operationId").to_string(),
        "api.yaml:1:23"
    );
}

#[test]
fn names_that_are_taken_get_a_number() {
    let source = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {Pet: {type: string}, A: {items: {$ref: 'a.yaml#/Pet'}}, B: {items: {$ref: 'b.yaml#/Pet'}}}}",
        ),
        ("a.yaml", "Pet: {type: integer}"),
        ("b.yaml", "Pet: {type: boolean}"),
    ]);
    let schemas = at(&source, "/components/schemas");
    assert_eq!(schemas["Pet"], json!({"type": "string"}));
    let item = |name: &str| source.resolve(schemas[name]["items"]["$ref"].as_str().unwrap());
    assert_eq!(item("A").unwrap().value, &json!({"type": "integer"}));
    assert_eq!(item("B").unwrap().value, &json!({"type": "boolean"}));
}

#[test]
fn names_with_signs_of_references_are_written_so_that_they_lead_back() {
    let source = bundled(&[
        (
            "api.yaml",
            "paths: {/100%25: {$ref: 'a.yaml#/paths/~1x%2525'}, /b: {$ref: 'a.yaml#/paths/~1b'}}",
        ),
        (
            "a.yaml",
            "paths: {/x%25: {get: {}}, /b: {$ref: 'api.yaml#/paths/~1100%2525'}}",
        ),
    ]);
    assert_eq!(at(&source, "/paths/~1100%25"), &json!({"get": {}}));
    assert_eq!(
        at(&source, "/paths/~1b"),
        &json!({"$ref": "#/paths/~1100%2525"})
    );
    assert_eq!(source.unresolved(), []);
}

#[test]
fn anchors_of_other_files_are_found() {
    let source = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {A: {items: {$ref: 'a.yaml#pet'}}}}",
        ),
        ("a.yaml", "$defs: {Pet: {$anchor: pet, type: object}}"),
    ]);
    let items = at(&source, "/components/schemas/A/items");
    assert_eq!(items, &json!({"$ref": "#/components/schemas/Pet"}));
    assert_eq!(source.unresolved(), []);
}

#[test]
fn extensions_stay_true_to_what_they_lead_to_and_may_lead_nowhere() {
    let source = bundled(&[
        (
            "api.yaml",
            "x-all: {$ref: no.yaml}\ncomponents: {schemas: {A: {$ref: a.yaml}, B: {type: string}}}",
        ),
        (
            "a.yaml",
            "x-see: [{$ref: 'api.yaml#/components/schemas/B'}, {$ref: a.yaml}, {$ref: '#/no'}]",
        ),
    ]);
    assert_eq!(
        at(&source, "/components/schemas/A/x-see"),
        &json!([
            {"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/A"}, {"$ref": "#/no"}
        ])
    );
    assert_eq!(at(&source, "/x-all"), &json!({"$ref": "no.yaml"}));

    // An extension may be where schemas are kept.
    let text = "x-kept: {$ref: no.yaml}\ncomponents: {schemas: {A: {$ref: '#/x-kept'}}}";
    let unresolved = bundled(&[("api.yaml", text)]).unresolved();
    assert_eq!(unresolved[0].pointer, "/components/schemas/A");
    let kept = bundled(&[
        ("api.yaml", &text.replace("no", "yes")),
        ("yes.yaml", "type: object"),
    ]);
    assert_eq!(kept.unresolved(), []);
    assert_eq!(
        kept.resolve("#/components/schemas/yes").unwrap().value["type"],
        "object"
    );
    assert_eq!(source.unresolved(), []);
}

#[test]
fn tags_of_a_discriminator_lead_to_files() {
    let source = bundled(&[
        (
            "api.yaml",
            "components: {schemas: {Pet: {oneOf: [{$ref: dog.yaml}], discriminator: {propertyName: kind, \
             mapping: {d: dog.yaml, e: Dog, f: cat.yaml}}}}}",
        ),
        ("dog.yaml", "type: object"),
    ]);
    assert_eq!(
        at(&source, "/components/schemas/Pet/discriminator/mapping"),
        &json!({"d": "#/components/schemas/dog", "e": "Dog", "f": "cat.yaml"})
    );
    let unresolved = source.unresolved();
    assert_eq!(unresolved.len(), 1);
    assert_eq!(
        unresolved[0].pointer,
        "/components/schemas/Pet/discriminator/mapping/f"
    );
}

#[test]
fn what_cannot_be_followed_says_why_and_where() {
    let source = bundled(&[
        (
            "api.yaml",
            "paths:\n  /a: {$ref: missing.yaml}\n  /b: {$ref: 'broken.yaml'}\n  /c: {$ref: 'good.yaml#/nothing'}\n  \
             /d: {$ref: 'https://example.com/d.yaml'}\n  /e: {$ref: '#/nothing'}\n  /f: {$ref: 'good.yaml#/circle'}\n  \
             /g: {get: {$ref: good.yaml#/self}}\n  /h: {$ref: good.yaml#/h}\n",
        ),
        ("broken.yaml", "a: [\n"),
        (
            "good.yaml",
            "circle: {$ref: '#/other'}\nother: {$ref: '#/circle'}\nself: {responses: {'200': {content: {a: {$ref: '#/self'}}}}}\n\
             h: {parameters: [{$ref: '#/paths/~1a'}]}\n",
        ),
    ]);
    let unresolved = source.unresolved();
    let of = |pointer: &str| {
        let found = unresolved
            .iter()
            .find(|one| one.pointer.starts_with(pointer));
        found.map(|one| (one.cause, one.reason.as_str())).unwrap()
    };
    assert_eq!(of("/paths/~1a"), (Cause::File, "there is no missing.yaml"));
    assert!(
        of("/paths/~1b").1.starts_with("broken.yaml:2:1: not YAML"),
        "{:?}",
        of("/paths/~1b")
    );
    assert_eq!(
        of("/paths/~1c"),
        (
            Cause::Nothing,
            "`good.yaml` has nothing at `#/nothing`; correct one of them"
        )
    );
    assert_eq!(of("/paths/~1d").0, Cause::Url);
    assert_eq!(of("/paths/~1e").0, Cause::Nothing);
    assert!(of("/paths/~1f").1.contains("in a circle"));
    assert_eq!(of("/paths/~1g").0, Cause::Limit);
    // A file's reference to itself is not taken for one of the document to itself.
    assert_eq!(of("/paths/~1h").0, Cause::Nothing);
    assert_eq!(
        at(&source, "/paths/~1h/parameters/0"),
        &json!({"$ref": "good.yaml#/paths/~1a"})
    );
    assert_eq!(unresolved.len(), 8);
}

#[test]
fn a_document_that_was_not_bundled_says_what_was_not_read() {
    let text = "paths: {/a: {$ref: a.yaml}, /b: {$ref: 'https://x.y/b'}, /c: {$ref: '#c'}, /d: {$ref: '#/paths/~1d'}, /e: {$ref: '#/x'}}";
    let source = Source::parse("api.yaml", text).unwrap();
    let unresolved = source.unresolved();
    let causes: Vec<_> = unresolved.iter().map(|one| one.cause).collect();
    assert_eq!(
        causes,
        [
            Cause::File,
            Cause::Url,
            Cause::Nothing,
            Cause::Nothing,
            Cause::Nothing
        ]
    );
    let said = [
        "only the document itself",
        "and URLs were not",
        "$anchor",
        "circle",
        "nothing there",
    ];
    for (one, said) in unresolved.iter().zip(said) {
        assert!(one.reason.contains(said), "{}", one.reason);
    }
}
