//! The `dingtalk-receipts` command.

fn main() {}
