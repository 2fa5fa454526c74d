//! The rows of a list, and the messages that they name: each message is asked for once, however often it is listed.

use std::collections::HashMap;

use crate::messages::Row;

/// Rows, and which of them name the same message.
#[derive(Debug)]
pub(crate) struct Listed {
    rows: Vec<Row>,
    /// The message of each row.
    message: Vec<usize>,
    /// The rows of each message, in order.
    by_message: Vec<Vec<usize>>,
}

impl Listed {
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        let mut known = HashMap::new();
        let mut by_message = Vec::<Vec<usize>>::new();
        let mut message = Vec::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            let name = (
                &row.process_query_key,
                &row.open_conversation_id,
                &row.robot_code,
                &row.token,
            );
            let number = *known.entry(name).or_insert(by_message.len());
            match by_message.get_mut(number) {
                Some(rows) => rows.push(place),
                None => by_message.push(vec![place]),
            }
            message.push(number);
        }
        Self {
            message,
            by_message,
            rows,
        }
    }

    /// A row of each message, in the order in which the list first names it.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Row> {
        let first = self.by_message.iter().filter_map(|rows| rows.first());
        first.filter_map(|place| self.rows.get(*place))
    }

    /// How many messages there are.
    pub(crate) fn len(&self) -> u64 {
        u64::try_from(self.by_message.len()).unwrap_or(u64::MAX)
    }

    /// How many rows name a message that another row has named.
    pub(crate) fn repeated(&self) -> u64 {
        u64::try_from(self.rows.len() - self.by_message.len()).unwrap_or(u64::MAX)
    }

    /// The row at a place, and its message.
    pub(super) fn row(&self, place: usize) -> Option<(&Row, usize)> {
        Some((self.rows.get(place)?, *self.message.get(place)?))
    }

    /// The rows of a message.
    pub(super) fn rows(&self, message: usize) -> impl Iterator<Item = &Row> {
        let places = self.by_message.get(message).into_iter().flatten();
        places.filter_map(|place| self.rows.get(*place))
    }

    /// Whether no row after `place` names this message.
    pub(super) fn is_last(&self, place: usize, message: usize) -> bool {
        let last = self.by_message.get(message).and_then(|rows| rows.last());
        last.is_none_or(|last| *last <= place)
    }
}
