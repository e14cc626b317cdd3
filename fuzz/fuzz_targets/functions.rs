//! Every function takes any arguments without a panic. The first byte chooses the function; what follows is cut at the
//! bytes 0xFF into arguments: JSON where it is JSON, a buffer behind the byte 0xFE, else text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linchpin::{Scope, Value, functions};

fn argument(bytes: &[u8]) -> Value {
    match bytes {
        [] => Value::Undefined,
        [0xFE, buffer @ ..] => Value::from(buffer.to_vec()),
        text => Value::parse_json(text).unwrap_or_else(|_| Value::from(&*String::from_utf8_lossy(text))),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let (name, function) = functions::TABLE[usize::from(*choice) % functions::TABLE.len()];
    let args: Vec<Value> = rest.split(|byte| *byte == 0xFF).map(argument).collect();
    let args: Vec<&Value> = args.iter().collect();
    let scope = Scope::new();
    if let Err(error) = function(scope.at("place"), &args) {
        let text = error.to_string();
        assert!(text.contains("place"), "{name}: {text}");
    }
});
