//! Which rules apply, and how much their findings count: the file `lint.toml`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::rule::{Profile, RULES, Rule};

/// How much the findings of a rule count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule does not apply.
    Off,
    /// Findings are shown and fail nothing.
    Warning,
    /// Findings are failures.
    Error,
}

/// A profile, and the levels of rules that differ from it.
///
/// ```
/// use openapi_lint::{Config, Level, Profile};
///
/// let config: Config = "profile = 'minimal'\n[rules]\noperation-summary = 'warning'".parse()?;
/// assert_eq!(config.level("operation-summary"), Level::Warning);
/// assert_eq!(config.level("server-https"), Level::Off);
/// assert_eq!(config, Config::new(Profile::Minimal).with("operation-summary", Level::Warning)?);
/// # Ok::<(), openapi_lint::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    profile: Profile,
    levels: BTreeMap<&'static str, Level>,
}

/// Why a configuration is none. `Display` is a message of one line or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    profile: Profile,
    #[serde(default)]
    rules: BTreeMap<toml::Spanned<String>, Level>,
}

impl Config {
    /// All rules of a profile, each as an error.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            levels: BTreeMap::new(),
        }
    }

    /// The same levels of rules on another profile.
    #[must_use]
    pub fn on(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Sets the level of a rule, whether the profile has it or not.
    ///
    /// # Errors
    /// If there is no rule `id`.
    pub fn with(mut self, id: &str, level: Level) -> Result<Self, ConfigError> {
        let Some(rule) = RULES.iter().find(|rule| rule.id == id) else {
            return Err(ConfigError(format!(
                "there is no lint rule `{id}`; `lint --rules` lists them"
            )));
        };
        self.levels.insert(rule.id, level);
        Ok(self)
    }

    /// How much the findings of the rule `id` count; [`Level::Off`] for a rule that there is not.
    #[must_use]
    pub fn level(&self, id: &str) -> Level {
        let by_profile = || {
            let is_held = self.profile.rules().any(|rule| rule.id == id);
            if is_held { Level::Error } else { Level::Off }
        };
        self.levels.get(id).copied().unwrap_or_else(by_profile)
    }

    /// The rules that apply, in the order of [`RULES`].
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        RULES
            .iter()
            .filter(|rule| self.level(rule.id) != Level::Off)
    }
}

impl std::str::FromStr for Config {
    type Err = ConfigError;

    /// Reads TOML: `profile`, and a table `rules` of levels.
    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text)
            .map_err(|error| ConfigError(error.to_string().trim_end().to_owned()))?;
        file.rules
            .iter()
            .try_fold(Self::new(file.profile), |config, (id, level)| {
                config.with(id.get_ref(), *level).map_err(|error| {
                    let before = text.get(..id.span().start).unwrap_or_default();
                    ConfigError(format!(
                        "line {}: {error}",
                        before.matches('\n').count() + 1
                    ))
                })
            })
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_a_wider_profile_can_be_switched_on_and_one_of_the_own_off() {
        let config: Config = "[rules]\nreference = 'off'\n".parse().unwrap();
        assert_eq!(config.level("reference"), Level::Off);
        assert!(config.rules().all(|rule| rule.id != "reference"));
        let wider = Config::new(Profile::Minimal)
            .with("secret-marked", Level::Error)
            .unwrap();
        assert!(wider.rules().any(|rule| rule.id == "secret-marked"));
    }

    #[test]
    fn mistakes_are_told_with_their_lines() {
        for (text, said) in [
            (
                "profile = 'strict'\n[rules]\nnone = 'off'",
                "line 3: there is no lint rule `none`",
            ),
            ("[rules]\nreference = 'loud'", "line 2"),
            ("profiles = 'strict'", "profiles"),
            ("profile = 'loose'", "loose"),
        ] {
            let error = text.parse::<Config>().unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
