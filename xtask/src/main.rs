//! What a spec-first team runs. `cargo xtask` alone lists the commands.

fn main() {}
