//! Operators on random values.

use linchpin::value::Value;
use linchpin::{Scope, ops};
use proptest::prelude::*;

use crate::values;

proptest! {
    #[test]
    fn equality_is_symmetric(a in values::value(), b in values::value()) {
        prop_assert_eq!(ops::equal(&a, &b), ops::equal(&b, &a));
        prop_assert_eq!(ops::switch_matches(&a, &b), ops::switch_matches(&b, &a));
        prop_assert!(ops::switch_matches(&a, &a));
    }

    #[test]
    fn comparisons_are_consistent(a in values::value(), b in values::value()) {
        prop_assert_eq!(ops::less(&a, &b), ops::greater(&b, &a));
        prop_assert_eq!(ops::less_equal(&a, &b), ops::greater_equal(&b, &a));
        prop_assert!(!(ops::less(&a, &b) && ops::greater(&a, &b)));
        prop_assert!(!ops::less(&a, &b) || ops::less_equal(&a, &b));
    }

    #[test]
    fn arithmetic_never_panics(a in values::value(), b in values::value()) {
        let scope = Scope::new();
        let site = scope.at("property");
        let _ = (ops::add(&a, &b), ops::number_add(&a, &b), ops::subtract(&a, &b), ops::negate(&a));
        for operation in [ops::multiply, ops::divide, ops::remainder] {
            let _ = operation(site, &a, &b);
        }
        let text = ops::concat(&[&a, &b]);
        prop_assert_eq!(text.to_string(), format!("{a}{b}"));
    }

    #[test]
    fn decimal_results_are_close_to_those_of_doubles(a in -1e6..1e6_f64, b in -1e6..1e6_f64) {
        let scope = Scope::new();
        let site = scope.at("property");
        let (left, right) = (Value::from(a), Value::from(b));
        let close = |value: &Value, double: f64| {
            let result = value.as_f64().unwrap_or(f64::NAN);
            (result - double).abs() <= (a.abs() + b.abs()).max(double.abs()) * 1e-15
        };
        prop_assert!(close(&ops::add(&left, &right), a + b));
        prop_assert!(close(&ops::multiply(site, &left, &right).unwrap(), a * b));
        prop_assume!(b != 0.0);
        prop_assert!(close(&ops::divide(site, &left, &right).unwrap(), a / b));
    }

    #[test]
    fn merging_twice_is_merging_once(a in values::value(), b in values::value()) {
        let mut once = a;
        once.merge(b.clone());
        let mut twice = once.clone();
        twice.merge(b);
        // Equality says no to NaN, its picture does not.
        prop_assert_eq!(format!("{once:?}"), format!("{twice:?}"));
    }

    #[test]
    fn paths_never_panic(value in values::value(), path in values::text(), key in values::value(), n in any::<i64>()) {
        let _ = (value.key(&path), value.header(&path), value.get_path(&path), value.computed(&key), value.index(n));
    }
}
