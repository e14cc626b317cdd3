//! Forms as flat lists: fields that appear with a choice belong to the level of the field that they hang on.

use std::collections::HashMap;
use std::mem::discriminant;

use crate::model::{Field, Parameter, ParameterType};

/// A field of one level.
#[derive(Clone, Copy)]
pub struct Flat<'a> {
    /// Its definition.
    pub parameter: &'a Parameter,
    /// It appears only with a value of another field (connector.md 14.2).
    pub conditional: bool,
    /// Different choices bring fields of this name but of different types, so that only any value fits.
    pub ambiguous: bool,
}

/// The fields of one level in the author's order, without those that show something and have no value. Of several
/// with the same name the first is kept (connector.md 15.1), and one that is always there before one that is not.
pub fn flatten(fields: &[Field]) -> Vec<Flat<'_>> {
    let mut level = Level::default();
    level.collect(fields, false);
    level.flat
}

#[derive(Default)]
struct Level<'a> {
    flat: Vec<Flat<'a>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Level<'a> {
    fn collect(&mut self, fields: &'a [Field], conditional: bool) {
        for field in fields {
            let Field::Parameter(parameter) = field else { continue };
            if !matches!(parameter.ty, ParameterType::Visual) {
                self.add(parameter, conditional);
            }
            self.collect(&parameter.nested, true);
            self.collect(&parameter.nested_false, true);
            if let ParameterType::Select(options) = &parameter.ty {
                options.choices.iter().for_each(|choice| self.collect(&choice.nested, true));
                self.collect(&options.nested, true);
                self.collect(&options.placeholder_nested, true);
            }
        }
    }

    fn add(&mut self, parameter: &'a Parameter, conditional: bool) {
        let new = Flat { parameter, conditional, ambiguous: false };
        let place = *self.places.entry(&parameter.name.value).or_insert(self.flat.len());
        let Some(known) = self.flat.get_mut(place) else { return self.flat.push(new) };
        if known.conditional && !conditional {
            *known = new;
        } else if known.conditional && conditional {
            let is_same = discriminant(&known.parameter.ty) == discriminant(&parameter.ty)
                && known.parameter.multiple == parameter.multiple;
            known.ambiguous |= !is_same;
        }
    }
}
