//! The seven disjoint kinds of JSON values, and sets of them.

use std::ops::{BitAnd, BitOr, Not};

use serde_json::Value;

/// A set of kinds of values. `number` is the whole numbers and the fractions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const NONE: Types = Types(0);
    pub(crate) const NULL: Types = Types(1);
    pub(crate) const BOOLEAN: Types = Types(2);
    pub(crate) const INTEGER: Types = Types(4);
    pub(crate) const FRACTION: Types = Types(8);
    pub(crate) const NUMBER: Types = Types(4 | 8);
    pub(crate) const STRING: Types = Types(16);
    pub(crate) const ARRAY: Types = Types(32);
    pub(crate) const OBJECT: Types = Types(64);
    pub(crate) const ALL: Types = Types(127);

    /// The kinds that a `type` keyword names, and the name that JSON Schema has for them; `None`
    /// for a name that is not one. Names from programming languages are understood, since many
    /// documents have them and mean nothing else.
    pub(crate) fn named(name: &str) -> Option<(Types, &'static str)> {
        Some(match name {
            "null" => (Types::NULL, "null"),
            "boolean" | "bool" => (Types::BOOLEAN, "boolean"),
            "integer" | "int" | "long" | "int32" | "int64" => (Types::INTEGER, "integer"),
            "number" | "float" | "double" | "decimal" => (Types::NUMBER, "number"),
            // Swagger 2's `file` is a string of bytes.
            "string" | "str" | "file" => (Types::STRING, "string"),
            "array" | "list" => (Types::ARRAY, "array"),
            "object" | "map" | "dict" => (Types::OBJECT, "object"),
            _ => return None,
        })
    }

    pub(crate) fn of(value: &Value) -> Types {
        match value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0) => {
                Types::INTEGER
            }
            Value::Number(_) => Types::FRACTION,
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    pub(crate) fn has(self, some: Types) -> bool {
        self.0 & some.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The single kinds of this set, the ones people use most first.
    pub(crate) fn each(self) -> impl Iterator<Item = Types> {
        let order = [
            Types::STRING,
            Types::INTEGER,
            Types::FRACTION,
            Types::BOOLEAN,
            Types::OBJECT,
            Types::ARRAY,
            Types::NULL,
        ];
        order.into_iter().filter(move |&one| self.has(one))
    }
}

impl BitAnd for Types {
    type Output = Types;
    fn bitand(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Types;
    fn bitor(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }
}

impl Not for Types {
    type Output = Types;
    fn not(self) -> Types {
        Types(!self.0 & Types::ALL.0)
    }
}
