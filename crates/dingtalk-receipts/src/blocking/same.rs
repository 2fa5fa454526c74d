//! Methods that say the same to the async twin.

/// Writes builder methods that pass everything on to `self.inner`.
macro_rules! same {
    ($twin:ident: $( $name:ident($($argument:ident: $type:ty),*); )*) => { $(
        #[doc = concat!("As [`", stringify!($twin), "::", stringify!($name), "`](crate::", stringify!($twin), "::", stringify!($name), ").")]
        pub fn $name(mut self, $($argument: $type),*) -> Self {
            self.inner = self.inner.$name($($argument),*);
            self
        }
    )* };
}

pub(super) use same;
