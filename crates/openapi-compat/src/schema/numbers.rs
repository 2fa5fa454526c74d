//! Sets of numbers: ranges, steps, and what a format can hold. Exact arithmetic throughout.

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Number, Value};

use super::gap::Suspicion;
use super::shape::{Bound, Shape};
use super::types::Types;

/// The exact value of a JSON number.
pub(crate) fn rational(value: &Value) -> Option<BigRational> {
    let Value::Number(number) = value else {
        return None;
    };
    parse(&number.to_string())
}

/// How many digits a number may have before or after the point. Longer ones bound nothing that
/// anybody sends, and make exact arithmetic slow.
const MAX_DIGITS: i32 = 60;

/// The exact value of a decimal numeral.
fn parse(numeral: &str) -> Option<BigRational> {
    let (mantissa, exponent) = match numeral.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (numeral, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let scale = exponent - i32::try_from(fraction.len()).ok()?;
    if scale.abs() > MAX_DIGITS {
        return None;
    }
    let power = BigRational::from_integer(BigInt::from(10)).pow(scale);
    Some(BigRational::from_integer(digits) * power)
}

/// The JSON number of an exact value, if JSON's data model here can hold it.
pub(crate) fn json(value: &BigRational) -> Option<Value> {
    let number = if value.is_integer() {
        let whole = value.to_integer();
        match (i64::try_from(&whole), u64::try_from(&whole)) {
            (Ok(whole), _) => Some(Number::from(whole)),
            (_, Ok(whole)) => Some(Number::from(whole)),
            _ => None,
        }
    } else {
        None
    };
    let number = number.or_else(|| {
        let (numerator, denominator) = (value.numer().to_string(), value.denom().to_string());
        let float = numerator.parse::<f64>().ok()? / denominator.parse::<f64>().ok()?;
        Number::from_f64(float)
    })?;
    let number = Value::Number(number);
    (rational(&number)? == *value).then_some(number)
}

/// Whether two values are equal as JSON Schema compares them: 1 is 1.0.
pub(crate) fn same_value(one: &Value, other: &Value) -> bool {
    one == other || matches!((rational(one), rational(other)), (Some(a), Some(b)) if a == b)
}

/// The numbers that a shape allows, its formats turned into bounds.
#[derive(Debug, Clone)]
struct Numbers {
    min: Option<Bound>,
    max: Option<Bound>,
    /// All values are multiples of this.
    step: Option<BigRational>,
    /// The significant bits that a value may need, by format.
    bits: Option<u32>,
}

fn whole(value: i128) -> BigRational {
    BigRational::from_integer(BigInt::from(value))
}

impl Numbers {
    fn of(shape: &Shape<'_>) -> Self {
        let mut step = (!shape.types.has(Types::FRACTION)).then(|| whole(1));
        for multiple in &shape.number.multiples {
            step = Some(match step {
                Some(step) => common_multiple(&step, multiple),
                None => multiple.clone(),
            });
        }
        let mut numbers = Self {
            min: shape.number.min.clone(),
            max: shape.number.max.clone(),
            step,
            bits: None,
        };
        for format in &shape.number.formats {
            if let Some((min, max)) = limits(format) {
                numbers.min = later(numbers.min.take(), min, |one, other| one > other);
                numbers.max = later(numbers.max.take(), max, |one, other| one < other);
            }
            if let Some(bits) = significant_bits(format) {
                numbers.bits = Some(numbers.bits.map_or(bits, |other| other.min(bits)));
            }
        }
        numbers
    }

    fn allows(&self, value: &BigRational) -> bool {
        !below(value, self.min.as_ref())
            && !above(value, self.max.as_ref())
            && self
                .step
                .as_ref()
                .is_none_or(|step| (value / step).is_integer())
            && self.bits.is_none_or(|bits| fits(value, bits))
    }

    /// Values near an edge, and a few others: what is tried as an example or a witness.
    fn around(&self, edges: &[BigRational]) -> Vec<BigRational> {
        let own = [&self.min, &self.max]
            .into_iter()
            .flatten()
            .map(|bound| bound.value.clone());
        let mut edges: Vec<BigRational> = edges.iter().cloned().chain(own).collect();
        if let [one, other] = edges.as_slice() {
            edges.push((one + other) / whole(2));
        }
        edges.insert(0, whole(0));
        let step = self.step.clone().unwrap_or_else(|| whole(1));
        let mut values = Vec::new();
        for edge in edges {
            let nearest = (&edge / &step).floor() * &step;
            for distance in [0, 1, -1, 2, -2, 3] {
                values.push(&nearest + &step * whole(distance));
            }
            if self.step.is_none() {
                let half = BigRational::new(BigInt::from(1), BigInt::from(2));
                values.push(edge.clone());
                values.push(&edge + &half);
                values.push(&edge - &half);
            }
        }
        values.retain(|value| self.allows(value));
        values
    }

    /// The least and the greatest value, if the set has them.
    fn ends(&self) -> (Option<BigRational>, Option<BigRational>) {
        let Some(step) = &self.step else {
            let closed = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.value.clone());
            return (closed(&self.min), closed(&self.max));
        };
        let least = self.min.as_ref().map(|bound| {
            let first = (&bound.value / step).ceil() * step;
            if bound.exclusive && first == bound.value {
                first + step
            } else {
                first
            }
        });
        let greatest = self.max.as_ref().map(|bound| {
            let last = (&bound.value / step).floor() * step;
            if bound.exclusive && last == bound.value {
                last - step
            } else {
                last
            }
        });
        (least, greatest)
    }
}

/// A few numbers that a shape allows.
pub(crate) fn examples(shape: &Shape<'_>) -> Vec<Value> {
    let mut values: Vec<Value> = Numbers::of(shape)
        .around(&[])
        .iter()
        .filter_map(json)
        .collect();
    values.dedup();
    values
}

/// The constraints of `target` on numbers that values of `source` may violate.
pub(crate) fn gaps(source: &Shape<'_>, target: &Shape<'_>) -> Vec<Suspicion> {
    let from = Numbers::of(source);
    let mut gaps = Vec::new();
    let mut check = |keyword, violates: &dyn Fn(&BigRational) -> bool, edge: BigRational| {
        let (least, greatest) = from.ends();
        let mut values = from.around(std::slice::from_ref(&edge));
        values.extend(
            [least, greatest]
                .into_iter()
                .flatten()
                .filter(|end| from.allows(end)),
        );
        values.retain(|value| violates(value));
        // The smallest numeral makes the clearest example.
        values.sort_by_key(|value| value.to_string().len());
        gaps.push(Suspicion::new(
            keyword,
            values.iter().filter_map(json).collect(),
        ));
    };
    let (least, greatest) = from.ends();
    let mut bounds = vec![(
        "minimum",
        "maximum",
        target.number.min.clone(),
        target.number.max.clone(),
    )];
    for format in target
        .number
        .formats
        .iter()
        .filter(|name| !source.number.formats.contains(name))
    {
        if let Some((min, max)) = limits(format) {
            bounds.push(("format", "format", Some(min), Some(max)));
        }
    }
    for (lower, upper, min, max) in bounds {
        let mut found = false;
        if let Some(bound) = max {
            let open = from.step.is_none()
                && from
                    .max
                    .as_ref()
                    .is_some_and(|max| max.exclusive && max.value == bound.value);
            if !open
                && greatest
                    .as_ref()
                    .is_none_or(|value| above(value, Some(&bound)))
            {
                found = true;
                check(
                    upper,
                    &|value| above(value, Some(&bound)),
                    bound.value.clone(),
                );
            }
        }
        if let Some(bound) = min.filter(|_| !(found && lower == upper)) {
            let open = from.step.is_none()
                && from
                    .min
                    .as_ref()
                    .is_some_and(|min| min.exclusive && min.value == bound.value);
            if !open
                && least
                    .as_ref()
                    .is_none_or(|value| below(value, Some(&bound)))
            {
                check(
                    lower,
                    &|value| below(value, Some(&bound)),
                    bound.value.clone(),
                );
            }
        }
    }
    for multiple in &target.number.multiples {
        let implied = from
            .step
            .as_ref()
            .is_some_and(|step| (step / multiple).is_integer());
        if !implied {
            check(
                "multipleOf",
                &|value| !(value / multiple).is_integer(),
                multiple.clone(),
            );
        }
    }
    for format in &target.number.formats {
        let Some(bits) = significant_bits(format) else {
            continue;
        };
        let held = from.bits.is_some_and(|mine| mine <= bits)
            || (from.step.as_ref().is_some_and(BigRational::is_integer)
                && [least.as_ref(), greatest.as_ref()]
                    .into_iter()
                    .all(|end| end.is_some_and(|end| end.to_integer().bits() <= u64::from(bits))));
        if !held {
            // The first whole number with one bit too many.
            let edge = BigRational::from_integer((BigInt::from(1) << bits) + 1);
            check("format", &|value| !fits(value, bits), edge);
        }
    }
    gaps
}

/// Whether the bounds of a shape leave no number.
pub(crate) fn is_empty(shape: &Shape<'_>) -> bool {
    let numbers = Numbers::of(shape);
    match numbers.ends() {
        (Some(least), Some(greatest)) => {
            let one_point = least == greatest && numbers.step.is_none();
            let open = [&numbers.min, &numbers.max]
                .into_iter()
                .flatten()
                .any(|end| end.exclusive);
            least > greatest || (one_point && open)
        }
        _ => false,
    }
}

/// Whether a shape allows no fractions, whatever its type says.
pub(crate) fn only_whole(shape: &Shape<'_>) -> bool {
    Numbers::of(shape)
        .step
        .is_some_and(|step| step.is_integer())
}

fn below(value: &BigRational, min: Option<&Bound>) -> bool {
    min.is_some_and(|min| value < &min.value || (min.exclusive && value == &min.value))
}

fn above(value: &BigRational, max: Option<&Bound>) -> bool {
    max.is_some_and(|max| value > &max.value || (max.exclusive && value == &max.value))
}

fn later(one: Option<Bound>, other: Bound, wins: impl Fn(&Bound, &Bound) -> bool) -> Option<Bound> {
    match one {
        Some(one) if !wins(&other, &one) => Some(one),
        _ => Some(other),
    }
}

/// The range of an integer format.
pub(crate) fn limits(format: &str) -> Option<(Bound, Bound)> {
    let (min, max) = match format {
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => return None,
    };
    let bound = |value| Bound {
        value: whole(value),
        exclusive: false,
    };
    Some((bound(min), bound(max)))
}

/// The significant bits of a floating point format.
pub(crate) fn significant_bits(format: &str) -> Option<u32> {
    match format {
        "float" => Some(24),
        "double" => Some(53),
        _ => None,
    }
}

/// Whether a floating point number with so many significant bits holds a value: whole numbers
/// exactly; fractions are rounded by everybody, so any within range will do.
pub(crate) fn fits(value: &BigRational, bits: u32) -> bool {
    if !value.is_integer() {
        return true;
    }
    let whole = value.to_integer();
    let magnitude = whole.magnitude();
    let (exponent_limit, zeros) = (
        if bits == 24 { 128 } else { 1024 },
        magnitude.trailing_zeros(),
    );
    magnitude.bits() <= exponent_limit
        && magnitude.bits().saturating_sub(zeros.unwrap_or(0)) <= u64::from(bits)
}

fn common_multiple(one: &BigRational, other: &BigRational) -> BigRational {
    // lcm(a/b, c/d) = lcm(a*d, c*b) / (b*d)
    let (a, b) = (one.numer() * other.denom(), other.numer() * one.denom());
    let (mut x, mut y) = (a.clone(), b.clone());
    while y != BigInt::ZERO {
        (x, y) = (y.clone(), x % y);
    }
    BigRational::new(a * b / x, one.denom() * other.denom())
}
