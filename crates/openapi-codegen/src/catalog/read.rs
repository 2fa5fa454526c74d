//! Reads the catalog from a document.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::document::walk::join;
use crate::finding::Finding;

/// A word of the vocabulary: a kind of error, or an advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word, such as `refresh-token`.
    pub word: String,
    /// What it means, in one sentence.
    pub meaning: String,
}

/// A known error code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The code as the vendor spells it.
    pub code: String,
    /// The HTTP statuses it comes with.
    pub statuses: Vec<u16>,
    /// What kind of error it is: a word of `x-error-kinds`.
    pub kind: String,
    /// What a client should do: a word of `x-error-advice`.
    pub advice: String,
    /// Which part of the service it comes from.
    #[serde(default)]
    pub origin: Option<String>,
    /// The meaning in English.
    pub en: String,
    /// The meaning in Chinese.
    pub zh: String,
}

/// What codes of one look mean.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// How the codes look; `*` is any text.
    #[serde(rename = "match")]
    pub pattern: String,
    /// What kind of error they are.
    pub kind: String,
    /// What a client should do.
    pub advice: String,
    /// The meaning in English.
    pub en: String,
    /// The meaning in Chinese.
    pub zh: String,
}

/// What a status means when no code says more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusEntry {
    /// The HTTP status.
    pub status: u16,
    /// What kind of error it is.
    pub kind: String,
    /// What a client should do.
    pub advice: String,
    /// The meaning in English.
    pub en: String,
    /// The meaning in Chinese.
    pub zh: String,
}

/// The error catalog of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The kinds of error, in the order of the document.
    pub kinds: Vec<Word>,
    /// What a client may be advised, in the order of the document.
    pub advice: Vec<Word>,
    /// The known codes.
    pub entries: Vec<Entry>,
    /// The families of codes; the first that fits counts.
    pub families: Vec<Family>,
    /// The statuses.
    pub statuses: Vec<StatusEntry>,
}

impl Catalog {
    /// The catalog of a document; `None` if it has none.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place: a missing field, a word that is not in the vocabulary,
    /// a code that is there twice (without regard to case), a status that is none.
    pub fn read(document: &Value) -> Result<Option<Self>, Vec<Finding>> {
        if document.get("x-error-catalog").is_none() {
            return Ok(None);
        }
        let mut findings = Vec::new();
        let catalog = Self {
            kinds: words(document, "x-error-kinds", &mut findings),
            advice: words(document, "x-error-advice", &mut findings),
            entries: list(document, "x-error-catalog", &mut findings),
            families: list(document, "x-error-families", &mut findings),
            statuses: list(document, "x-error-statuses", &mut findings),
        };
        if findings.is_empty() {
            catalog.check(&mut findings);
        }
        if findings.is_empty() {
            Ok(Some(catalog))
        } else {
            Err(findings)
        }
    }

    fn check(&self, findings: &mut Vec<Finding>) {
        let mut seen = BTreeSet::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let place = format!("/x-error-catalog/{index}");
            self.check_words(&place, &entry.kind, &entry.advice, findings);
            if !seen.insert(entry.code.to_ascii_lowercase()) {
                findings.push(Finding::new(
                    join(&place, "code"),
                    format!("the error code `{}` is in the catalog twice", entry.code),
                    "keep one; codes are compared without regard to case",
                ));
            }
            if let Some(status) = entry.statuses.iter().find(|status| !is_status(**status)) {
                findings.push(not_a_status(join(&place, "statuses"), *status));
            }
        }
        for (index, family) in self.families.iter().enumerate() {
            let place = format!("/x-error-families/{index}");
            self.check_words(&place, &family.kind, &family.advice, findings);
        }
        for (index, entry) in self.statuses.iter().enumerate() {
            let place = format!("/x-error-statuses/{index}");
            self.check_words(&place, &entry.kind, &entry.advice, findings);
            if !is_status(entry.status) {
                findings.push(not_a_status(join(&place, "status"), entry.status));
            }
            if self
                .statuses
                .iter()
                .take(index)
                .any(|other| other.status == entry.status)
            {
                findings.push(Finding::new(
                    join(&place, "status"),
                    format!("the status {} is there twice", entry.status),
                    "keep one",
                ));
            }
        }
    }

    fn check_words(&self, place: &str, kind: &str, advice: &str, findings: &mut Vec<Finding>) {
        let vocabularies = [
            ("kind", kind, "x-error-kinds", &self.kinds),
            ("advice", advice, "x-error-advice", &self.advice),
        ];
        for (field, word, extension, vocabulary) in vocabularies {
            if !vocabulary.iter().any(|known| known.word == word) {
                let known: Vec<_> = vocabulary.iter().map(|known| known.word.as_str()).collect();
                findings.push(Finding::new(
                    join(place, field),
                    format!("`{word}` is not a word of `{extension}`"),
                    format!(
                        "use one of {}, or add it there with its meaning",
                        known.join(", ")
                    ),
                ));
            }
        }
    }
}

fn is_status(status: u16) -> bool {
    (100..600).contains(&status)
}

fn not_a_status(place: String, status: u16) -> Finding {
    Finding::new(
        place,
        format!("{status} is no HTTP status"),
        "a status is between 100 and 599",
    )
}

fn words(document: &Value, extension: &str, findings: &mut Vec<Finding>) -> Vec<Word> {
    let place = format!("/{extension}");
    let Some(words) = document.get(extension).and_then(Value::as_object) else {
        findings.push(Finding::new(
            place,
            format!("`{extension}` is missing beside `x-error-catalog`"),
            "state the words that the catalog uses, each with its meaning",
        ));
        return Vec::new();
    };
    let mut known = Vec::new();
    for (word, meaning) in words {
        match meaning.as_str() {
            Some(meaning) => known.push(Word {
                word: word.clone(),
                meaning: meaning.to_owned(),
            }),
            None => findings.push(Finding::new(
                join(&place, word),
                format!("the meaning of `{word}` is no text"),
                "say in a sentence what it means",
            )),
        }
    }
    known
}

fn list<T: for<'de> Deserialize<'de>>(
    document: &Value,
    extension: &str,
    findings: &mut Vec<Finding>,
) -> Vec<T> {
    let Some(list) = document.get(extension) else {
        return Vec::new();
    };
    let place = format!("/{extension}");
    let Some(list) = list.as_array() else {
        findings.push(Finding::new(
            place,
            format!("`{extension}` is no list"),
            "write a list of entries",
        ));
        return Vec::new();
    };
    let mut read = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        match serde_path_to_error::deserialize(entry) {
            Ok(entry) => read.push(entry),
            Err(error) => {
                let mut place = join(&place, &index.to_string());
                for step in error.path() {
                    match step {
                        serde_path_to_error::Segment::Map { key } => place = join(&place, key),
                        serde_path_to_error::Segment::Seq { index } => {
                            place = join(&place, &index.to_string())
                        }
                        _ => {}
                    }
                }
                findings.push(Finding::new(
                    place,
                    error.inner().to_string(),
                    "see the entries around it",
                ));
            }
        }
    }
    read
}
