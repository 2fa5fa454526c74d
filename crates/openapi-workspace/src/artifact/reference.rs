//! The error reference: what each code means and what the client does, as a page of the wrapper's documentation.

use openapi_codegen::catalog::Catalog;

pub(super) fn text(catalog: &Catalog, name: &str) -> String {
    let mut page = format!(
        "<!-- Written by `cargo xtask regen` from {name}; do not edit. -->\n\
         \n\
         # Error codes\n\
         \n\
         | Code | Status | Meaning | 含义 | Kind | Advice |\n\
         |---|---|---|---|---|---|\n"
    );
    for entry in &catalog.entries {
        let statuses: Vec<_> = entry.statuses.iter().map(u16::to_string).collect();
        row(
            &mut page,
            &code(&entry.code),
            &statuses.join(", "),
            [&entry.en, &entry.zh, &entry.kind, &entry.advice],
        );
    }
    page.push_str(
        "\n## Families\n\nA code that is not in the table means what the first of these that it looks like means; \
         `*` is any text.\n\n\
         | Code | Meaning | 含义 | Kind | Advice |\n\
         |---|---|---|---|---|\n",
    );
    for family in &catalog.families {
        row_of(
            &mut page,
            &[
                &code(&family.pattern),
                &family.en,
                &family.zh,
                &family.kind,
                &family.advice,
            ],
        );
    }
    page.push_str(
        "\n## Statuses\n\nAn answer without a code that is known means what its HTTP status means.\n\n\
         | Status | Meaning | 含义 | Kind | Advice |\n\
         |---|---|---|---|---|\n",
    );
    for entry in &catalog.statuses {
        row_of(
            &mut page,
            &[
                &entry.status.to_string(),
                &entry.en,
                &entry.zh,
                &entry.kind,
                &entry.advice,
            ],
        );
    }
    for (title, words) in [("Kinds", &catalog.kinds), ("Advice", &catalog.advice)] {
        page.push_str(&format!("\n## {title}\n\n"));
        for word in words {
            page.push_str(&format!(
                "- `{}`: {}.\n",
                word.word,
                escape(word.meaning.trim_end_matches('.'))
            ));
        }
    }
    page
}

fn row(page: &mut String, code: &str, statuses: &str, rest: [&String; 4]) {
    let [en, zh, kind, advice] = rest;
    row_of(page, &[code, statuses, en, zh, kind, advice]);
}

fn row_of(page: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| escape(cell)).collect();
    page.push_str(&format!("| {} |\n", cells.join(" | ")));
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A text that stays one cell of a table, and says no more than it says.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '`' => quoted = !quoted,
            '\n' | '\r' => {
                escaped.push(' ');
                continue;
            }
            '|' => escaped.push('\\'),
            '*' | '_' | '[' | ']' | '<' | '>' if !quoted => escaped.push('\\'),
            _ => {}
        }
        escaped.push(c);
    }
    escaped
}
