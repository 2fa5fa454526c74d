//! Generates the bindings from the contract, anew whenever it changes.

use std::process::ExitCode;

fn main() -> ExitCode {
    dingtalk_receipts_codegen::build_script("openapi/dingtalk-receipts.yaml")
}
