//! Generates the bindings from the contract, anew whenever it changes.

use std::process::ExitCode;

fn main() -> ExitCode {
    openapi_codegen::build_script("openapi/dingtalk-receipts.yaml")
}
