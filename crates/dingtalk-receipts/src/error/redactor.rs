//! Redaction: known secrets are taken out of texts that come from elsewhere.

use dingtalk_receipts_api::Secret;

/// What stands where a secret was.
pub(super) const MASK: &str = "[redacted]";

/// Takes known secrets out of texts that come from elsewhere.
#[derive(Default)]
pub(crate) struct Redactor<'a> {
    secrets: Vec<Hidden<'a>>,
    bodies_withheld: bool,
}

/// A secret that somebody holds, or one that nobody may hold any more when it is needed.
enum Hidden<'a> {
    Borrowed(&'a str),
    Owned(Secret),
}

impl Hidden<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(secret) => secret.expose(),
        }
    }
}

impl<'a> Redactor<'a> {
    /// Remembers a secret. Very short ones are passed over: masking each `a` of a text helps nobody.
    pub(crate) fn hide(self, secret: &'a str) -> Self {
        self.add(Hidden::Borrowed(secret))
    }

    /// The same with a secret of its own.
    pub(crate) fn hide_owned(self, secret: Secret) -> Self {
        self.add(Hidden::Owned(secret))
    }

    /// Shows no body at all. The response of a token endpoint may hold a fresh token under any name and in any format,
    /// and no mask can know it.
    pub(crate) fn withhold_bodies(mut self) -> Self {
        self.bodies_withheld = true;
        self
    }

    pub(crate) fn withholds_bodies(&self) -> bool {
        self.bodies_withheld
    }

    fn add(mut self, secret: Hidden<'a>) -> Self {
        if secret.text().len() >= 4 {
            self.secrets.push(secret);
        }
        self
    }

    /// `text` without the secrets.
    pub(crate) fn clean(&self, text: &str) -> String {
        // The longest first: a secret may be the beginning of another.
        let mut secrets: Vec<&str> = self.secrets.iter().map(Hidden::text).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
    }
}
