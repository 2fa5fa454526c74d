//! The guide holds together: every chapter is listed and tested, every link leads somewhere, and the Chinese texts
//! are those of the English ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What a text consists of, as far as the tests compare it.
#[derive(Default)]
struct Outline {
    headings: Vec<(HeadingLevel, String)>,
    /// Language and text of each block of code.
    code: Vec<(String, String)>,
    links: Vec<String>,
    tables: usize,
    rows: usize,
}

fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let (mut heading, mut code): (Option<String>, Option<String>) = (None, None);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(level)) => {
                let text = heading.take().unwrap_or_default();
                outline.headings.push((level, text));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                outline.code.push((language.to_string(), String::new()));
                code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                if let (Some(text), Some(block)) = (code.take(), outline.code.last_mut()) {
                    block.1 = text;
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                outline.links.push(dest_url.to_string());
            }
            Event::Start(Tag::Table(_)) => outline.tables += 1,
            Event::Start(Tag::TableRow) => outline.rows += 1,
            Event::Text(text) | Event::Code(text) => {
                if let Some(into) = heading.as_mut().or(code.as_mut()) {
                    into.push_str(&text);
                }
            }
            _ => {}
        }
    }
    outline
}

/// The anchor of a heading, as mdBook and GitHub make it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            letter if letter.is_alphanumeric() || matches!(letter, '-' | '_') => Some(letter),
            _ => None,
        })
        .collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn chapters(book: &str) -> BTreeSet<String> {
    fs::read_dir(root().join(book))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".md") && name != "SUMMARY.md")
        .collect()
}

/// The texts whose links are checked.
fn texts() -> Vec<PathBuf> {
    let root = root();
    let mut texts: Vec<PathBuf> = [
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ]
    .map(|name| root.join(name))
    .to_vec();
    for book in ["docs/src", "docs/zh/src"] {
        texts.push(root.join(book).join("SUMMARY.md"));
        texts.extend(chapters(book).iter().map(|name| root.join(book).join(name)));
    }
    texts
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for path in texts() {
        let text = read(&path);
        let included = text.split("{{#include ").skip(1);
        let included = included.filter_map(|rest| rest.split("}}").next().map(ToOwned::to_owned));
        for link in outline(&text).links.into_iter().chain(included) {
            if link.contains("://") {
                continue;
            }
            let (file, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path.clone(),
                file => path.with_file_name(file),
            };
            let headings = || outline(&read(&target)).headings;
            let leads = target.exists()
                && (fragment.is_empty()
                    || headings().iter().any(|(_, text)| anchor(text) == fragment));
            if !leads {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn every_chapter_is_listed_and_its_snippets_are_tested() {
    let tested = include_str!("../../src/guide.rs");
    for book in ["docs/src", "docs/zh/src"] {
        let summary = outline(&read(&root().join(book).join("SUMMARY.md"))).links;
        let listed: BTreeSet<String> = summary.into_iter().collect();
        assert_eq!(listed, chapters(book), "{book}/SUMMARY.md");
    }
    for name in chapters("docs/src") {
        let code = outline(&read(&root().join("docs/src").join(&name))).code;
        if code
            .iter()
            .any(|(language, _)| language.starts_with("rust"))
        {
            assert!(
                tested.contains(&format!("\"{name}\"")),
                "{name} is not in tests/src/guide.rs"
            );
        }
    }
}

#[test]
fn every_rust_snippet_runs_but_the_one_that_a_test_of_its_own_runs() {
    for name in chapters("docs/src") {
        for (language, text) in outline(&read(&root().join("docs/src").join(&name))).code {
            let is_quickstart = name == "first-answer.md" && language == "rust,no_run";
            assert!(
                !language.starts_with("rust") || language == "rust" || is_quickstart,
                "{name}: {language}\n{text}"
            );
        }
    }
}

/// A shell's or configuration's text without its comments, which are translated, and without how many folders up an
/// included file is.
fn as_compared(text: &str) -> String {
    let text = text.replace("../../", "../");
    let lines = text
        .lines()
        .map(|line| line.split(" #").next().unwrap_or(line));
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn assert_same_content(english: &Path, chinese: &Path) {
    let (en, zh) = (outline(&read(english)), outline(&read(chinese)));
    let levels = |outline: &Outline| -> Vec<HeadingLevel> {
        outline.headings.iter().map(|(level, _)| *level).collect()
    };
    let code = |outline: &Outline| -> Vec<(String, String)> {
        let code = outline.code.iter();
        code.map(|(language, text)| match language.as_str() {
            "rust" | "text" => (language.clone(), text.clone()),
            _ => (language.clone(), as_compared(text)),
        })
        .collect()
    };
    let name = chinese.display();
    assert_eq!(levels(&en), levels(&zh), "the headings of {name}");
    assert_eq!(code(&en), code(&zh), "the code of {name}");
    assert_eq!(en.tables, zh.tables, "the tables of {name}");
    assert_eq!(en.rows, zh.rows, "the rows of the tables of {name}");
    assert_eq!(en.links.len(), zh.links.len(), "the links of {name}");
}

#[test]
fn the_chinese_guide_has_the_chapters_and_the_code_of_the_english_one() {
    let (english, chinese) = (root().join("docs/src"), root().join("docs/zh/src"));
    assert_eq!(chapters("docs/src"), chapters("docs/zh/src"));
    for name in chapters("docs/src") {
        assert_same_content(&english.join(&name), &chinese.join(&name));
    }
}

#[test]
fn the_chinese_readme_has_the_content_of_the_english_one() {
    assert_same_content(&root().join("README.md"), &root().join("README.zh-CN.md"));
}

#[test]
fn the_first_chapter_shows_the_quickstart() {
    let quickstart = include_str!("../../src/bin/quickstart.rs");
    let code = outline(&read(&root().join("docs/src/first-answer.md"))).code;
    assert!(code.iter().any(|(_, text)| text == quickstart));
}
