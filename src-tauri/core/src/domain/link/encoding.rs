//! How a name is spelled inside an address, there and back.
//!
//! Only what consoles do: `encodeURIComponent`, CloudWatch's own `$252F`. Grows when a console
//! spells names in a way of its own.

use url::form_urlencoded::byte_serialize;

/// As `encodeURIComponent`: nothing in it can end a segment, a parameter or a fragment's part.
pub(super) fn component(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// As [`component`], but with `/ : @ ,` left readable.
pub(super) fn readable(text: &str) -> String {
    // A `%` of the text is `%25` here, so these can only stem from the letters themselves.
    [("%2F", "/"), ("%3A", ":"), ("%40", "@"), ("%2C", ",")]
        .iter()
        .fold(component(text), |text, (code, letter)| text.replace(code, letter))
}

/// As CloudWatch writes names in its fragments: encoded twice, with `$` for the outer `%`.
pub(super) fn cloudwatch(text: &str) -> String {
    component(text).replace('%', "$25")
}

/// Every layer of encoding taken off: what a person would read. Only to look at, never to be opened.
pub(super) fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    // No console encodes more often; a text that still changes then is not what it pretends to be.
    for _ in 0..5 {
        let next = once(&text.replace("$25", "%"));
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn once(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        let code = pair.filter(|pair| byte == b'%' && !pair.starts_with('+'));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_as_each_console_does_and_read_again() {
        let name = "/aws/lambda/a b#1:2%";
        assert_eq!(component(name), "%2Faws%2Flambda%2Fa%20b%231%3A2%25");
        assert_eq!(readable(name), "/aws/lambda/a%20b%231:2%25");
        assert_eq!(cloudwatch(name), "$252Faws$252Flambda$252Fa$2520b$25231$253A2$2525");
        for spelled in [component(name), readable(name), cloudwatch(name)] {
            assert_eq!(decoded(&spelled), name, "{spelled}");
        }
        assert_eq!(decoded("%2525252Fa%zz%"), "/a%zz%");
    }
}
