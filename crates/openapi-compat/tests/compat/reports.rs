//! Reports as a person sees them.

use openapi_compat::accepted::Accepted;
use openapi_compat::compare;
use openapi_compat::report::{Format, Report};
use openapi_document::Source;

const BASE: &str = "\
openapi: 3.0.3
info: {title: t, version: 1.0.0}
paths:
  /pets:
    get:
      description: All pets of the shop
      parameters: [{name: size, in: query, schema: {type: string, enum: [small, '`|<b>', large]}}]
      responses: {'200': {description: ok}}
";

fn render(format: Format, width: usize, revision: &str) -> String {
    let base = Source::parse("base.yaml", BASE).unwrap();
    let revision = Source::parse("revision.yaml", revision).unwrap();
    let comparison = compare(&base, &revision).unwrap();
    let judged = Accepted::default().apply(comparison, None, "2030-01-01");
    let report = Report {
        base: &base,
        revision: &revision,
        judged: &judged,
        problems: &["a problem".to_owned()],
        left_out: 2,
        width,
    };
    report.render(format)
}

#[test]
fn text_is_as_wide_as_the_terminal() {
    let revision = BASE
        .replace("small, '`|<b>', large", "small")
        .replace("All pets", "Some pets");
    for width in [40, 50, 80, 100] {
        let text = render(Format::Text, width, &revision);
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        assert!(
            text.contains("revision.yaml:6:7\n"),
            "documentation has a line:\n{text}"
        );
        let words: Vec<_> = text.split_whitespace().collect();
        let counts = "1 breaking, 1 docs, 2 left out by settings";
        assert!(words.join(" ").ends_with(counts), "{text}");
    }
}

#[test]
fn markdown_keeps_its_tables_whole() {
    let revision = BASE.replace("small, '`|<b>', large", "small");
    let text = render(Format::Markdown, 80, &revision);
    let row = text
        .lines()
        .find(|line| line.starts_with("| `request"))
        .unwrap();
    let cells = row.replace("\\|", "").matches('|').count();
    assert_eq!(cells, 5, "{row}");
    assert!(!row.contains("<b>") || row.contains("`"), "{row}");
}
