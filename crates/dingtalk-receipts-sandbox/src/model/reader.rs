//! People who have read a message.

use std::borrow::Cow;

/// One reader. A person from outside the corp has no user id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
    user_id: Option<Cow<'static, str>>,
    union_id: Option<Cow<'static, str>>,
}

impl Reader {
    /// A reader with both ids.
    pub fn new(
        user_id: impl Into<Cow<'static, str>>,
        union_id: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            user_id: Some(user_id.into()),
            union_id: Some(union_id.into()),
        }
    }

    /// A reader from outside the corp, who has a union id only.
    pub fn outside(union_id: impl Into<Cow<'static, str>>) -> Self {
        Self {
            user_id: None,
            union_id: Some(union_id.into()),
        }
    }

    /// A reader with a user id only.
    pub fn of_corp(user_id: impl Into<Cow<'static, str>>) -> Self {
        Self {
            user_id: Some(user_id.into()),
            union_id: None,
        }
    }

    /// The reader that the sandbox makes up for place `index`, counted from 0. Always the same for the same place.
    ///
    /// ```
    /// use dingtalk_receipts_sandbox::Reader;
    /// assert_eq!(Reader::generated(7).user_id(), Some("user000007"));
    /// ```
    #[must_use]
    pub fn generated(index: u64) -> Self {
        Self::new(format!("user{index:06}"), format!("union{index:06}iEiE"))
    }

    /// The id within the corp.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.user_id.as_deref()
    }

    /// The id that is the same in every corp.
    #[must_use]
    pub fn union_id(&self) -> Option<&str> {
        self.union_id.as_deref()
    }

    pub(crate) fn without_user_id(self) -> Self {
        Self {
            user_id: None,
            ..self
        }
    }
}
