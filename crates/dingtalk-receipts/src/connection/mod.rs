//! Connections: the settings of the HTTP client, its proxy, and its replacement when connections died.

mod no_proxy;
mod pool;
mod proxy;
mod settings;

pub(crate) use pool::Pool;
pub(crate) use proxy::ProxyChoice;
pub(crate) use settings::Settings;
