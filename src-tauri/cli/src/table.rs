//! Table: rows in columns as wide as the terminal draws them.
//!
//! Cells may come from pages and files: what could move the cursor or turn the text around is
//! left out. Not wrapped and not cut: a pipe gets all of it.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// A cell: what it says, and in which colour (an ANSI code) where colour is wanted.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    colour: Option<&'static str>,
}

impl Cell {
    /// In a colour.
    pub fn coloured(text: &str, colour: &'static str) -> Self {
        Self { colour: Some(colour), ..Self::from(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        let text = match text.chars().any(is_dangerous) {
            true => text.chars().filter(|character| !is_dangerous(*character)).collect(),
            false => text.to_owned(),
        };
        Self { text: if text.is_empty() { "-".to_owned() } else { text }, colour: None }
    }
}

impl From<Option<&str>> for Cell {
    fn from(text: Option<&str>) -> Self {
        Self::from(text.unwrap_or_default())
    }
}

/// Rows under a head.
pub struct Table<const COLUMNS: usize> {
    head: [&'static str; COLUMNS],
    rows: Vec<[Cell; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// With these columns.
    pub fn new(head: [&'static str; COLUMNS], rows: Vec<[Cell; COLUMNS]>) -> Self {
        Self { head, rows }
    }

    /// Writes it.
    ///
    /// # Errors
    /// The stream's.
    pub fn write(&self, to: &mut impl Write, coloured: bool) -> io::Result<()> {
        let mut widths = self.head.map(str::len);
        let measured: Vec<[usize; COLUMNS]> =
            self.rows.iter().map(|row| std::array::from_fn(|column| row[column].text.width())).collect();
        for row in &measured {
            for (widest, width) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(*width);
            }
        }
        for (column, title) in self.head.iter().enumerate() {
            write_cell(to, title, None, padding(widths[column], title.len(), column, COLUMNS))?;
        }
        for (row, row_widths) in self.rows.iter().zip(&measured) {
            for (column, cell) in row.iter().enumerate() {
                let colour = cell.colour.filter(|_| coloured);
                write_cell(to, &cell.text, colour, padding(widths[column], row_widths[column], column, COLUMNS))?;
            }
        }
        Ok(())
    }
}

/// Spaces behind a cell; `None` behind the last one.
fn padding(widest: usize, width: usize, column: usize, columns: usize) -> Option<usize> {
    (column + 1 < columns).then(|| widest - width + 2)
}

fn write_cell(to: &mut impl Write, text: &str, colour: Option<&str>, padding: Option<usize>) -> io::Result<()> {
    match colour {
        Some(colour) => write!(to, "\x1b[{colour}m{text}\x1b[0m")?,
        None => to.write_all(text.as_bytes())?,
    }
    match padding {
        Some(spaces) => write!(to, "{:spaces$}", ""),
        None => to.write_all(b"\n"),
    }
}

fn is_dangerous(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<const COLUMNS: usize>(table: &Table<COLUMNS>, coloured: bool) -> String {
        let mut text = Vec::new();
        table.write(&mut text, coloured).expect("memory takes it");
        String::from_utf8(text).expect("the table is text")
    }

    #[test]
    fn wide_letters_take_two_columns_and_an_empty_cell_a_hyphen() {
        let rows = vec![["本番".into(), "a".into()], ["x".into(), "".into()]];
        assert_eq!(written(&Table::new(["M", "NAME"], rows), false), "M     NAME\n本番  a\nx     -\n");
    }

    #[test]
    fn colour_does_not_change_the_widths_and_only_shows_where_it_is_wanted() {
        let table = Table::new(["M", "NAME"], vec![[Cell::coloured("PROD", "31"), "a".into()]]);
        assert_eq!(written(&table, true), "M     NAME\n\x1b[31mPROD\x1b[0m  a\n");
        assert_eq!(written(&table, false), "M     NAME\nPROD  a\n");
    }

    #[test]
    fn nothing_from_a_page_reaches_the_terminal_as_an_order() {
        let table = Table::new(["TITLE"], vec![["a\x1b]0;x\x07\u{202e}b".into()]]);
        assert_eq!(written(&table, true), "TITLE\na]0;xb\n");
    }
}
