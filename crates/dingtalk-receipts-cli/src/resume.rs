//! Command lines that can be pasted: the one that goes on where a run stopped, and the sandbox's.

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use dingtalk_receipts::Cursor;

/// The width of what is written to standard error, in columns: the terminal's, as long as lines can be read; where there
/// is no terminal, that of a small one.
pub(crate) fn width() -> u16 {
    match terminal_size::terminal_size_of(std::io::stderr()) {
        Some((terminal_size::Width(columns), _)) => columns.clamp(30, 100),
        None => 80,
    }
}

/// What the cursor says already, what belongs to the first page only, and secrets.
const LEFT_OUT: &[&str] = &[
    "process_query_key",
    "conversation",
    "robot",
    "resume",
    "limit",
    "wait_until_ready",
    "access_token",
    // It would be replaced by what follows.
    "output",
    "error_format",
    "verbose",
];

/// The command line of this process, as far as a later one has to repeat it.
#[derive(Debug, Default)]
pub(crate) struct CommandLine {
    /// How the command was called, which is how it can be called again.
    program: String,
    command: String,
    /// Whether the command takes a cursor.
    resumes: bool,
    /// Options with their values.
    options: Vec<Vec<String>>,
    /// Whether an access token stood on it.
    token_given: bool,
}

impl CommandLine {
    /// Reads what was given for the subcommand of `grammar`.
    pub(crate) fn new(grammar: &Command, matches: &ArgMatches) -> Self {
        let (name, given) = match matches.subcommand() {
            Some((name, given)) => (name, Some(given)),
            None => ("", None),
        };
        let arguments: Vec<_> = grammar
            .find_subcommand(name)
            .map(|command| command.get_arguments().collect())
            .unwrap_or_default();
        let typed = |id: &str| {
            given.is_some_and(|given| given.value_source(id) == Some(ValueSource::CommandLine))
        };
        let mut options = Vec::new();
        for argument in &arguments {
            let id = argument.get_id().as_str();
            let Some(long) = argument.get_long() else {
                continue;
            };
            if LEFT_OUT.contains(&id) || !typed(id) {
                continue;
            }
            let values = given
                .and_then(|given| given.get_raw(id))
                .into_iter()
                .flatten();
            let values: Vec<_> = values
                .map(|value| value.to_string_lossy().into_owned())
                .collect();
            // A proxy's address may hold a password.
            if id == "proxy" && values.iter().any(|value| value.contains('@')) {
                continue;
            }
            if argument.get_action().takes_values() {
                options.extend(
                    values
                        .into_iter()
                        .map(|value| vec![format!("--{long}"), value]),
                );
            } else {
                options.push(vec![format!("--{long}")]);
            }
        }
        Self {
            program: program(),
            command: name.to_owned(),
            resumes: arguments
                .iter()
                .any(|argument| argument.get_id() == "resume"),
            options,
            token_given: arguments
                .iter()
                .any(|argument| argument.get_id() == "access_token")
                && typed("access_token"),
        }
    }

    /// What of it is known if the arguments as a whole were not understood.
    pub(crate) fn not_understood(grammar: &Command) -> Self {
        let command = std::env::args_os()
            .skip(1)
            .filter_map(|argument| argument.into_string().ok())
            .find(|argument| grammar.find_subcommand(argument).is_some());
        Self {
            program: program(),
            command: command.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The command line that explains this command.
    pub(crate) fn help(&self) -> String {
        let words = [self.program.as_str(), &self.command, "--help"];
        let words = words.into_iter().filter(|word| !word.is_empty());
        quoted(words.map(str::to_owned).collect()).join(" ")
    }

    fn words(&self, cursor: &Cursor) -> Vec<Vec<String>> {
        let mut words = vec![
            vec![self.program.clone(), self.command.clone()],
            vec!["--resume".to_owned(), cursor.to_string()],
        ];
        words.extend(self.options.iter().cloned());
        words
    }

    /// The command line that goes on at `cursor`, on one line.
    pub(crate) fn resume(&self, cursor: &Cursor) -> Option<String> {
        self.resumes
            .then(|| quoted(self.words(cursor).concat()).join(" "))
    }

    /// The same with a sentence, broken into lines. `amid` is said if readers of the page at the cursor were printed.
    pub(crate) fn resume_text(&self, cursor: &Cursor, amid: bool) -> Option<String> {
        let what = match (cursor.pages_done(), amid) {
            (0, _) => "To start again from the first page",
            (_, false) => "To go on where it stopped",
            (_, true) => "To go on with the page where it stopped, from its first reader",
        };
        let again = if self.token_given {
            " (give the access token again)"
        } else {
            ""
        };
        self.resumes
            .then(|| format!("{what}{again}:\n{}", paste(&self.words(cursor))))
    }
}

/// How this command was called: by its bare name, or by the path of where it was built.
pub(crate) fn program() -> String {
    std::env::args()
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "dingtalk-receipts".to_owned())
}

/// Words as a POSIX shell reads them. NUL, which no argument can hold, is left out.
fn quoted(words: Vec<String>) -> Vec<String> {
    words
        .into_iter()
        .map(|word| {
            let word = word.replace('\0', "");
            shlex::try_quote(&word)
                .map(|word| word.into_owned())
                .unwrap_or_default()
        })
        .collect()
}

/// A command line over as many lines as a small terminal needs. Words that belong together stay on one line, and a word
/// that is longer, such as a cursor, is not broken: whoever pastes it needs it whole, and terminals copy it so.
pub(crate) fn paste(groups: &[Vec<String>]) -> String {
    let width = usize::from(width()) - " \\".len();
    let mut lines: Vec<String> = Vec::new();
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let group = quoted(group.clone()).join(" ");
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + group.chars().count() <= width => {
                line.push(' ');
                line.push_str(&group);
            }
            Some(_) => lines.push(format!("    {group}")),
            None => lines.push(format!("  {group}")),
        }
    }
    lines.join(" \\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_command_line_is_read_as_it_was_meant() {
        let groups = [
            vec![
                "dingtalk-receipts".to_owned(),
                "readers".to_owned(),
                "a+/=='$(x)".to_owned(),
            ],
            vec!["--conversation".to_owned(), "cid with space 群".to_owned()],
            vec![
                "--base-url".to_owned(),
                format!("http://127.0.0.1:1/{}", "x".repeat(60)),
            ],
        ];
        let text = paste(&groups);
        assert_eq!(
            shlex::split(&text.replace("\\\n", " ")).unwrap(),
            groups.concat()
        );
        assert!(text.lines().count() > 1);
    }
}
