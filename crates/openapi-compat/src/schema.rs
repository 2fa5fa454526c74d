//! Schemas by what they mean: the set of JSON values that each one allows.
//!
//! [`pool`] gives every schema of both documents a number, [`shape`] merges what several of them
//! say together, [`inclusion`] decides whether one set lies in another and where it does not,
//! [`example`] makes up values, and [`validator`] has them checked by an independent judge.

pub(crate) mod combine;
pub(crate) mod decision;
pub(crate) mod emptiness;
pub(crate) mod example;
pub(crate) mod gap;
pub(crate) mod inclusion;
pub(crate) mod matching;
pub(crate) mod numbers;
pub(crate) mod objects;
pub(crate) mod patterns;
pub(crate) mod pool;
pub(crate) mod shape;
pub(crate) mod strings;
pub(crate) mod types;
pub(crate) mod unions;
pub(crate) mod validator;
pub(crate) mod weight;
