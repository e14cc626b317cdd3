//! Text for people as rustdoc: whatever an author wrote shows as plain text (rulings 10).

/// Longer texts are cut: a page of help is better read at its source.
const LONGEST: usize = 600;

/// The lines of a doc comment for a label and a help text. Nothing in them is Markdown or HTML any more.
pub(crate) fn lines(label: Option<&str>, help: Option<&str>) -> Vec<String> {
    let label = label.map(plain).filter(|text| !text.is_empty());
    let help = help.map(plain).filter(|text| !text.is_empty() && Some(text) != label.as_ref());
    match (label, help) {
        (Some(label), Some(help)) => vec![label, String::new(), help],
        (Some(only), None) | (None, Some(only)) => vec![only],
        (None, None) => Vec::new(),
    }
}

/// One line of plain text: white space is joined and every character that Markdown or HTML would read is escaped.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut words = text.split(|char: char| char.is_whitespace() || char.is_control() || turns_around(char));
    for word in words.by_ref().filter(|word| !word.is_empty()) {
        if out.len() + word.len() > LONGEST && !out.is_empty() {
            out.push_str(" ...");
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        escape(word, &mut out);
    }
    out
}

/// A name in code: shown as it is written.
pub(crate) fn code(name: &str) -> String {
    let is_plain = |char: char| char != '`' && !char.is_control() && !turns_around(char);
    if name.trim() != name || name.is_empty() || !name.chars().all(is_plain) {
        plain(&format!("\u{201c}{name}\u{201d}"))
    } else {
        format!("`{name}`")
    }
}

/// Characters that change the direction of writing: rustc refuses them in comments.
fn turns_around(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(word: &str, out: &mut String) {
    // A bare address becomes a link by itself, and rustdoc warns of it: its colon is written as an entity.
    let is_address = word.contains("://") || word.starts_with("www.") || word.contains('@');
    let is_number =
        word.strip_suffix(['.', ')']).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    for char in word.chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            ':' | '@' if is_address => out.push_str(&format!("&#{};", u32::from(char))),
            '.' if is_address && word.starts_with("www.") => out.push_str("&#46;"),
            // Characters that begin lists, headings, quotes, tables, links, code, emphasis or smart punctuation.
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '|' | '!' | '$' | '^' => push_escaped(char, out),
            '-' | '+' | '=' if out.is_empty() || out.ends_with(['-', '=']) => push_escaped(char, out),
            '.' | ')' if is_number => push_escaped(char, out),
            _ => out.push(char),
        }
    }
}

fn push_escaped(char: char, out: &mut String) {
    out.push('\\');
    out.push(char);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markdown_any_more() {
        for (text, expected) in [
            ("Plain words", "Plain words"),
            ("    indented\n\ttwice", "indented twice"),
            ("```\nlet x = 1;\n```", "\\`\\`\\` let x = 1; \\`\\`\\`"),
            ("<b>bold</b> & co", "&lt;b&gt;bold&lt;/b&gt; &amp; co"),
            ("[x] or [y](z)", "\\[x\\] or \\[y\\](z)"),
            ("see https://a.example/b", "see https&#58;//a.example/b"),
            ("mail me@a.example", "mail me&#64;a.example"),
            ("- item", "\\- item"),
            ("--- rule", "\\-\\-\\- rule"),
            ("1. first", "1\\. first"),
            ("a_b *c* ~d~", "a\\_b \\*c\\* \\~d\\~"),
            ("# heading", "\\# heading"),
            (" \n\t ", ""),
            ("turned \u{202e}around\u{2069}", "turned around"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(code("get\u{202e}Task"), "\u{201c}get Task\u{201d}");
    }

    #[test]
    fn a_label_that_is_repeated_stands_once() {
        assert_eq!(lines(Some("Name"), Some("Name")), ["Name"]);
        assert_eq!(lines(Some("Name"), Some("The name.")), ["Name", "", "The name."]);
        assert_eq!(lines(Some(" "), None), Vec::<String>::new());
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let text = plain(&"word ".repeat(1_000));
        assert!(text.len() < LONGEST + 10 && text.ends_with("word ..."), "{text}");
    }
}
