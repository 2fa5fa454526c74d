/// A number that the contract does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    name: &'static str,
    range: &'static str,
    value: ::std::option::Option<i128>,
}

impl OutOfRange {
    pub(crate) const fn new(name: &'static str, range: &'static str, value: i128) -> Self {
        Self { name, range, value: ::std::option::Option::Some(value) }
    }

    pub(crate) const fn not_a_number(name: &'static str, range: &'static str) -> Self {
        Self { name, range, value: ::std::option::Option::None }
    }
}

impl ::std::fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::write!(f, "{} takes {}", self.name, self.range)?;
        match self.value {
            ::std::option::Option::Some(value) => ::std::write!(f, ", not {value}"),
            ::std::option::Option::None => Ok(()),
        }
    }
}

impl ::std::error::Error for OutOfRange {}
