//! Parameters, for the checks before any request (connector.md 15.4).

use std::borrow::Cow;

use linchpin::plan::{Convert, List, Literal, Name, Nested, Parameter, ParameterType, Rules};
use linchpin_spec::facts::{Appears, Variant, appearing, is_open, is_secret, takes_many};
use linchpin_spec::model::{
    Convert as Spelling, Field, Item, Parameter as Spec, ParameterType as Ty, Validation,
};

use crate::literal;

/// The parameters of a form. What an RPC supplies is not known and not checked.
pub(crate) fn parameters(fields: &[Field]) -> List<Parameter> {
    let known = fields.iter().filter_map(|field| match field {
        Field::Parameter(parameter) if !matches!(parameter.ty, Ty::Visual) => {
            Some(self::parameter(parameter))
        }
        Field::Parameter(_) | Field::Rpc(_) => None,
    });
    known.collect()
}

fn parameter(parameter: &Spec) -> Parameter {
    Parameter {
        name: Cow::Owned(parameter.name.value.clone()),
        ty: match &parameter.ty {
            Ty::Array(item) => array(item, &parameter.item),
            ty => self::ty(ty, parameter.validate.off),
        },
        required: parameter.required,
        multiple: takes_many(parameter),
        secret: is_secret(&parameter.ty),
        rules: rules(&parameter.validate),
        nested: appearing(parameter).into_iter().map(nested).collect(),
        convert: parameter.convert.as_ref().map(convert),
    }
}

/// The type of a value; `unchecked` is `validate: false`, which leaves the value as it is. Secrets inside have to be
/// found even where nothing is checked.
fn ty(ty: &Ty, unchecked: bool) -> ParameterType {
    match ty {
        Ty::Array(item) => array(item, &Item::default()),
        Ty::Collection(fields) => ParameterType::Collection(parameters(fields)),
        _ if unchecked => ParameterType::Any,
        Ty::Any | Ty::Visual => ParameterType::Any,
        Ty::Text | Ty::Secret => ParameterType::Text,
        Ty::Number => ParameterType::Number,
        Ty::Integer => ParameterType::Integer,
        Ty::Unsigned => ParameterType::Unsigned,
        Ty::Port => ParameterType::Port,
        Ty::Boolean => ParameterType::Boolean,
        Ty::Date => ParameterType::Date,
        Ty::Buffer => ParameterType::Buffer,
        Ty::Select(options) if is_open(options) => ParameterType::Any,
        Ty::Select(options) => {
            ParameterType::Select(options.choices.iter().map(|choice| literal::node(&choice.value)).collect())
        }
    }
}

/// An array, with what is asked of each item.
fn array(item: &Ty, asked: &Item) -> ParameterType {
    ParameterType::Array(Cow::Owned(vec![Parameter {
        name: Cow::Borrowed(""),
        ty: ty(item, asked.validate.off),
        required: asked.required,
        multiple: false,
        secret: is_secret(item),
        rules: rules(&asked.validate),
        nested: Cow::Borrowed(&[]),
        convert: None,
    }]))
}

fn convert(convert: &Spelling) -> Convert {
    Convert {
        format: Cow::Owned(convert.format.clone()),
        timezone: convert.timezone.as_ref().map(|zone| Cow::Owned(zone.clone())),
    }
}

/// Fields that appear with a value (connector.md 14.2).
fn nested(variant: Variant<'_>) -> Nested {
    let when = match variant.when {
        Appears::Filled => None,
        Appears::Bool(value) => Some(Literal::Bool(value)),
        Appears::Choice(value) => Some(literal::node(value)),
        Appears::Empty => Some(Literal::Null),
    };
    Nested { when, parameters: parameters(variant.fields) }
}

fn rules(validation: &Validation) -> Rules {
    if validation.off {
        return Rules::NONE;
    }
    Rules {
        min: validation.min,
        max: validation.max,
        pattern: validation.pattern.as_ref().map(|pattern| Cow::Owned(pattern.value.clone())),
        one_of: validation.one_of.iter().map(|text| Name::Owned(text.clone())).collect(),
        min_items: validation.min_items,
        max_items: validation.max_items,
        unique: validation.unique,
    }
}
