/// Reads a type from a text without copying a text that is known.
pub(crate) struct TextVisitor<T> {
    what: &'static str,
    made: ::std::marker::PhantomData<T>,
}

impl<T> TextVisitor<T> {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, made: ::std::marker::PhantomData }
    }
}

impl<T> ::serde::de::Visitor<'_> for TextVisitor<T>
where
    T: for<'a> ::std::convert::From<&'a str> + ::std::convert::From<::std::string::String>,
{
    type Value = T;

    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        ::std::write!(f, "a string ({})", self.what)
    }

    fn visit_str<E>(self, text: &str) -> ::std::result::Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E>(self, text: ::std::string::String) -> ::std::result::Result<T, E> {
        Ok(T::from(text))
    }
}
