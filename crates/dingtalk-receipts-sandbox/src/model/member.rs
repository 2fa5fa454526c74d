//! Members of groups.

use crate::model::reader::Reader;

/// A member of a group. One from outside the corp has no user id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    ids: Reader,
    name: String,
}

impl Member {
    /// A member of the corp, with both ids.
    pub fn new(
        user_id: impl Into<String>,
        union_id: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        Self {
            ids: Reader::new(user_id.into(), union_id.into()),
            name: name.into(),
        }
    }

    /// A member from outside the corp, with a union id only.
    pub fn outside(union_id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            ids: Reader::outside(union_id.into()),
            name: name.into(),
        }
    }

    /// The member that the sandbox makes up for place `index`, counted from 0, with the ids of
    /// [`Reader::generated`].
    ///
    /// ```
    /// use dingtalk_receipts_sandbox::Member;
    ///
    /// let member = Member::generated(7);
    /// assert_eq!(member.user_id(), Some("user000007"));
    /// assert_eq!(member.name(), "Person 7");
    /// ```
    #[must_use]
    pub fn generated(index: u64) -> Self {
        Self {
            ids: Reader::generated(index),
            name: format!("Person {index}"),
        }
    }

    /// The id within the corp.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.ids.user_id()
    }

    /// The id that is the same in every corp.
    #[must_use]
    pub fn union_id(&self) -> Option<&str> {
        self.ids.union_id()
    }

    /// The name in the group.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The member as a reader of a message.
    pub(crate) const fn reader(&self) -> &Reader {
        &self.ids
    }
}
