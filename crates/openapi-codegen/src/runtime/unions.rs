/// Reads one alternative of a choice.
type Alternative<T> = fn(&::serde_json::Value) -> ::std::result::Result<T, ::serde_json::Error>;

/// The alternative that keeps most of a value when it is written again; among equals that which adds least, and then
/// the first.
fn closest<T: ::serde::Serialize>(
    value: &::serde_json::Value,
    alternatives: &[Alternative<T>],
) -> ::std::option::Option<T> {
    let mut best: ::std::option::Option<(T, usize, usize)> = ::std::option::Option::None;
    for read in alternatives {
        let ::std::result::Result::Ok(found) = read(value) else {
            continue;
        };
        let written = ::serde_json::to_value(&found).unwrap_or_default();
        let (kept, size) = (shared(value, &written), shared(&written, &written));
        let is_better = best
            .as_ref()
            .is_none_or(|(_, most, least)| kept > *most || (kept == *most && size < *least));
        if is_better {
            best = ::std::option::Option::Some((found, kept, size));
        }
    }
    best.map(|(found, ..)| found)
}

/// How much of one value is in the other: properties, and what is not made of others.
fn shared(one: &::serde_json::Value, other: &::serde_json::Value) -> usize {
    use ::serde_json::Value::{Array, Object};
    match (one, other) {
        (Object(one), Object(other)) => {
            let both = one.iter().filter_map(|(key, value)| Some((value, other.get(key)?)));
            1 + both.map(|(value, other)| 1 + shared(value, other)).sum::<usize>()
        }
        (Array(one), Array(other)) => {
            1 + one.iter().zip(other).map(|(one, other)| shared(one, other)).sum::<usize>()
        }
        (one, other) => usize::from(one == other),
    }
}

/// The position of the alternative that a property decides for; `None` if the property is not there.
fn tagged(
    value: &::serde_json::Value,
    property: &str,
    tags: &[&[&str]],
    fallback: ::std::option::Option<usize>,
) -> ::std::result::Result<::std::option::Option<usize>, ::std::string::String> {
    let ::std::option::Option::Some(tag) = value.get(property).and_then(::serde_json::Value::as_str) else {
        return Ok(::std::option::Option::None);
    };
    match tags.iter().position(|known| known.contains(&tag)).or(fallback) {
        ::std::option::Option::Some(position) => Ok(::std::option::Option::Some(position)),
        ::std::option::Option::None => {
            Err(::std::format!("`{property}` is `{tag}`, expected one of {tags:?}"))
        }
    }
}

/// Writes an alternative with the property that decides for it.
fn write_tagged<S: ::serde::Serializer>(
    value: &impl ::serde::Serialize,
    property: &str,
    tags: &[&str],
    is_fallback: bool,
    serializer: S,
) -> ::std::result::Result<S::Ok, S::Error> {
    use ::serde::ser::Error;
    let mut written = ::serde_json::to_value(value).map_err(S::Error::custom)?;
    if let ::std::option::Option::Some(object) = written.as_object_mut() {
        match (object.get(property), tags.first()) {
            (::std::option::Option::Some(::serde_json::Value::String(tag)), _)
                if is_fallback || tags.contains(&tag.as_str()) => {}
            (::std::option::Option::Some(tag), _) => {
                return Err(S::Error::custom(::std::format!(
                    "`{property}` is {tag}, and this alternative is written with one of {tags:?}"
                )));
            }
            (::std::option::Option::None, ::std::option::Option::Some(tag)) => {
                object.insert(property.to_owned(), (*tag).into());
            }
            (::std::option::Option::None, ::std::option::Option::None) => {}
        }
    }
    ::serde::Serialize::serialize(&written, serializer)
}

/// Writes the parts of a combination as one value: their properties together, or the first that has none.
fn write_together<S: ::serde::Serializer>(
    parts: ::std::vec::Vec<::std::result::Result<::serde_json::Value, ::serde_json::Error>>,
    serializer: S,
) -> ::std::result::Result<S::Ok, S::Error> {
    let mut written = ::std::option::Option::None;
    for part in parts {
        let part = part.map_err(<S::Error as ::serde::ser::Error>::custom)?;
        match (&mut written, part) {
            (::std::option::Option::None, part) => written = ::std::option::Option::Some(part),
            (
                ::std::option::Option::Some(::serde_json::Value::Object(all)),
                ::serde_json::Value::Object(part),
            ) => {
                for (key, value) in part {
                    all.entry(key).or_insert(value);
                }
            }
            _ => {}
        }
    }
    let empty = || ::serde_json::Value::Object(::serde_json::Map::new());
    ::serde::Serialize::serialize(&written.unwrap_or_else(empty), serializer)
}
