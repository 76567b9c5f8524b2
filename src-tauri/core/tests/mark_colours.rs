//! The palette as it is drawn: whether any two marks can be mistaken for one another, by any eye,
//! and whether their words can be read. Reads the style sheet itself.
//!
//! Every pair counts, since any two profiles can stand side by side (in a list, in tabs, in panes).
//! What identifies a mark is its solid colour, in the header, the tab and the shape of each row;
//! the calm tints behind words are never alone.

#[path = "mark_colours/seen.rs"]
mod seen;

use std::collections::HashMap;

use seen::{Linear, distance, luminance};
use sidelight_core::domain::mark::Colour;

type Tested = Result<(), Box<dyn std::error::Error>>;
type Tokens = HashMap<(Theme, Colour, String), Linear>;

const STYLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/styles/marks.css");

/// In Oklab. Two shades beside each other are told apart from about 0.02 on; this is five times as
/// much, so that it holds for small shapes that are not beside each other.
const APART: f64 = 0.1;

/// WCAG 2.2, 1.4.3 (AA), for text of any size.
const READABLE: f64 = 4.5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Theme {
    Light,
    Dark,
}

/// The tokens of each colour in each theme: what the dark theme does not say, it takes from the light one.
fn tokens(css: &str) -> Result<Tokens, Box<dyn std::error::Error>> {
    let mut tokens = HashMap::new();
    for block in css.split('}') {
        let Some((selector, body)) = block.rsplit_once('{') else { continue };
        let Some((before, name)) = selector.split_once("[data-colour='") else { continue };
        let colour = Colour::parse(name.split('\'').next().unwrap_or_default())?;
        let themes: &[Theme] = if before.contains("dark") { &[Theme::Dark] } else { &[Theme::Light, Theme::Dark] };
        for line in body.lines().filter_map(|line| line.trim().strip_suffix(';')) {
            let (token, value) = line.split_once(": ").ok_or("no value")?;
            for theme in themes {
                tokens.insert((*theme, colour, token.to_owned()), Linear::parse(value)?);
            }
        }
    }
    Ok(tokens)
}

fn drawn() -> Result<Tokens, Box<dyn std::error::Error>> {
    tokens(&std::fs::read_to_string(STYLES)?)
}

fn value(tokens: &Tokens, theme: Theme, colour: Colour, token: &str) -> Result<Linear, Box<dyn std::error::Error>> {
    let found = tokens.get(&(theme, colour, token.to_owned())).copied();
    found.ok_or_else(|| format!("{colour:?} has no {token}").into())
}

#[test]
fn no_two_marks_look_alike_to_any_eye_in_any_theme() -> Tested {
    let tokens = drawn()?;
    let mut near = Vec::new();
    for theme in [Theme::Light, Theme::Dark] {
        for (at, one) in Colour::ALL.iter().enumerate() {
            for other in &Colour::ALL[..at] {
                let pair = [value(&tokens, theme, *one, "--mark")?, value(&tokens, theme, *other, "--mark")?];
                for (eye, see) in seen::EYES {
                    let apart = distance(see(pair[0]), see(pair[1]));
                    if apart < APART {
                        near.push(format!("{one:?} and {other:?} are {apart:.3} apart with {eye} ({theme:?})"));
                    }
                }
            }
        }
    }
    assert!(near.is_empty(), "{near:#?}");
    Ok(())
}

#[test]
fn what_stands_on_a_mark_can_be_read_in_both_themes() -> Tested {
    let tokens = drawn()?;
    for theme in [Theme::Light, Theme::Dark] {
        for colour in Colour::ALL {
            for (text, ground) in [("--on-mark", "--mark"), ("--mark-text", "--mark-soft")] {
                let text_light = luminance(value(&tokens, theme, *colour, text)?);
                let ground_light = luminance(value(&tokens, theme, *colour, ground)?);
                let (bright, dim) = (text_light.max(ground_light), text_light.min(ground_light));
                let contrast = (bright + 0.05) / (dim + 0.05);
                assert!(contrast >= READABLE, "{text} on {ground} of {colour:?} ({theme:?}): {contrast:.2}");
            }
        }
    }
    Ok(())
}

#[test]
fn the_eyes_see_what_their_papers_say() -> Tested {
    let (white, grey) = (Linear::parse("#ffffff")?, Linear::parse("#808080")?);
    for (eye, see) in seen::EYES {
        assert!(distance(see(white), white) < 0.002 && distance(see(grey), grey) < 0.002, "{eye} colours grey");
    }
    // Red and green of one lightness, blue and green likewise: what the missing cones would tell apart.
    let [red, green] = [Linear::parse("#b56a4c")?, Linear::parse("#7c8a4c")?];
    assert!(distance(red, green) > 0.1);
    let of = |kind: &'static str| seen::EYES.iter().filter(move |(eye, _)| eye.contains(kind));
    for (eye, see) in of("deuteranopia") {
        assert!(distance(see(red), see(green)) < 0.05, "{eye}: {}", distance(see(red), see(green)));
    }
    let [teal, blue] = [Linear::parse("#0b7f7d")?, Linear::parse("#1f5fd6")?];
    for (eye, see) in of("tritanopia") {
        assert!(distance(see(teal), see(blue)) < 0.05, "{eye}: {}", distance(see(teal), see(blue)));
    }
    Ok(())
}
