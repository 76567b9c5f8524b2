//! The UI's palette of marks for GTK, which has no custom properties: read from the same file.

use crate::view::ColourView;

const MARKS: &str = include_str!("../../../../../ui/src/styles/marks.css");

/// The solid colour, and what stands on it.
pub fn of(colour: ColourView) -> (&'static str, &'static str) {
    let block = MARKS.split_once(&format!("[data-colour='{}']", name(colour))).map_or("", |(_, rest)| rest);
    let value = |property: &str| {
        let rest = block.split_once(property).map_or("", |(_, rest)| rest);
        rest.split_once(';').map_or("", |(value, _)| value.trim())
    };
    (value("--mark:"), value("--on-mark:"))
}

fn name(colour: ColourView) -> &'static str {
    match colour {
        ColourView::Red => "red",
        ColourView::Amber => "amber",
        ColourView::Green => "green",
        ColourView::Blue => "blue",
        ColourView::Violet => "violet",
        ColourView::Teal => "teal",
        ColourView::Pink => "pink",
        ColourView::Slate => "slate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_has_its_two_tones() {
        assert_eq!(of(ColourView::Red), ("#c3121f", "#ffffff"));
        let all = [ColourView::Amber, ColourView::Green, ColourView::Blue, ColourView::Violet];
        for colour in all.into_iter().chain([ColourView::Teal, ColourView::Pink, ColourView::Slate]) {
            let (mark, on_mark) = of(colour);
            assert!([mark, on_mark].iter().all(|tone| tone.len() == 7 && tone.starts_with('#')), "{colour:?}");
        }
    }
}
