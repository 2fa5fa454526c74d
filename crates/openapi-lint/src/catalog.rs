//! Rules about the error catalog.

use openapi_codegen::catalog::Catalog;
use serde_json::Value;

use crate::finding::Finding;

pub(crate) fn lint(document: &Value) -> Vec<Finding> {
    match Catalog::read(document) {
        Ok(Some(catalog)) => languages(&catalog),
        Ok(None) => Vec::new(),
        Err(findings) => findings
            .into_iter()
            .map(|found| Finding::new("catalog", found.pointer, found.message, found.help))
            .collect(),
    }
}

fn languages(catalog: &Catalog) -> Vec<Finding> {
    let texts = |extension: &'static str, texts: Vec<(&str, &str)>| {
        let mut findings = Vec::new();
        for (index, (en, zh)) in texts.into_iter().enumerate() {
            let place = |language: &str| format!("/{extension}/{index}/{language}");
            if !en.contains(|c: char| c.is_ascii_alphabetic()) || en.contains(is_chinese) {
                let message = "the meaning in English is no English";
                findings.push(Finding::new(
                    "catalog-language",
                    place("en"),
                    message,
                    "write the meaning in English",
                ));
            }
            if !zh.contains(is_chinese) {
                let message = "the meaning in Chinese is no Chinese";
                findings.push(Finding::new(
                    "catalog-language",
                    place("zh"),
                    message,
                    "write the meaning in Chinese",
                ));
            }
        }
        findings
    };
    let mut findings = texts(
        "x-error-catalog",
        catalog
            .entries
            .iter()
            .map(|it| (&*it.en, &*it.zh))
            .collect(),
    );
    findings.extend(texts(
        "x-error-families",
        catalog
            .families
            .iter()
            .map(|it| (&*it.en, &*it.zh))
            .collect(),
    ));
    findings.extend(texts(
        "x-error-statuses",
        catalog
            .statuses
            .iter()
            .map(|it| (&*it.en, &*it.zh))
            .collect(),
    ));
    findings
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
