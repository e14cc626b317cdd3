//! Parameters as plan data, for the checks before any request (connector.md 15.4).

use linchpin_spec::facts::{Appears, Variant, appearing, is_open, is_secret, takes_many};
use linchpin_spec::model::{Convert, Field, Item, Parameter, ParameterType, Validation};
use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use super::plan::{list, name, names, option};

/// The parameters of a form, as a `plan::List<plan::Parameter>`. What an RPC supplies is not known and not checked.
pub(crate) fn parameters(fields: &[Field]) -> TokenStream {
    list(fields.iter().filter_map(|field| match field {
        Field::Parameter(parameter) if !matches!(parameter.ty, ParameterType::Visual) => {
            Some(self::parameter(parameter))
        }
        Field::Parameter(_) | Field::Rpc(_) => None,
    }))
}

fn parameter(parameter: &Parameter) -> TokenStream {
    if let Some(plain) = plain(parameter) {
        return plain;
    }
    let key = name(&parameter.name.value);
    let secret = is_secret(&parameter.ty);
    let (required, multiple) = (parameter.required, takes_many(parameter));
    let ty = match &parameter.ty {
        ParameterType::Array(item) => array(item, &parameter.item),
        ty => self::ty(ty, parameter.validate.off),
    };
    let rules = rules(&parameter.validate);
    let nested = nested(parameter);
    let convert = option(parameter.convert.as_ref().map(convert));
    quote! {
        __lp::plan::Parameter {
            name: #key, ty: #ty, required: #required, multiple: #multiple, secret: #secret, rules: #rules,
            nested: #nested, convert: #convert,
        }
    }
}

/// How a date is written before it is used.
fn convert(convert: &Convert) -> TokenStream {
    let (format, timezone) = (name(&convert.format), option(convert.timezone.as_deref().map(name)));
    quote!(__lp::plan::Convert { format: #format, timezone: #timezone })
}

/// The short form of a parameter that has nothing but a name and a type. What it is given has to be constant data, so
/// types with parts, which may hold short forms themselves, have none.
fn plain(parameter: &Parameter) -> Option<TokenStream> {
    let Parameter { name, ty, required, validate, .. } = parameter;
    let is_plain = !takes_many(parameter)
        && parameter.convert.is_none()
        && !has_parts(ty)
        && !is_secret(ty)
        && appearing(parameter).is_empty()
        && !has_rules(validate);
    let key = &name.value;
    let ty = is_plain.then(|| self::ty(ty, validate.off))?;
    Some(quote!(__lp::parameter(#key, #ty, #required)))
}

/// The type of a value; `unchecked` is `validate: false`, which leaves the value as it is.
fn ty(ty: &ParameterType, unchecked: bool) -> TokenStream {
    let variant = match ty {
        _ if unchecked && !has_parts(ty) => quote!(Any),
        ParameterType::Any | ParameterType::Visual => quote!(Any),
        ParameterType::Text | ParameterType::Secret => quote!(Text),
        ParameterType::Number => quote!(Number),
        ParameterType::Integer => quote!(Integer),
        ParameterType::Unsigned => quote!(Unsigned),
        ParameterType::Port => quote!(Port),
        ParameterType::Boolean => quote!(Boolean),
        ParameterType::Date => quote!(Date),
        ParameterType::Buffer => quote!(Buffer),
        ParameterType::Array(item) => {
            return array(item, &Item::default());
        }
        ParameterType::Collection(fields) => {
            let fields = parameters(fields);
            quote!(Collection(#fields))
        }
        ParameterType::Select(options) if is_open(options) => quote!(Any),
        ParameterType::Select(options) => {
            let values = list(options.choices.iter().map(|choice| literal::node(&choice.value)));
            quote!(Select(#values))
        }
    };
    quote!(__lp::plan::ParameterType::#variant)
}

/// Secrets inside have to be found even where nothing is checked.
fn has_parts(ty: &ParameterType) -> bool {
    matches!(ty, ParameterType::Array(_) | ParameterType::Collection(_))
}

/// An array, with what is asked of each item.
fn array(item: &ParameterType, asked: &Item) -> TokenStream {
    let ty = ty(item, asked.validate.off);
    let (required, secret, rules) = (asked.required, is_secret(item), rules(&asked.validate));
    let item = list([quote! {
        __lp::plan::Parameter {
            name: __lp::Cow::Borrowed(""), ty: #ty, required: #required, multiple: false, secret: #secret,
            rules: #rules, nested: __lp::Cow::Borrowed(&[]), convert: __lp::None,
        }
    }]);
    quote!(__lp::plan::ParameterType::Array(#item))
}

/// Fields that appear with a value of this one, by value (connector.md 14.2).
fn nested(parameter: &Parameter) -> TokenStream {
    list(appearing(parameter).into_iter().map(|Variant { when, fields }| {
        let when = option(match when {
            Appears::Filled => None,
            Appears::Bool(value) => Some(quote!(__lp::plan::Literal::Bool(#value))),
            Appears::Choice(value) => Some(literal::node(value)),
            Appears::Empty => Some(quote!(__lp::plan::Literal::Null)),
        });
        let parameters = parameters(fields);
        quote!(__lp::plan::Nested { when: #when, parameters: #parameters })
    }))
}

fn has_rules(validation: &Validation) -> bool {
    let Validation { min, max, pattern, one_of, min_items, max_items, unique, off } = validation;
    let is_empty = min.is_none()
        && max.is_none()
        && pattern.is_none()
        && one_of.is_empty()
        && min_items.is_none()
        && max_items.is_none()
        && !unique;
    !off && !is_empty
}

fn rules(validation: &Validation) -> TokenStream {
    let Validation { min, max, pattern, one_of, min_items, max_items, unique, .. } = validation;
    if !has_rules(validation) {
        return quote!(__lp::plan::Rules::NONE);
    }
    let number = |number: &Option<f64>| option(number.map(literal::float));
    let count = |count: &Option<u64>| option(count.map(|count| quote!(#count)));
    let (min, max, min_items, max_items) = (number(min), number(max), count(min_items), count(max_items));
    let pattern = option(pattern.as_ref().map(|pattern| name(&pattern.value)));
    let one_of = names(one_of.iter().map(String::as_str));
    quote! {
        __lp::plan::Rules {
            min: #min, max: #max, pattern: #pattern, one_of: #one_of, min_items: #min_items, max_items: #max_items,
            unique: #unique,
        }
    }
}
