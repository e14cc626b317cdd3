//! The front end of IML (iml.md 2 to 6, 13).

pub mod ast;
pub mod functions;
mod lexer;
mod operand;
mod parser;
mod print;
mod template;
mod token;
pub mod usage;
mod words;

pub use parser::MAX_DEPTH;
pub use print::print_template;
pub use template::{parse_expression, parse_template};
pub use words::{KEYWORDS, VARIABLES};
