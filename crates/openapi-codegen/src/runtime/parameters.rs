/// Parameters as the styles of OpenAPI write them.
#[allow(dead_code)]
mod parameters {
    use super::RequestError;

    /// A value as it is written: one text, a list, or fields.
    pub(super) enum Written {
        Nothing,
        Text(::std::string::String),
        List(::std::vec::Vec<Written>),
        Fields(::std::vec::Vec<(::std::string::String, Written)>),
    }

    type Pairs = ::std::vec::Vec<(::std::string::String, ::std::string::String)>;
    type Texts = ::std::vec::Vec<::std::string::String>;

    /// What a style writes of a value: there is nothing deeper.
    enum Flat {
        Nothing,
        Text(::std::string::String),
        List(Texts),
        Fields(Pairs),
    }

    /// How a value is written into a query or a form.
    #[derive(Clone, Copy)]
    pub(super) enum Form {
        /// A pair for each value of a list, or for each field.
        Each,
        /// One pair, the values joined.
        Joined(&'static str),
        /// A pair for each field, its name in brackets.
        Deep,
        /// One pair, the value as JSON.
        Json,
    }

    /// How a value is written into a path.
    #[derive(Clone, Copy)]
    pub(super) enum Segment {
        Simple,
        Label,
        Matrix,
        Json,
    }

    /// What a URL's parser takes as part of one value: the unreserved characters of RFC 3986.
    const VALUE: &::percent_encoding::AsciiSet =
        &::percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

    /// The reserved characters too, as far as a query keeps them apart from its own.
    const RESERVED: &::percent_encoding::AsciiSet = &VALUE
        .remove(b':').remove(b'/').remove(b'?').remove(b'@').remove(b'!').remove(b'$').remove(b'\'')
        .remove(b'(').remove(b')').remove(b'*').remove(b',').remove(b';').remove(b'=');

    fn encode(text: &str, set: &'static ::percent_encoding::AsciiSet) -> ::std::string::String {
        ::percent_encoding::utf8_percent_encode(text, set).to_string()
    }

    fn error(name: &'static str, reason: impl ::std::fmt::Display) -> RequestError {
        RequestError::Parameter { name, reason: reason.to_string() }
    }

    fn write<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
    ) -> ::std::result::Result<Written, RequestError> {
        value.serialize(Writer).map_err(|reason| error(name, reason))
    }

    fn flat<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
    ) -> ::std::result::Result<Flat, RequestError> {
        flatten(write(name, value)?).ok_or_else(|| error(name, "a list or an object is within another"))
    }

    fn flatten(written: Written) -> ::std::option::Option<Flat> {
        let text = |written| match written {
            Written::Text(text) => ::std::option::Option::Some(text),
            _ => ::std::option::Option::None,
        };
        ::std::option::Option::Some(match written {
            Written::Nothing => Flat::Nothing,
            Written::Text(text) => Flat::Text(text),
            Written::List(items) => {
                Flat::List(items.into_iter().map(text).collect::<::std::option::Option<_>>()?)
            }
            Written::Fields(fields) => Flat::Fields(
                fields
                    .into_iter()
                    .filter(|(_, field)| !::std::matches!(field, Written::Nothing))
                    .map(|(name, field)| ::std::option::Option::Some((name, text(field)?)))
                    .collect::<::std::option::Option<_>>()?,
            ),
        })
    }

    /// The values of a list, or the names and values of fields, joined by what stands in none of them.
    fn join(
        name: &'static str,
        texts: impl ::std::iter::IntoIterator<Item = ::std::string::String>,
        separator: &str,
        set: &'static ::percent_encoding::AsciiSet,
    ) -> ::std::result::Result<::std::string::String, RequestError> {
        let mut joined = ::std::string::String::new();
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                joined.push_str(separator);
            }
            joined.push_str(&without(name, encode(&text, set).replace(',', "%2C"), separator)?);
        }
        ::std::result::Result::Ok(joined)
    }

    /// A text that has no separator in it: `a%20b` would be read as two values, whoever wrote it.
    fn without(
        name: &'static str,
        text: ::std::string::String,
        separator: &str,
    ) -> ::std::result::Result<::std::string::String, RequestError> {
        if text.contains(separator) {
            return ::std::result::Result::Err(error(name, "a value has the character that separates values"));
        }
        ::std::result::Result::Ok(text)
    }

    fn flattened(pairs: Pairs) -> impl ::std::iter::Iterator<Item = ::std::string::String> {
        pairs.into_iter().flat_map(|(name, value)| [name, value])
    }

    /// The pairs of a query or a form, encoded.
    pub(super) fn pairs<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
        form: Form,
        reserved: bool,
    ) -> ::std::result::Result<Pairs, RequestError> {
        let written = match form {
            Form::Json => {
                let text = ::serde_json::to_string(value).map_err(|reason| error(name, reason))?;
                Written::Text(text)
            }
            _ => write(name, value)?,
        };
        let mut pairs = ::std::vec::Vec::new();
        spread(name, written, form, if reserved { RESERVED } else { VALUE }, &mut pairs)?;
        ::std::result::Result::Ok(pairs)
    }

    fn spread(
        name: &'static str,
        written: Written,
        form: Form,
        set: &'static ::percent_encoding::AsciiSet,
        pairs: &mut Pairs,
    ) -> ::std::result::Result<(), RequestError> {
        let own = encode(name, VALUE);
        if let Form::Deep = form {
            return deep(name, own, written, set, pairs);
        }
        let flat = flatten(written).ok_or_else(|| error(name, "a list or an object is within another"))?;
        match (flat, form) {
            (Flat::Nothing, _) => {}
            (Flat::Text(text), _) => pairs.push((own, encode(&text, set))),
            (Flat::List(items), Form::Joined(separator)) => {
                if !items.is_empty() {
                    pairs.push((own, join(name, items, separator, set)?));
                }
            }
            (Flat::Fields(fields), Form::Joined(separator)) => {
                if !fields.is_empty() {
                    pairs.push((own, join(name, flattened(fields), separator, set)?));
                }
            }
            (Flat::List(items), _) => {
                pairs.extend(items.iter().map(|item| (own.clone(), encode(item, set))));
            }
            (Flat::Fields(fields), _) => {
                pairs.extend(fields.iter().map(|(name, field)| (encode(name, VALUE), encode(field, set))));
            }
        }
        ::std::result::Result::Ok(())
    }

    fn deep(
        name: &'static str,
        path: ::std::string::String,
        written: Written,
        set: &'static ::percent_encoding::AsciiSet,
        pairs: &mut Pairs,
    ) -> ::std::result::Result<(), RequestError> {
        match written {
            Written::Nothing => {}
            Written::Text(text) => pairs.push((path, encode(&text, set))),
            Written::List(_) => return ::std::result::Result::Err(error(name, "a list is within an object")),
            Written::Fields(fields) => {
                for (field, written) in fields {
                    let path = ::std::format!("{path}%5B{}%5D", encode(&field, VALUE));
                    deep(name, path, written, set, pairs)?;
                }
            }
        }
        ::std::result::Result::Ok(())
    }

    /// Adds a parameter to the query of a request.
    pub(super) fn query<T: ::serde::Serialize + ?Sized>(
        request: &mut reqwest::Request,
        name: &'static str,
        value: &T,
        form: Form,
        reserved: bool,
    ) -> ::std::result::Result<(), RequestError> {
        for (name, value) in pairs(name, value, form, reserved)? {
            let url = request.url_mut();
            let query = match url.query().filter(|query| !query.is_empty()) {
                ::std::option::Option::Some(before) => ::std::format!("{before}&{name}={value}"),
                ::std::option::Option::None => ::std::format!("{name}={value}"),
            };
            url.set_query(::std::option::Option::Some(&query));
        }
        ::std::result::Result::Ok(())
    }

    /// A parameter as a part of the path.
    pub(super) fn segment<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
        style: Segment,
        explode: bool,
    ) -> ::std::result::Result<::std::string::String, RequestError> {
        let own = encode(name, VALUE);
        let flat = match style {
            Segment::Json => {
                Flat::Text(::serde_json::to_string(value).map_err(|reason| error(name, reason))?)
            }
            _ => flat(name, value)?,
        };
        let each = |pairs: &Pairs, separator: &str| {
            let pairs = pairs.iter().map(|(key, value)| {
                without(name, ::std::format!("{}={}", encode(key, VALUE), encode(value, VALUE)), separator)
            });
            let pairs = pairs.collect::<::std::result::Result<Texts, _>>()?;
            ::std::result::Result::<_, RequestError>::Ok(pairs.join(separator))
        };
        let is_empty = match &flat {
            Flat::Nothing => true,
            Flat::Text(_) => false,
            Flat::List(items) => items.is_empty(),
            Flat::Fields(fields) => fields.is_empty(),
        };
        if is_empty {
            return ::std::result::Result::Err(RequestError::Path { name });
        }
        let text = match (style, flat) {
            (_, Flat::Nothing) => ::std::string::String::new(),
            (Segment::Simple | Segment::Json, Flat::Text(text)) => return super::path_segment(name, &text),
            (Segment::Simple | Segment::Json, Flat::List(items)) => join(name, items, ",", VALUE)?,
            (Segment::Simple | Segment::Json, Flat::Fields(fields)) if explode => each(&fields, ",")?,
            (Segment::Simple | Segment::Json, Flat::Fields(fields)) => join(name, flattened(fields), ",", VALUE)?,
            (Segment::Label, Flat::Text(text)) => ::std::format!(".{}", encode(&text, VALUE)),
            (Segment::Label, Flat::List(items)) => {
                let separator = if explode { "." } else { "," };
                ::std::format!(".{}", join(name, items, separator, VALUE)?)
            }
            (Segment::Label, Flat::Fields(fields)) if explode => ::std::format!(".{}", each(&fields, ".")?),
            (Segment::Label, Flat::Fields(fields)) => {
                ::std::format!(".{}", join(name, flattened(fields), ",", VALUE)?)
            }
            (Segment::Matrix, Flat::Text(text)) if text.is_empty() => ::std::format!(";{own}"),
            (Segment::Matrix, Flat::Text(text)) => ::std::format!(";{own}={}", encode(&text, VALUE)),
            (Segment::Matrix, Flat::List(items)) if explode => {
                items.iter().map(|item| ::std::format!(";{own}={}", encode(item, VALUE))).collect()
            }
            (Segment::Matrix, Flat::List(items)) => {
                ::std::format!(";{own}={}", join(name, items, ",", VALUE)?)
            }
            (Segment::Matrix, Flat::Fields(fields)) if explode => ::std::format!(";{}", each(&fields, ";")?),
            (Segment::Matrix, Flat::Fields(fields)) => {
                ::std::format!(";{own}={}", join(name, flattened(fields), ",", VALUE)?)
            }
        };
        if ::std::matches!(text.as_str(), "" | "." | "..") {
            return ::std::result::Result::Err(RequestError::Path { name });
        }
        ::std::result::Result::Ok(text)
    }

    /// A parameter as one text that nothing encodes, its values joined by commas; `None` if there is nothing to write.
    fn joined<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
        explode: bool,
        json: bool,
    ) -> ::std::result::Result<::std::option::Option<::std::string::String>, RequestError> {
        if json {
            let text = ::serde_json::to_string(value).map_err(|reason| error(name, reason))?;
            return ::std::result::Result::Ok(::std::option::Option::Some(text));
        }
        let texts: Texts = match flat(name, value)? {
            Flat::Nothing => return ::std::result::Result::Ok(::std::option::Option::None),
            Flat::Text(text) => return ::std::result::Result::Ok(::std::option::Option::Some(text)),
            Flat::List(items) => items,
            Flat::Fields(fields) if explode => {
                fields.into_iter().map(|(name, value)| ::std::format!("{name}={value}")).collect()
            }
            Flat::Fields(fields) => flattened(fields).collect(),
        };
        if texts.iter().any(|text| text.contains(',')) {
            return ::std::result::Result::Err(error(name, "a value has the comma that separates values"));
        }
        ::std::result::Result::Ok(
            ::std::option::Option::Some(texts.join(",")).filter(|text| !text.is_empty()),
        )
    }

    /// Adds a parameter to the headers of a request.
    pub(super) fn header<T: ::serde::Serialize + ?Sized>(
        request: &mut reqwest::Request,
        name: &'static str,
        value: &T,
        explode: bool,
        json: bool,
    ) -> ::std::result::Result<(), RequestError> {
        let ::std::option::Option::Some(text) = joined(name, value, explode, json)? else {
            return ::std::result::Result::Ok(());
        };
        let key = reqwest::header::HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| RequestError::Header { name })?;
        let value = reqwest::header::HeaderValue::from_str(&text).map_err(|_| RequestError::Header { name })?;
        request.headers_mut().append(key, value);
        ::std::result::Result::Ok(())
    }

    /// Adds a parameter to the cookies of a request.
    pub(super) fn cookie<T: ::serde::Serialize + ?Sized>(
        request: &mut reqwest::Request,
        name: &'static str,
        value: &T,
        json: bool,
    ) -> ::std::result::Result<(), RequestError> {
        match joined(name, value, false, json)? {
            ::std::option::Option::Some(text) => add_cookie(request, name, &text, false),
            ::std::option::Option::None => ::std::result::Result::Ok(()),
        }
    }

    /// Adds a pair to the one header of cookies.
    pub(super) fn add_cookie(
        request: &mut reqwest::Request,
        name: &'static str,
        text: &str,
        secret: bool,
    ) -> ::std::result::Result<(), RequestError> {
        // What would end the value, or is not allowed in it (RFC 6265); a list's commas are common and harmless.
        let is_wrong = |c: char| !c.is_ascii_graphic() || ::std::matches!(c, '"' | ';' | '\\');
        if text.contains(is_wrong) {
            return ::std::result::Result::Err(error(name, "a cookie cannot hold one of its characters"));
        }
        let before = request.headers_mut().remove(reqwest::header::COOKIE);
        let secret = secret || before.as_ref().is_some_and(|before| before.is_sensitive());
        let before = before.as_ref().and_then(|before| before.to_str().ok());
        let all = match before {
            ::std::option::Option::Some(before) => ::std::format!("{before}; {name}={text}"),
            ::std::option::Option::None => ::std::format!("{name}={text}"),
        };
        let mut value = reqwest::header::HeaderValue::from_str(&all).map_err(|_| RequestError::Header { name })?;
        value.set_sensitive(secret);
        request.headers_mut().insert(reqwest::header::COOKIE, value);
        ::std::result::Result::Ok(())
    }

    /// The texts of a value that is a text, a list of texts, or nothing.
    pub(super) fn texts<T: ::serde::Serialize + ?Sized>(
        name: &'static str,
        value: &T,
    ) -> ::std::result::Result<Texts, RequestError> {
        match flat(name, value)? {
            Flat::Nothing => ::std::result::Result::Ok(::std::vec::Vec::new()),
            Flat::Text(text) => ::std::result::Result::Ok(::std::vec![text]),
            Flat::List(items) => ::std::result::Result::Ok(items),
            Flat::Fields(_) => ::std::result::Result::Err(error(name, "an object is no text")),
        }
    }

    /// An object as `application/x-www-form-urlencoded`; `fields` says how those are written that are not plain.
    pub(super) fn form<T: ::serde::Serialize + ?Sized>(
        body: &T,
        fields: &[(&'static str, Form)],
    ) -> ::std::result::Result<::std::string::String, RequestError> {
        let mut all = ::std::vec::Vec::new();
        let own = match write("body", body)? {
            Written::Nothing => ::std::vec::Vec::new(),
            Written::Fields(own) => own,
            _ => return ::std::result::Result::Err(RequestError::Form("it has no fields".into())),
        };
        let json = if fields.iter().any(|(_, form)| ::std::matches!(form, Form::Json)) {
            ::serde_json::to_value(body).map_err(|reason| RequestError::Form(reason.to_string()))?
        } else {
            ::serde_json::Value::Null
        };
        for (name, written) in own {
            let known = fields.iter().find(|(field, _)| *field == name);
            match (known, written) {
                (::std::option::Option::Some((field, Form::Json)), _) => {
                    if let ::std::option::Option::Some(value) = json.get(field) {
                        all.push((encode(field, VALUE), encode(&value.to_string(), VALUE)));
                    }
                }
                (::std::option::Option::Some((field, form)), written) => {
                    spread(field, written, *form, VALUE, &mut all)?;
                }
                (_, Written::Nothing) => {}
                (_, Written::Text(text)) => all.push((encode(&name, VALUE), encode(&text, VALUE))),
                _ => return ::std::result::Result::Err(RequestError::Form(
                    ::std::format!("`{name}` is no single value"),
                )),
            }
        }
        let pairs = all.iter().map(|(name, value)| ::std::format!("{name}={value}").replace("%20", "+"));
        ::std::result::Result::Ok(pairs.collect::<Texts>().join("&"))
    }

    /// Turns what can be serialized into what is written.
    struct Writer;

    /// Why a value cannot be written.
    #[derive(Debug)]
    pub(super) struct WriteError(::std::string::String);

    impl ::std::fmt::Display for WriteError {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str(&self.0)
        }
    }

    impl ::std::error::Error for WriteError {}

    impl ::serde::ser::Error for WriteError {
        fn custom<T: ::std::fmt::Display>(message: T) -> Self {
            Self(message.to_string())
        }
    }

    type Outcome = ::std::result::Result<Written, WriteError>;

    fn text(value: impl ::std::string::ToString) -> Outcome {
        ::std::result::Result::Ok(Written::Text(value.to_string()))
    }

    impl ::serde::Serializer for Writer {
        type Ok = Written;
        type Error = WriteError;
        type SerializeSeq = Items;
        type SerializeTuple = Items;
        type SerializeTupleStruct = Items;
        type SerializeTupleVariant = Items;
        type SerializeMap = Entries;
        type SerializeStruct = Entries;
        type SerializeStructVariant = Entries;

        fn serialize_bool(self, value: bool) -> Outcome { text(value) }
        fn serialize_i8(self, value: i8) -> Outcome { text(value) }
        fn serialize_i16(self, value: i16) -> Outcome { text(value) }
        fn serialize_i32(self, value: i32) -> Outcome { text(value) }
        fn serialize_i64(self, value: i64) -> Outcome { text(value) }
        fn serialize_u8(self, value: u8) -> Outcome { text(value) }
        fn serialize_u16(self, value: u16) -> Outcome { text(value) }
        fn serialize_u32(self, value: u32) -> Outcome { text(value) }
        fn serialize_u64(self, value: u64) -> Outcome { text(value) }
        fn serialize_f32(self, value: f32) -> Outcome { text(value) }
        fn serialize_f64(self, value: f64) -> Outcome { text(value) }
        fn serialize_char(self, value: char) -> Outcome { text(value) }
        fn serialize_str(self, value: &str) -> Outcome { text(value) }
        fn serialize_bytes(self, _: &[u8]) -> Outcome {
            ::std::result::Result::Err(::serde::ser::Error::custom("bytes are no text"))
        }
        fn serialize_none(self) -> Outcome { ::std::result::Result::Ok(Written::Nothing) }
        fn serialize_some<T: ::serde::Serialize + ?Sized>(self, value: &T) -> Outcome { value.serialize(self) }
        fn serialize_unit(self) -> Outcome { ::std::result::Result::Ok(Written::Nothing) }
        fn serialize_unit_struct(self, _: &'static str) -> Outcome {
            ::std::result::Result::Ok(Written::Nothing)
        }
        fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Outcome {
            text(variant)
        }
        fn serialize_newtype_struct<T: ::serde::Serialize + ?Sized>(self, _: &'static str, value: &T) -> Outcome {
            value.serialize(self)
        }
        fn serialize_newtype_variant<T: ::serde::Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            variant: &'static str,
            value: &T,
        ) -> Outcome {
            let value = value.serialize(self)?;
            ::std::result::Result::Ok(Written::Fields(::std::vec![(variant.to_owned(), value)]))
        }
        fn serialize_seq(
            self,
            _: ::std::option::Option<usize>,
        ) -> ::std::result::Result<Items, WriteError> {
            ::std::result::Result::Ok(Items(::std::vec::Vec::new()))
        }
        fn serialize_tuple(self, _: usize) -> ::std::result::Result<Items, WriteError> {
            ::std::result::Result::Ok(Items(::std::vec::Vec::new()))
        }
        fn serialize_tuple_struct(
            self,
            _: &'static str,
            _: usize,
        ) -> ::std::result::Result<Items, WriteError> {
            ::std::result::Result::Ok(Items(::std::vec::Vec::new()))
        }
        fn serialize_tuple_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> ::std::result::Result<Items, WriteError> {
            ::std::result::Result::Err(::serde::ser::Error::custom("a list is within an object"))
        }
        fn serialize_map(
            self,
            _: ::std::option::Option<usize>,
        ) -> ::std::result::Result<Entries, WriteError> {
            ::std::result::Result::Ok(Entries::default())
        }
        fn serialize_struct(
            self,
            _: &'static str,
            _: usize,
        ) -> ::std::result::Result<Entries, WriteError> {
            ::std::result::Result::Ok(Entries::default())
        }
        fn serialize_struct_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> ::std::result::Result<Entries, WriteError> {
            ::std::result::Result::Err(::serde::ser::Error::custom("an object is within an object"))
        }
    }

    /// The values of a list on their way.
    pub(super) struct Items(::std::vec::Vec<Written>);

    impl Items {
        fn add<T: ::serde::Serialize + ?Sized>(&mut self, value: &T) -> ::std::result::Result<(), WriteError> {
            self.0.push(value.serialize(Writer)?);
            ::std::result::Result::Ok(())
        }

        fn done(self) -> Outcome {
            ::std::result::Result::Ok(Written::List(self.0))
        }
    }

    impl ::serde::ser::SerializeSeq for Items {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_element<T: ::serde::Serialize + ?Sized>(
            &mut self,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.add(value)
        }
        fn end(self) -> Outcome { self.done() }
    }

    impl ::serde::ser::SerializeTuple for Items {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_element<T: ::serde::Serialize + ?Sized>(
            &mut self,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.add(value)
        }
        fn end(self) -> Outcome { self.done() }
    }

    impl ::serde::ser::SerializeTupleStruct for Items {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_field<T: ::serde::Serialize + ?Sized>(
            &mut self,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.add(value)
        }
        fn end(self) -> Outcome { self.done() }
    }

    impl ::serde::ser::SerializeTupleVariant for Items {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_field<T: ::serde::Serialize + ?Sized>(
            &mut self,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.add(value)
        }
        fn end(self) -> Outcome { self.done() }
    }

    /// Fields on their way.
    #[derive(Default)]
    pub(super) struct Entries {
        fields: ::std::vec::Vec<(::std::string::String, Written)>,
        key: ::std::option::Option<::std::string::String>,
    }

    impl ::serde::ser::SerializeMap for Entries {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_key<T: ::serde::Serialize + ?Sized>(
            &mut self,
            key: &T,
        ) -> ::std::result::Result<(), WriteError> {
            match key.serialize(Writer)? {
                Written::Text(key) => {
                    self.key = ::std::option::Option::Some(key);
                    ::std::result::Result::Ok(())
                }
                _ => ::std::result::Result::Err(::serde::ser::Error::custom("a key is no text")),
            }
        }
        fn serialize_value<T: ::serde::Serialize + ?Sized>(
            &mut self,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            let key = self.key.take().unwrap_or_default();
            self.fields.push((key, value.serialize(Writer)?));
            ::std::result::Result::Ok(())
        }
        fn end(self) -> Outcome { ::std::result::Result::Ok(Written::Fields(self.fields)) }
    }

    impl ::serde::ser::SerializeStruct for Entries {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_field<T: ::serde::Serialize + ?Sized>(
            &mut self,
            key: &'static str,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.fields.push((key.to_owned(), value.serialize(Writer)?));
            ::std::result::Result::Ok(())
        }
        fn end(self) -> Outcome { ::std::result::Result::Ok(Written::Fields(self.fields)) }
    }

    impl ::serde::ser::SerializeStructVariant for Entries {
        type Ok = Written;
        type Error = WriteError;
        fn serialize_field<T: ::serde::Serialize + ?Sized>(
            &mut self,
            key: &'static str,
            value: &T,
        ) -> ::std::result::Result<(), WriteError> {
            self.fields.push((key.to_owned(), value.serialize(Writer)?));
            ::std::result::Result::Ok(())
        }
        fn end(self) -> Outcome { ::std::result::Result::Ok(Written::Fields(self.fields)) }
    }
}
