//! Properties that hold for every value. The same ones are fuzzed in `fuzz/`.

mod functions;
mod json;
mod object;
mod operators;
mod values;
