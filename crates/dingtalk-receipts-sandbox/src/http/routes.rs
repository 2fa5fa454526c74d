//! Which operation a request is for, by its method and path.

use std::collections::BTreeMap;

use axum::http::{Method, Uri};
use matchit::Router;
use percent_encoding::percent_decode_str;

use crate::contract::definition::Contract;
use crate::contract::operation::Operation;
use crate::error::StartError;
use crate::http::target::Target;

/// The routes of a contract.
pub(crate) struct Routes(Router<Vec<(Method, Operation)>>);

impl Routes {
    /// The routes of all operations of `contract`.
    pub(crate) fn of(contract: &Contract) -> Result<Self, StartError> {
        let mut by_path: BTreeMap<&str, Vec<(Method, Operation)>> = BTreeMap::new();
        for (operation, endpoint) in &contract.operations {
            let methods = by_path.entry(&endpoint.path).or_default();
            methods.push((endpoint.method.clone(), *operation));
        }
        let mut router = Router::new();
        for (path, methods) in by_path {
            router.insert(path, methods).map_err(|error| {
                StartError::Contract(format!("the path `{path}` cannot be served: {error}"))
            })?;
        }
        Ok(Self(router))
    }

    /// The operation of a request, and the corp if its path names one. A corp that does not decode is none; an empty
    /// one makes another path.
    pub(crate) fn find(&self, method: &Method, uri: &Uri) -> Target {
        let found = self.0.at(uri.path()).ok()?;
        let (_, operation) = found.value.iter().find(|(known, _)| known == method)?;
        let corp = found.params.get("corpId");
        if corp == Some("") {
            return None;
        }
        let corp = corp.and_then(|corp| percent_decode_str(corp).decode_utf8().ok());
        Some((*operation, corp.map(Into::into)))
    }
}
