//! The public surface of what is generated.

use super::{document, generate};

#[test]
fn generating_twice_gives_the_same() {
    let text = document("      { type: string, x-extensible-enum: [a, b] }");
    assert_eq!(generate(&text).unwrap(), generate(&text).unwrap());
}
