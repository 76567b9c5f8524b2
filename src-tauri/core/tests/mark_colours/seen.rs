//! How colours are seen: Oklab, contrast, and eyes without one kind of cone.
//!
//! Formulas and their sources, nothing of ours. Grows by an eye.

/// Linear sRGB, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Linear([f64; 3]);

impl Linear {
    /// From `#rrggbb` (IEC 61966-2-1).
    pub fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(format!("{text} is no colour"))?;
        let mut channels = [0.0; 3];
        for (at, channel) in channels.iter_mut().enumerate() {
            let share = f64::from(u8::from_str_radix(&digits[2 * at..2 * at + 2], 16)?) / 255.0;
            *channel = if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
        }
        Ok(Self(channels))
    }
}

/// WCAG 2.2, "relative luminance".
pub fn luminance(Linear([red, green, blue]): Linear) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// In Oklab (Björn Ottosson, 2020, "A perceptual color space for image processing").
pub fn distance(one: Linear, other: Linear) -> f64 {
    let (one, other) = (oklab(one), oklab(other));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

fn oklab(Linear(colour): Linear) -> [f64; 3] {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        colour,
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

type Matrix = [[f64; 3]; 3];
type See = fn(Linear) -> Linear;

/// All eyes that a mark must hold for. For each missing cone two models, since none is the truth.
pub const EYES: [(&str, See); 7] = [
    ("all cones", |colour| colour),
    ("protanopia (Machado)", |colour| seen(&MACHADO[0], colour)),
    ("deuteranopia (Machado)", |colour| seen(&MACHADO[1], colour)),
    ("tritanopia (Machado)", |colour| seen(&MACHADO[2], colour)),
    ("protanopia (Viénot)", |colour| seen(&VIENOT[0], colour)),
    ("deuteranopia (Viénot)", |colour| seen(&VIENOT[1], colour)),
    ("tritanopia (Brettel)", brettel_tritanopia),
];

/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE TVCG 15(6), 2009: severity 1.0.
const MACHADO: [Matrix; 3] = [
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
];

/// Viénot, Brettel and Mollon, "Digital Video Colourmaps for Checking the Legibility of Displays by
/// Dichromats", Color Research & Application 24(4), 1999, with the white of sRGB.
const VIENOT: [Matrix; 2] = [
    [[0.112_38, 0.887_62, 0.0], [0.112_38, 0.887_62, 0.0], [0.004_01, -0.004_01, 1.0]],
    [[0.292_75, 0.707_25, 0.0], [0.292_75, 0.707_25, 0.0], [-0.022_34, 0.022_34, 1.0]],
];

/// Brettel, Viénot and Mollon, "Computerized simulation of color appearance for dichromats", JOSA A
/// 14(10), 1997: two half planes, and the normal of what parts them, with the white of sRGB.
const BRETTEL: ([Matrix; 2], [f64; 3]) = (
    [
        [[1.012_77, 0.135_48, -0.148_26], [-0.012_43, 0.868_12, 0.144_31], [0.075_89, 0.805_00, 0.119_11]],
        [[0.936_78, 0.189_79, -0.126_57], [0.061_54, 0.815_26, 0.123_20], [-0.375_62, 1.127_67, 0.247_96]],
    ],
    [0.039_01, -0.027_88, -0.011_13],
);

fn brettel_tritanopia(colour: Linear) -> Linear {
    let (planes, normal) = BRETTEL;
    let side = normal.iter().zip(colour.0).map(|(part, channel)| part * channel).sum::<f64>();
    seen(&planes[usize::from(side < 0.0)], colour)
}

/// What a screen can show of it.
fn seen(matrix: &Matrix, Linear(colour): Linear) -> Linear {
    Linear(times(matrix, colour).map(|channel| channel.clamp(0.0, 1.0)))
}

fn times(matrix: &Matrix, [red, green, blue]: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * red + row[1] * green + row[2] * blue)
}
