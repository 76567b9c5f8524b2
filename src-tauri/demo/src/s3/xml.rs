//! XML as S3 writes it, and the little of it that S3 reads.
//! It is not a general XML library: elements have no attributes of interest. It grows never.

use axum::http::header;
use axum::response::{IntoResponse, Response};

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// A whole answer.
pub(super) fn answer(root: &str, content: &str) -> Response {
    let text = format!("{DECLARATION}<{root} xmlns=\"{NAMESPACE}\">{content}</{root}>");
    ([(header::CONTENT_TYPE, "application/xml")], text).into_response()
}

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// An element with a text.
pub(super) fn element(name: &str, text: impl ToString) -> String {
    format!("<{name}>{}</{name}>", escape(&text.to_string()))
}

/// An element with elements, which are XML already.
pub(super) fn parent(name: &str, content: &str) -> String {
    format!("<{name}>{content}</{name}>")
}

/// A text within an element; what XML would read as white space keeps its character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            control if control.is_ascii_control() => escaped.push_str(&format!("&#{};", u32::from(control))),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What stands within each element of this name, in order.
pub(super) fn contents<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let (content, after) = rest.split_once(&start)?.1.split_once(&end)?;
        rest = after;
        Some(content)
    })
}

#[cfg(test)]
mod tests {
    use super::{contents, element};

    #[test]
    fn a_text_cannot_become_markup_or_lose_a_character() {
        assert_eq!(element("Key", "a<b>&\"c\"\r\u{1}"), "<Key>a&lt;b&gt;&amp;&quot;c&quot;&#13;&#1;</Key>");
    }

    #[test]
    fn elements_are_found_by_their_whole_name() {
        let xml = "<Part><PartNumber>1</PartNumber></Part><Part><PartNumber>2</PartNumber></Part>";
        let numbers: Vec<&str> = contents(xml, "Part").flat_map(|part| contents(part, "PartNumber")).collect();
        assert_eq!(numbers, ["1", "2"]);
    }
}
