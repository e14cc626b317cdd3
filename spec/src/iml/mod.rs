//! The front end of IML (iml.md 2 to 6, 13).

pub mod ast;
pub mod functions;
mod lexer;
mod operand;
mod parser;
mod print;
mod switch;
mod template;
mod text;
mod token;
pub mod usage;
mod words;

pub use parser::MAX_DEPTH;
pub use print::print_template;
pub use switch::Switch;
pub use template::{parse_expression, parse_template};
pub use text::{is_text, literal_text, space};
pub use words::{KEYWORDS, VARIABLES};
