//! Lists of messages: CSV with a header line, or NDJSON.

use std::fmt;

use serde::Deserialize;

use crate::failure::Failure;
use crate::input::Input;

/// A million messages.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Which message.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) process_query_key: String,
    #[serde(default)]
    pub(crate) open_conversation_id: Option<String>,
    #[serde(default)]
    pub(crate) robot_code: Option<String>,
    /// A webhook robot's; it names the group instead of a conversation.
    #[serde(default)]
    pub(crate) token: Option<String>,
}

/// The token is a secret.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("process_query_key", &self.process_query_key)
            .field("open_conversation_id", &self.open_conversation_id)
            .field("robot_code", &self.robot_code)
            .finish_non_exhaustive()
    }
}

/// The messages that `input` lists, in order. Each names its group: by its own conversation or token, or else by the
/// conversation that is given, or by the token that `webhook_token` has, which is only asked if need be.
pub(crate) fn messages(
    input: &Input,
    conversation: Option<&String>,
    robot: Option<&String>,
    webhook_token: impl FnOnce() -> Result<Option<String>, Failure>,
) -> Result<Vec<Row>, Failure> {
    let text = input.text(MOST_BYTES, "a list of messages")?;
    let wrong = |why: String| Failure::usage(format!("{input} is not a list of messages: {why}"));
    let mut rows = parsed(&text).map_err(wrong)?;
    let own = |text: &mut Option<String>| text.take().filter(|text| !text.trim().is_empty());
    for (line, row) in &mut rows {
        if row.process_query_key.trim().is_empty() {
            return Err(wrong(format!("line {line} has no processQueryKey")));
        }
        row.token = own(&mut row.token);
        row.open_conversation_id = own(&mut row.open_conversation_id)
            .or_else(|| conversation.filter(|_| row.token.is_none()).cloned());
        row.robot_code =
            own(&mut row.robot_code).or_else(|| robot.filter(|_| row.token.is_none()).cloned());
    }
    let nameless = |row: &Row| row.open_conversation_id.is_none() && row.token.is_none();
    if let Some(&(line, _)) = rows.iter().find(|(_, row)| nameless(row)) {
        let Some(token) = webhook_token()? else {
            return Err(wrong(format!(
                "line {line} has neither openConversationId nor token; give one for all by --conversation or \
                 --webhook-token-file"
            )));
        };
        for (_, row) in rows.iter_mut().filter(|(_, row)| nameless(row)) {
            row.token = Some(token.clone());
        }
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// The rows with their lines. An object at the beginning makes it NDJSON.
fn parsed(text: &str) -> Result<Vec<(u64, Row)>, String> {
    match text.trim_start().starts_with('{') {
        true => ndjson(text),
        false => csv(text),
    }
}

fn ndjson(text: &str) -> Result<Vec<(u64, Row)>, String> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| match serde_json::from_str(line) {
            Ok(row) => Ok((number, row)),
            Err(error) => Err(format!("line {number}: {error}")),
        })
        .collect()
}

fn csv(text: &str) -> Result<Vec<(u64, Row)>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title.eq_ignore_ascii_case(name))
    };
    let Some(key) = column("processQueryKey") else {
        return Err("its first line does not name a column processQueryKey".to_owned());
    };
    let (conversation, robot) = (column("openConversationId"), column("robotCode"));
    let token = column("token");
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell =
                |column: Option<usize>| column.and_then(|at| record.get(at)).map(str::to_owned);
            let row = Row {
                process_query_key: cell(Some(key)).unwrap_or_default(),
                open_conversation_id: cell(conversation),
                robot_code: cell(robot),
                token: cell(token),
            };
            Ok((line, row))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, conversation: Option<&str>) -> Row {
        let conversation = conversation.map(str::to_owned);
        Row {
            process_query_key: key.to_owned(),
            open_conversation_id: conversation,
            robot_code: None,
            token: None,
        }
    }

    #[test]
    fn csv_and_ndjson_say_the_same() {
        let csv = "robotCode,PROCESSQUERYKEY,x,openConversationId\n,\"a,1\",y,群\n,b,,\n";
        let rows = parsed(csv).unwrap();
        assert_eq!(rows[0].0, 2);
        let keys: Vec<_> = rows
            .iter()
            .map(|(_, row)| row.process_query_key.as_str())
            .collect();
        assert_eq!(keys, ["a,1", "b"]);
        let json = "\n{\"processQueryKey\":\"a,1\",\"openConversationId\":\"群\",\"more\":1}\n\n";
        assert_eq!(parsed(json).unwrap(), [(2, row("a,1", Some("群")))]);
        assert_eq!(parsed("processQueryKey\n").unwrap(), []);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, said) in [
            ("", "processQueryKey"),
            ("key\na\n", "processQueryKey"),
            ("processQueryKey,x\na\n", "line: 2"),
            (
                "{\"processQueryKey\":\"a\"}\n{\"key\":\"b\"}\n",
                "line 2: missing field",
            ),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
