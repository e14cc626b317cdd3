//! Every function with random arguments.

use linchpin::value::Value;
use linchpin::{Scope, functions};
use proptest::prelude::*;

use crate::values;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn functions_never_panic_and_leave_their_arguments(args in prop::collection::vec(values::value(), 0..5)) {
        let mut scope = Scope::new();
        scope.insert("environment", Value::parse_json(br#"{"timezone": "America/New_York"}"#).unwrap());
        let before = format!("{args:?}");
        let borrowed: Vec<&Value> = args.iter().collect();
        for (name, function) in functions::TABLE {
            if let Err(error) = function(scope.at("the place"), &borrowed) {
                let text = error.to_string();
                prop_assert!(text.contains("the place"), "{}: {}", name, text);
                prop_assert!(text.contains(name) || *name == "errorFactory", "{}: {}", name, text);
            }
        }
        prop_assert_eq!(format!("{args:?}"), before);
    }

    #[test]
    fn sorting_is_a_permutation_in_order(items in prop::collection::vec(values::value(), 0..20), order in "asc|desc|asc ci|desc ci") {
        let scope = Scope::new();
        let list = Value::array(items);
        let order = Value::from(order);
        let sorted = functions::sort(scope.at("place"), &[&list, &order]).unwrap();
        let picture = |list: &Value| {
            let mut items: Vec<_> = list.items().iter().map(|item| format!("{item:?}")).collect();
            items.sort();
            items
        };
        prop_assert_eq!(picture(&sorted), picture(&list));
        let again = functions::sort(scope.at("place"), &[&sorted, &order]).unwrap();
        prop_assert_eq!(format!("{again:?}"), format!("{sorted:?}"));
    }

    #[test]
    fn slices_of_text_agree_with_units(text in ".{0,10}", start in -3..14_i64, end in -3..14_i64) {
        let scope = Scope::new();
        let args = [&Value::from(&text), &Value::from(start), &Value::from(end)];
        let got = functions::substring(scope.at("place"), &args).unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        let clamp = |at: i64| usize::try_from(at.max(0)).unwrap().min(units.len());
        let (low, high) = (clamp(start.min(end)), clamp(start.max(end)));
        prop_assert_eq!(got, Value::from(String::from_utf16_lossy(&units[low..high])));
    }

    #[test]
    fn bytes_survive_every_encoding(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let scope = Scope::new();
        let buffer = Value::from(bytes);
        for encoding in ["base64", "hex", "latin1", "binary"].map(Value::from) {
            let text = functions::to_string(scope.at("place"), &[&buffer, &encoding]).unwrap();
            prop_assert_eq!(&functions::to_binary(scope.at("place"), &[&text, &encoding]).unwrap(), &buffer);
        }
    }
}
