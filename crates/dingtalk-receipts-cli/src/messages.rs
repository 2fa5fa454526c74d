//! Lists of messages: a table with a header, a JSON array, or NDJSON.

use std::fmt;

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::input::Input;
use crate::list::{Content, List, Place, Table, plain};

/// A million messages.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// The fields that name a message, as [plain] titles.
const KEY: &str = "processquerykey";
const CONVERSATION: &str = "openconversationid";
const ROBOT: &str = "robotcode";
const TOKEN: &str = "token";

/// What an export writes besides: in a list that is one, it is of an earlier run.
const WRITTEN: [&str; 9] = [
    "sendstatus",
    "userid",
    "unionid",
    "readers",
    "pages",
    "complete",
    "error",
    "asof",
    "columns",
];

/// Which message.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Row {
    pub(crate) process_query_key: String,
    pub(crate) open_conversation_id: Option<String>,
    pub(crate) robot_code: Option<String>,
    /// A webhook robot's; it names the group instead of a conversation.
    pub(crate) token: Option<String>,
    /// What else the list says of it.
    pub(crate) more: Map<String, Value>,
}

/// The token is a secret.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("process_query_key", &self.process_query_key)
            .field("open_conversation_id", &self.open_conversation_id)
            .field("robot_code", &self.robot_code)
            .field("more", &self.more)
            .finish_non_exhaustive()
    }
}

/// The messages of a list, in order.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    pub(crate) rows: Vec<Row>,
    /// What else the list says of messages: the titles, in order.
    pub(crate) columns: Vec<String>,
    /// What a person should know about how the list was read.
    pub(crate) note: Option<String>,
}

/// The messages that `input` lists. Each names its group: by its own conversation or token, or else by the conversation
/// that is given, or by the token that `webhook_token` has, which is only asked if need be.
pub(crate) fn messages(
    input: &Input,
    conversation: Option<&String>,
    robot: Option<&String>,
    webhook_token: impl FnOnce() -> Result<Option<String>, Failure>,
) -> Result<Messages, Failure> {
    let bytes = input.bytes(MOST_BYTES, "a list of messages")?;
    let wrong = |why: String| Failure::usage(format!("{input} is not a list of messages: {why}"));
    let List { content, note } = List::read(bytes).map_err(wrong)?;
    let (mut rows, columns) = parsed(content).map_err(wrong)?;
    for (_, row) in &mut rows {
        let by_token = row.token.is_some();
        let given = |given: Option<&String>| given.filter(|_| !by_token).cloned();
        row.open_conversation_id = row
            .open_conversation_id
            .take()
            .or_else(|| given(conversation));
        row.robot_code = row.robot_code.take().or_else(|| given(robot));
    }
    let nameless = |row: &Row| row.open_conversation_id.is_none() && row.token.is_none();
    if let Some(&(place, _)) = rows.iter().find(|(_, row)| nameless(row)) {
        let Some(token) = webhook_token()? else {
            return Err(wrong(format!(
                "{place} has neither openConversationId nor token; give one for all by --conversation or \
                 --webhook-token-file"
            )));
        };
        for (_, row) in rows.iter_mut().filter(|(_, row)| nameless(row)) {
            row.token = Some(token.clone());
        }
    }
    let note = note.map(|note| format!("{input}: {note}."));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(Messages {
        rows,
        columns,
        note,
    })
}

/// Messages with their places, and the titles of what else is said of them.
type Parsed = (Vec<(Place, Row)>, Vec<String>);

fn parsed(content: Content) -> Result<Parsed, String> {
    match content {
        Content::Json(values) => objects(values),
        Content::Sheet(sheet) => table(&sheet),
        Content::Text(text) => table(&Table::delimited(&text)?),
    }
}

fn objects(values: Vec<(Place, Value)>) -> Result<Parsed, String> {
    let mut columns = Vec::<String>::new();
    let mut rows = Vec::new();
    for (place, value) in values {
        let Value::Object(mut object) = value else {
            return Err(format!("{place} is not an object"));
        };
        // Of an earlier export, with what its own list said.
        if let Some(Value::Object(more)) = object.remove("columns") {
            object.extend(more);
        }
        let mut fields = Map::new();
        for (title, value) in object {
            let known = plain(&title);
            if fields.insert(known.clone(), value.clone()).is_some() {
                return Err(format!("{place} has `{title}` twice"));
            }
            if is_more(&known) && !columns.contains(&title) {
                columns.push(title);
            }
        }
        let field = |name: &str| match fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("{place}: {} is not a text", title(name))),
        };
        let mut row = row(place, field)?;
        for title in &columns {
            if let Some(value) = fields.get(&plain(title)) {
                row.more.insert(title.clone(), value.clone());
            }
        }
        rows.push((place, row));
    }
    Ok((rows, columns))
}

fn table(table: &Table) -> Result<Parsed, String> {
    if table.column(&[KEY])?.is_none() {
        return Err("its first line does not name a column processQueryKey".to_owned());
    }
    let places = [KEY, CONVERSATION, ROBOT, TOKEN].map(|name| table.column(&[name]));
    let [key, conversation, robot, token] = places;
    let places = [
        (KEY, key?),
        (CONVERSATION, conversation?),
        (ROBOT, robot?),
        (TOKEN, token?),
    ];
    let more: Vec<_> = (0..)
        .zip(&table.columns)
        .filter(|(_, title)| is_more(&plain(title)))
        .collect();
    let mut rows = Vec::new();
    for (place, cells) in table.rows()? {
        let field = |name: &str| {
            let at = places.iter().find(|(known, _)| *known == name);
            let cell = at.and_then(|(_, at)| cells.get((*at)?));
            Ok(cell.cloned())
        };
        let mut row = row(place, field)?;
        for (at, title) in &more {
            let cell = cells.get(*at).cloned().unwrap_or_default();
            row.more.insert((*title).clone(), cell.into());
        }
        rows.push((place, row));
    }
    let columns = more.into_iter().map(|(_, title)| title.clone());
    Ok((rows, columns.collect()))
}

fn row(
    place: Place,
    field: impl Fn(&str) -> Result<Option<String>, String>,
) -> Result<Row, String> {
    let own = |name: &str| {
        let text = field(name)?.map(|text| text.trim().to_owned());
        let text = text.filter(|text| !text.is_empty());
        let bad = text.as_deref().unwrap_or_default();
        if bad.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(format!(
                "{place}: {} holds white space or a control character; is a quote missing?",
                title(name)
            ));
        }
        Ok(text)
    };
    let key = own(KEY)?.ok_or_else(|| format!("{place} has no processQueryKey"))?;
    Ok(Row {
        process_query_key: key,
        open_conversation_id: own(CONVERSATION)?,
        robot_code: own(ROBOT)?,
        token: own(TOKEN)?,
        more: Map::new(),
    })
}

/// The title of a field as it is documented.
fn title(name: &str) -> &str {
    match name {
        KEY => "processQueryKey",
        CONVERSATION => "openConversationId",
        ROBOT => "robotCode",
        other => other,
    }
}

/// Whether a field is none of this command's own, and is carried into the output.
fn is_more(name: &str) -> bool {
    ![KEY, CONVERSATION, ROBOT, TOKEN].contains(&name) && !WRITTEN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Parsed, String> {
        parsed(List::read(text.as_bytes().to_vec())?.content)
    }

    #[test]
    fn every_form_gives_the_same_messages_and_carries_what_else_it_says() {
        for text in [
            "robotCode,PROCESSQUERYKEY,team,openConversationId\n,\"a,1\",y,群\n,,,\n,b,,\n",
            "sep=;\nteam;process query key;open_conversation_id\ny;a,1;群\n;b;\n",
            "team\tprocessQueryKey\topenConversationId\tsendStatus\ny\ta,1\t群\tSUCCESS\n\tb\t\t\n",
            "[{\"processQueryKey\":\"a,1\",\"openConversationId\":\"群\",\"team\":\"y\"},\
             {\"processQueryKey\":\"b\",\"team\":\"\"}]",
            "\n{\"processQueryKey\":\"a,1\",\"openConversationId\":\"群\",\"columns\":{\"team\":\"y\"}}\n\n\
             {\"processQueryKey\":\"b\",\"team\":\"\",\"readers\":[]}\n",
        ] {
            let (rows, columns) = read(text).unwrap();
            assert_eq!(columns, ["team"], "{text}");
            let rows: Vec<_> = rows
                .iter()
                .map(|(_, row)| {
                    let team = row.more.get("team").and_then(Value::as_str);
                    let conversation = row.open_conversation_id.as_deref();
                    (row.process_query_key.as_str(), conversation, team)
                })
                .collect();
            assert_eq!(
                rows,
                [("a,1", Some("群"), Some("y")), ("b", None, Some(""))],
                "{text}"
            );
        }
        assert_eq!(read("processQueryKey\n").unwrap().0, []);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, said) in [
            ("", "processQueryKey"),
            ("key\na\n", "processQueryKey"),
            ("processQueryKey,x\na\n", "line 2 has 1 cell"),
            ("processQueryKey,x,x\na,1,2\n", "`x` comes twice"),
            ("processQueryKey,process_query_key\na,b\n", "same meaning"),
            ("processQueryKey,x\n,y\n", "line 2 has no processQueryKey"),
            ("processQueryKey,x\na,\"y\nb,z\n", "line 2: a quote"),
            (
                "processQueryKey\n\"a\nb\"\n",
                "line 2: processQueryKey holds white space",
            ),
            (
                "{\"processQueryKey\":1}\n",
                "line 1: processQueryKey is not a text",
            ),
            (
                "{\"processQueryKey\":\"a\"}\n{\"key\":\"b\"}\n",
                "line 2 has no processQueryKey",
            ),
            ("[1]", "element 1 is not an object"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
