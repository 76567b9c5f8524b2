//! Words, split as the AWS CLI splits them: as a shell does, but by no shell, and with no comments.

/// `None` for an open quote.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
    let (mut plain, mut quote, mut before) = (String::with_capacity(text.len()), None, ' ');
    for character in text.chars() {
        match (quote, character) {
            (None, '"' | '\'') if before != '\\' => quote = Some(character),
            (Some(open), close) if open == close && (open == '\'' || before != '\\') => quote = None,
            // At the beginning of a word the library would take it for a comment.
            (None, '#') if before.is_whitespace() => plain.push('\\'),
            _ => {}
        }
        plain.push(character);
        before = character;
    }
    shlex::split(&plain)
}
