/// An operation of the contract: what a trace or a metric calls a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's id in the contract.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path's template, with the names of its parameters in braces.
    pub path: &'static str,
}
