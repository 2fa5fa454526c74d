/// A response with another body.
fn with_body<T, U>(response: ResponseValue<T>, make: impl ::std::ops::FnOnce(T) -> U) -> ResponseValue<U> {
    let (status, headers) = (response.status(), response.headers().clone());
    ResponseValue::new(make(response.into_inner()), status, headers)
}
