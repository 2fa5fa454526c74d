//! Lists of messages: CSV with a header line, or NDJSON.

use serde::Deserialize;

use crate::failure::Failure;
use crate::input::Input;

/// A million messages.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Which message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) process_query_key: String,
    #[serde(default)]
    pub(crate) open_conversation_id: Option<String>,
    #[serde(default)]
    pub(crate) robot_code: Option<String>,
}

/// The messages that `input` lists, in order. Each has a conversation: its own, or else the one given.
pub(crate) fn messages(
    input: &Input,
    conversation: Option<&String>,
    robot: Option<&String>,
) -> Result<Vec<Row>, Failure> {
    let text = input.text(MOST_BYTES, "a list of messages")?;
    let wrong = |why: String| Failure::usage(format!("{input} is not a list of messages: {why}"));
    let mut rows = parsed(&text).map_err(wrong)?;
    for (line, row) in &mut rows {
        let named = |own: Option<String>, given: Option<&String>| {
            own.filter(|id| !id.trim().is_empty())
                .or_else(|| given.cloned())
        };
        row.open_conversation_id = named(row.open_conversation_id.take(), conversation);
        row.robot_code = named(row.robot_code.take(), robot);
        if row.process_query_key.trim().is_empty() {
            return Err(wrong(format!("line {line} has no processQueryKey")));
        }
        if row.open_conversation_id.is_none() {
            return Err(wrong(format!(
                "line {line} has no openConversationId; give one for all by --conversation"
            )));
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
