//! From XML to values.

use std::collections::HashMap;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use smol_str::SmolStr;

use super::{ATTRIBUTES, DEEPEST, VALUE, XmlError, is_name};
use crate::value::{Object, Value};

/// Reads a document.
///
/// Values are text, never numbers. Comments, processing instructions and document types are passed over: an entity
/// that a document declares itself is an error, so that none can grow.
///
/// # Errors
/// A message that says what is wrong with the document.
pub(crate) fn parse(xml: &str) -> Result<Value, XmlError> {
    let mut reader = Reader::from_str(xml.strip_prefix('\u{FEFF}').unwrap_or(xml));
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|error| XmlError::new(error.to_string()))? {
            Event::Start(start) => document.open(&start)?,
            Event::Empty(start) => {
                document.open(&start)?;
                document.close()?;
            }
            Event::End(_) => document.close()?,
            Event::Text(text) => document.text(&text.xml10_content())?,
            Event::CData(text) => document.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => document.text(resolve(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return document.finish(),
        }
    }
}

/// The character that a reference stands for.
fn resolve(reference: &BytesRef<'_>) -> Result<char, XmlError> {
    if let Some(char) = reference.resolve_char_ref().map_err(|error| XmlError::new(error.to_string()))? {
        return Ok(char);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(XmlError::new(format!("there is no entity `{other}`"))),
    }
}

/// What was read so far.
#[derive(Default)]
struct Document {
    open: Vec<Element>,
    root: Option<(SmolStr, Value)>,
}

/// An element that is not closed yet.
#[derive(Default)]
struct Element {
    name: SmolStr,
    attributes: Object,
    text: String,
    children: Vec<(SmolStr, Vec<Value>)>,
    /// Places of children by name, once there are many.
    places: HashMap<SmolStr, usize>,
}

/// So many names of children are searched one after the other.
const FEW: usize = 16;

impl Document {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), XmlError> {
        if self.root.is_some() {
            return Err(XmlError::new("there is something behind the root element"));
        }
        if self.open.len() >= DEEPEST {
            return Err(XmlError::too_deep());
        }
        let name = name(start.name().as_ref())?;
        self.open.push(Element { name, attributes: attributes(start)?, ..Element::default() });
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(XmlError::new("there is text outside of the root element")),
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), XmlError> {
        let element = self.open.pop().ok_or_else(|| XmlError::new("an end tag closes nothing"))?;
        let (name, value) = element.into_value();
        match self.open.last_mut() {
            Some(parent) => parent.add(name, value),
            None => self.root = Some((name, value)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Value, XmlError> {
        if let Some(element) = self.open.last() {
            return Err(XmlError::new(format!("the element `{}` is not closed", element.name)));
        }
        let (name, value) = self.root.ok_or_else(|| XmlError::new("there is no element"))?;
        Ok(Value::from(Object::from_iter([(name, value)])))
    }
}

impl Element {
    fn add(&mut self, name: SmolStr, value: Value) {
        let few = self.children.len() <= FEW;
        let known = if few {
            self.children.iter().position(|(known, _)| *known == name)
        } else {
            if self.places.is_empty() {
                self.places =
                    self.children.iter().enumerate().map(|(at, (name, _))| (name.clone(), at)).collect();
            }
            self.places.get(&name).copied()
        };
        if let Some((_, values)) = known.and_then(|at| self.children.get_mut(at)) {
            values.push(value);
            return;
        }
        if !few {
            self.places.insert(name.clone(), self.children.len());
        }
        self.children.push((name, vec![value]));
    }

    fn into_value(self) -> (SmolStr, Value) {
        let has_children = !self.children.is_empty();
        // Beside child elements white space is there to be read by people.
        let text = if has_children { self.text.trim_ascii() } else { self.text.as_str() };
        if !has_children && self.attributes.is_empty() {
            return (self.name, Value::from(text));
        }
        let mut object = Object::with_capacity(self.children.len() + 2);
        if !text.is_empty() {
            object.insert(VALUE, Value::from(text));
        }
        if !self.attributes.is_empty() {
            object.insert(ATTRIBUTES, Value::from(self.attributes));
        }
        for (name, values) in self.children {
            object.insert_text(name, Value::array(values));
        }
        (self.name, Value::from(object))
    }
}

fn name(name: &str) -> Result<SmolStr, XmlError> {
    if is_name(name) { Ok(SmolStr::new(name)) } else { Err(XmlError::new(format!("`{name}` is not a name"))) }
}

fn attributes(start: &BytesStart<'_>) -> Result<Object, XmlError> {
    let mut object = Object::new();
    let mut attributes = start.attributes();
    // The reader's own check for repeated names compares each with each.
    for attribute in attributes.with_checks(false) {
        let attribute = attribute.map_err(|error| XmlError::new(error.to_string()))?;
        let name = name(attribute.key.as_ref())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| XmlError::new(error.to_string()))?;
        if object.contains_key(&name) {
            return Err(XmlError::new(format!("the attribute `{name}` stands twice")));
        }
        object.insert_text(name, Value::from(&*value));
    }
    Ok(object)
}
