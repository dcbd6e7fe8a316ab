//! The square code, as raw grey pixels for the template.

use qrcode::{Color, EcLevel, QrCode};
use typst::foundations::{Bytes, Dict, IntoValue};

use super::PdfError;

/// Pixels a module: viewers that smooth what they enlarge still show sharp edges.
const SCALE: usize = 8;

/// The square code for `address`: `pixels` (one byte each, row by row) and the
/// `width` of its side in pixels. The quiet zone is left to the template.
pub(super) fn square(address: &str) -> Result<Dict, PdfError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let modules = code.width();
    let colors = code.into_colors();
    let side = modules * SCALE;
    let pixels: Vec<u8> = (0..side * side)
        .map(|at| {
            let (row, column) = (at / side / SCALE, at % side / SCALE);
            match colors[row * modules + column] {
                Color::Dark => 0,
                Color::Light => u8::MAX,
            }
        })
        .collect();
    let mut square = Dict::new();
    square.insert("pixels".into(), Bytes::new(pixels).into_value());
    square.insert("width".into(), side.into_value());
    Ok(square)
}
