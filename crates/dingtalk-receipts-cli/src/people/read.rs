//! From the content of a file to a checklist.
//!
//! An id a line, a table with a column of ids, and JSON: also as this command itself prints readers and who is missing.

use serde_json::{Map, Value};

use super::checklist::{Checklist, Person};
use super::id;
use crate::list::{Content, List, Place, Table};

/// The titles of columns, and the keys of objects, that hold user ids, as [plain](crate::list::plain) titles.
const USER_ID: &[&str] = &["userid", "用户id", "用户userid", "员工userid", "员工id"];
/// Those that hold union ids.
const UNION_ID: &[&str] = &["unionid", "用户unionid"];
/// Those that hold either.
const ID: &[&str] = &["id"];
/// The titles of columns that people have first, and that hold no ids.
const OTHER: &[&str] = &[
    "name",
    "姓名",
    "名字",
    "email",
    "邮箱",
    "phone",
    "mobile",
    "手机",
    "手机号",
    "部门",
    "department",
    "工号",
];

/// The people in a file's content, and what should be said of how it was read.
pub(super) fn people(
    bytes: Vec<u8>,
    column: Option<&str>,
) -> Result<(Checklist, Option<String>), String> {
    let List { content, note } = List::read(bytes)?;
    let people = match content {
        Content::Json(values) => of_json(values, column)?,
        Content::Sheet(sheet) => of_table(sheet, column)?,
        Content::Text(text) if is_table(&text) || column.is_some() => {
            of_table(Table::delimited(&without_comments(&text))?, column)?
        }
        Content::Text(text) => of_lines(&text)?,
    };
    Ok((people, note))
}

/// Whether a line is neither blank nor a comment.
fn counts(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with('#')
}

/// A text without the comments before its first line that counts.
fn without_comments(text: &str) -> String {
    let before = text.lines().take_while(|line| !counts(line)).count();
    let rest = text.splitn(before + 1, '\n').last().unwrap_or_default();
    "\n".repeat(before) + rest
}

/// The lines that count, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (Place, &str)> {
    (1..)
        .map(Place::Line)
        .zip(text.lines())
        .filter(|(_, line)| counts(line))
        .map(|(place, line)| (place, line.trim()))
}

/// Whether the first line that counts is a header, or has cells.
fn is_table(text: &str) -> bool {
    let first = text.lines().find(|line| counts(line));
    first.is_some_and(|line| {
        let title = crate::list::plain(line.trim().trim_matches('"'));
        let known = [USER_ID, UNION_ID, ID].concat();
        known.contains(&title.as_str()) || crate::list::has_cells(line)
    })
}

fn of_lines(text: &str) -> Result<Checklist, String> {
    let mut people = Checklist::default();
    for (place, line) in lines(text) {
        if people.is_empty() && OTHER.contains(&crate::list::plain(line).as_str()) {
            return Err(format!(
                "{place} is the header `{line}`, which is no column of ids; give user ids or union ids"
            ));
        }
        people.add(place, any(checked(place, line)?))?;
    }
    Ok(people)
}

fn of_table(table: Table, column: Option<&str>) -> Result<Checklist, String> {
    let columns = Columns::of(&table, column)?;
    let mut people = Checklist::default();
    for (place, cells) in table.rows()? {
        let cell = |column: Option<usize>| match column.and_then(|at| cells.get(at)) {
            Some(text) if !text.is_empty() => checked(place, text).map(Some),
            _ => Ok(None),
        };
        let person = match columns {
            Columns::Any(at) => cell(Some(at))?.map(any),
            Columns::Kinds(user, union) => {
                let (user_id, union_id) = (cell(user)?, cell(union)?);
                let person = Person { user_id, union_id };
                Some(person).filter(|person| *person != Person::default())
            }
        };
        let person = person.ok_or_else(|| format!("{place} names nobody: it has no id"))?;
        people.add(place, person)?;
    }
    Ok(people)
}

/// The columns that hold ids.
#[derive(Debug, Clone, Copy)]
enum Columns {
    /// Ids of either kind.
    Any(usize),
    /// User ids and union ids; one of the two may be missing.
    Kinds(Option<usize>, Option<usize>),
}

impl Columns {
    fn of(table: &Table, column: Option<&str>) -> Result<Self, String> {
        let titles = || table.columns.join(", ");
        if let Some(title) = column {
            let exact = table.columns.iter().position(|other| other == title);
            let found = match exact {
                Some(at) => Some(at),
                None => table.column(&[&crate::list::plain(title)])?,
            };
            return found.map(Self::Any).ok_or_else(|| {
                format!(
                    "there is no column `{title}` for --expect-column; the header has {}",
                    titles()
                )
            });
        }
        let (user, union) = (table.column(USER_ID)?, table.column(UNION_ID)?);
        match (user, union, table.column(ID)?) {
            (None, None, Some(at)) => Ok(Self::Any(at)),
            (None, None, None) => Err(format!(
                "its first line is neither one id nor a header with userId, unionId or id, but `{}`; name the \
                 column of ids by --expect-column",
                titles()
            )),
            (user, union, _) => Ok(Self::Kinds(user, union)),
        }
    }
}

fn of_json(values: Vec<(Place, Value)>, column: Option<&str>) -> Result<Checklist, String> {
    let mut people = Checklist::default();
    for (place, value) in &values {
        of_value(*place, value, column, &mut people)?;
    }
    Ok(people)
}

/// Adds the person that a value names, or those of a result that this command printed.
fn of_value(
    place: Place,
    value: &Value,
    column: Option<&str>,
    people: &mut Checklist,
) -> Result<(), String> {
    let Value::Object(object) = value else {
        return people.add(place, any(text(place, value)?));
    };
    if let Some(list) = ["unread", "readers", "members"]
        .iter()
        .find_map(|key| object.get(*key)?.as_array())
    {
        if object.get("complete") == Some(&Value::Bool(false)) {
            return Err(format!(
                "{place} is of a run that did not see all of them: its `complete` is false"
            ));
        }
        for value in list {
            of_value(place, value, column, people)?;
        }
        return Ok(());
    }
    let person = match column {
        Some(key) => field(place, object, &[&crate::list::plain(key)])?.map(any),
        None => {
            let user_id = field(place, object, USER_ID)?;
            let union_id = field(place, object, UNION_ID)?;
            match (&user_id, &union_id) {
                (None, None) => field(place, object, ID)?.map(any),
                _ => Some(Person { user_id, union_id }),
            }
        }
    };
    let keys = match column {
        Some(key) => format!("`{key}`"),
        None => "userId, unionId or id".to_owned(),
    };
    people.add(
        place,
        person.ok_or_else(|| format!("{place} names nobody: it has no {keys}"))?,
    )
}

/// The id under one of these keys. `null` and an empty text are no id.
fn field(
    place: Place,
    object: &Map<String, Value>,
    keys: &[&str],
) -> Result<Option<String>, String> {
    let mut found = object
        .iter()
        .filter(|(key, _)| keys.contains(&crate::list::plain(key).as_str()));
    let first = found.next();
    if let (Some((one, _)), Some((other, _))) = (first, found.next()) {
        return Err(format!("{place} has both `{one}` and `{other}`"));
    }
    match first {
        None | Some((_, Value::Null)) => Ok(None),
        Some((_, Value::String(empty))) if empty.trim().is_empty() => Ok(None),
        Some((_, value)) => text(place, value).map(Some),
    }
}

/// An id in JSON: a text, or a whole number.
fn text(place: Place, value: &Value) -> Result<String, String> {
    match value {
        Value::String(id) => checked(place, id.trim()),
        Value::Number(number) if number.is_u64() => Ok(number.to_string()),
        other => Err(format!("{place} has no id, but {}", kind(other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number that is not whole",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A person by an id of either kind.
fn any(id: String) -> Person {
    Person {
        user_id: Some(id),
        union_id: None,
    }
}

fn checked(place: Place, id: &str) -> Result<String, String> {
    let wrong = match id {
        "" => Some("it is empty".to_owned()),
        id => id::wrong(id),
    };
    match wrong {
        None => Ok(id.to_owned()),
        Some(why) => Err(format!("{place} has `{}`: {why}", shown(id))),
    }
}

/// The beginning of a text that is not an id, without what would disturb a terminal.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str, column: Option<&str>) -> Result<Vec<String>, String> {
        let (people, _) = people(text.as_bytes().to_vec(), column)?;
        Ok(people.ids().map(str::to_owned).collect())
    }

    proptest::proptest! {
        #[test]
        fn ids_come_back_out_of_every_form_that_they_are_written_in(
            written in proptest::collection::btree_set("[a-zA-Z0-9李]{1,12}", 1..20),
            delimiter in proptest::sample::select(vec![b',', b';', b'\t']),
            mark in proptest::bool::ANY,
        ) {
            let written: Vec<String> = written.into_iter().filter(|id| id::wrong(id).is_none()).collect();
            let mut csv = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            csv.write_record(["a name", "userId"]).unwrap();
            for id in &written {
                csv.write_record(["Li; \"B\", x\ty\nz", id]).unwrap();
            }
            let csv = String::from_utf8(csv.into_inner().unwrap()).unwrap();
            let json = serde_json::to_string(&written).unwrap();
            let ndjson: String = written.iter().map(|id| serde_json::json!({ "userId": id }).to_string() + "\r\n").collect();
            let units = csv.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
            let utf16 = [b"\xff\xfe".to_vec(), units].concat();
            let mark = if mark { "\u{feff}" } else { "" };
            for text in [csv, json, ndjson] {
                let (people, _) = people((mark.to_owned() + &text).into_bytes(), None).unwrap();
                proptest::prop_assert_eq!(people.ids().collect::<Vec<_>>(), written.clone());
            }
            let (people, _) = people(utf16, None).unwrap();
            proptest::prop_assert_eq!(people.ids().collect::<Vec<_>>(), written);
        }

        #[test]
        fn no_file_is_a_panic(
            begins in proptest::sample::select(vec![
                &b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"{", b"[", b"sep=", b"userId,\"",
            ]),
            rest in proptest::collection::vec(proptest::num::u8::ANY, 0..600),
        ) {
            let _ = people([begins, &rest].concat(), None);
        }
    }

    #[test]
    fn every_form_gives_the_same_people() {
        for text in [
            "# team\nanna\n\n 李 \nanna\n",
            "userId,unionId\nanna,A\n李,\n",
            "# team\n\nuserId,unionId\nanna,A\n李,\n",
            "unionId;name;User ID\nA;\"x; y\";anna\n;z;李\n;;\n",
            "\"userId\"\n\"anna\"\n\"李\"\n",
            "id\nanna\n李\n",
            "sep=\t\nname\tuser_id\nx\tanna\ny\t李\n",
            "姓名,员工UserID\nx,anna\ny,李\n",
            "[\"anna\", \"李\"]",
            "[{\"userId\":\"anna\",\"unionId\":\"A\"},{\"userid\":\"李\",\"unionId\":null}]",
            "{\"userId\":\"anna\",\"unionId\":\"A\"}\n{\"userId\":\"李\",\"unionId\":\"\"}\n",
            "{\"id\":\"anna\"}\n{\"id\":\"李\"}\n",
            "{\"sendStatus\":\"SUCCESS\",\"readers\":[{\"userId\":\"anna\",\"unionId\":\"A\"},{\"userId\":\"李\"}],\
             \"pages\":1,\"complete\":true}",
            "{\"unread\":[\"anna\",\"李\"],\"read\":[\"bob\"],\"complete\":true}",
        ] {
            assert_eq!(ids(text, None).unwrap(), ["anna", "李"], "{text}");
        }
        let table = "id,login\n1,anna\n2,李\n";
        assert_eq!(ids(table, Some("Login")).unwrap(), ["anna", "李"]);
        let objects = "{\"login\":\"anna\"}\n{\"login\":\"李\"}\n";
        assert_eq!(ids(objects, Some("login")).unwrap(), ["anna", "李"]);
        assert_eq!(ids("[7]", None).unwrap(), ["7"]);
        assert!(ids("userId,unionId\n", None).unwrap().is_empty());
        assert!(ids("[]", None).unwrap().is_empty());
    }

    #[test]
    fn what_names_nobody_is_refused_with_its_place() {
        for (text, column, said) in [
            (
                "anna\nbob, the builder\n",
                None,
                "line 2 has `bob, the builder`",
            ),
            ("anna\n\n\"bob\"\n", None, "line 3"),
            ("bob, the builder\nanna\n", None, "--expect-column"),
            ("name,mail\nx,y\n", None, "name, mail"),
            ("Name\nanna\n", None, "header `Name`"),
            ("userId,name\n,anna\n", None, "line 2 names nobody"),
            ("userId\n1.23457E+17\n", None, "shortened"),
            ("userId,user_id\na,b\n", None, "same meaning"),
            ("userId,x\na\n", None, "line 2 has 1 cell"),
            ("# x\n\nuserId,x\na\n", None, "line 4 has 1 cell"),
            ("# x\nsep=;\nuserId;x\na\n", None, "line 4 has 1 cell"),
            ("a,b\nx,y\n", Some("c"), "no column `c`"),
            ("[\"a\", 1.5]", None, "element 2"),
            ("[[\"a\"]]", None, "element 1"),
            (
                "{\"userId\":\"a\"}\n{\"name\":\"b\"}\n",
                None,
                "line 2 names nobody",
            ),
            ("{\"readers\":[],\"complete\":false}", None, "complete"),
        ] {
            let error = ids(text, column).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
