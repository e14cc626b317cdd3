//! What forms ask for: fields that depend on others, secrets, selects (connector.md 14.2, 15.3).

use super::flatten;
use crate::json::{Kind, Node};
use crate::model::{Field, Options, Parameter, ParameterType};

/// The value of a field with which other fields of its level appear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Appears<'a> {
    /// Any that is not blank.
    Filled,
    /// This boolean.
    Bool(bool),
    /// This option.
    Choice(&'a Node),
    /// None: nothing is chosen.
    Empty,
}

/// Fields that appear with a value of another one.
#[derive(Debug, Clone, Copy)]
pub struct Variant<'a> {
    /// The value.
    pub when: Appears<'a>,
    /// The fields; never none.
    pub fields: &'a [Field],
}

/// The fields that appear with values of `parameter`. Those of any choice stand beside the select or in its options,
/// which count where the select has none.
pub fn appearing(parameter: &Parameter) -> Vec<Variant<'_>> {
    let mut all = Vec::new();
    match &parameter.ty {
        ParameterType::Boolean => {
            all.push(Variant { when: Appears::Bool(true), fields: &parameter.nested });
            all.push(Variant { when: Appears::Bool(false), fields: &parameter.nested_false });
        }
        ParameterType::Select(options) => {
            let choices = options.choices.iter();
            all.extend(
                choices
                    .map(|choice| Variant { when: Appears::Choice(&choice.value), fields: &choice.nested }),
            );
            let any = if parameter.nested.is_empty() { &options.nested } else { &parameter.nested };
            all.push(Variant { when: Appears::Filled, fields: any });
            all.push(Variant { when: Appears::Empty, fields: &options.placeholder_nested });
        }
        _ => all.push(Variant { when: Appears::Filled, fields: &parameter.nested }),
    }
    all.retain(|variant| !variant.fields.is_empty());
    all
}

/// What a field that nobody touches holds: a static default that its type can take. Nothing for `null`, for templates,
/// which only run in the platform's form, for a default that is none of the options, and for examples of a collection.
pub fn default(parameter: &Parameter) -> Option<&Node> {
    let default = parameter.default.as_ref().filter(|node| !node.is_null() && !has_template(node))?;
    let is_taken = match &parameter.ty {
        ParameterType::Select(options) if !parameter.multiple && !options.choices.is_empty() => {
            options.choices.iter().any(|choice| choice.value.kind == default.kind)
        }
        ty => !has_members(ty),
    };
    is_taken.then_some(default)
}

fn has_template(node: &Node) -> bool {
    match &node.kind {
        Kind::String(text) => text.value.contains("{{"),
        Kind::Array(items) => items.iter().any(has_template),
        Kind::Object(members) => members.iter().any(|member| has_template(&member.value)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
    }
}

/// Whether a type is a collection whose members are known, or a list of such.
fn has_members(ty: &ParameterType) -> bool {
    match ty {
        ParameterType::Array(item) => has_members(item),
        ParameterType::Collection(fields) => !flatten(fields).is_empty(),
        _ => false,
    }
}

/// Whether a list of values is taken: of selects alone, whatever else says `multiple` (connector.md 15.2).
pub fn takes_many(parameter: &Parameter) -> bool {
    parameter.multiple && matches!(parameter.ty, ParameterType::Select(_))
}

/// Whether values of this type must not be shown; those of an array must not when its items must not.
pub fn is_secret(ty: &ParameterType) -> bool {
    match ty {
        ParameterType::Secret => true,
        ParameterType::Array(item) => is_secret(item),
        _ => false,
    }
}

/// Whether a select takes values that are not among its options, or has none that are known.
pub fn is_open(options: &Options) -> bool {
    options.open || options.rpc.is_some() || options.choices.is_empty()
}
