//! Collections against a plain list of entries.

use linchpin::Object;
use linchpin::value::Value;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Set(u8, i64),
    Remove(u8),
    Copy,
    Retain(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..60_u8, any::<i64>()).prop_map(|(key, value)| Step::Set(key, value)),
        3 => (0..60_u8).prop_map(Step::Remove),
        1 => Just(Step::Copy),
        1 => (2..9_u8).prop_map(Step::Retain),
    ]
}

fn name(key: u8) -> String {
    format!("key {key}")
}

proptest! {
    #[test]
    fn behaves_like_a_list_of_entries(steps in prop::collection::vec(step(), 0..200)) {
        let mut object = Object::new();
        let mut model: Vec<(String, Value)> = Vec::new();
        let mut copies = Vec::new();
        for step in steps {
            match step {
                Step::Set(key, value) => {
                    object.set(name(key), value);
                    match model.iter_mut().find(|(known, _)| *known == name(key)) {
                        Some((_, old)) => *old = Value::from(value),
                        None => model.push((name(key), Value::from(value))),
                    }
                }
                Step::Remove(key) => {
                    let at = model.iter().position(|(known, _)| *known == name(key));
                    prop_assert_eq!(object.remove(&name(key)), at.map(|at| model.remove(at).1));
                }
                Step::Copy => copies.push((object.clone(), model.clone())),
                Step::Retain(modulus) => {
                    object.retain(|key, _| key.len() % usize::from(modulus) != 0);
                    model.retain(|(key, _)| key.len() % usize::from(modulus) != 0);
                }
            }
            for key in 0..60 {
                let expected = model.iter().find(|(known, _)| *known == name(key)).map(|(_, value)| value);
                prop_assert_eq!(object.get(&name(key)), expected);
            }
        }
        copies.push((object, model));
        for (object, model) in copies {
            let entries: Vec<_> = object.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
            prop_assert_eq!(entries, model);
        }
    }
}
