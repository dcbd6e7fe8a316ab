//! A square code that a telephone reads, for a page.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::paper::escaped;

/// Modules that stay empty around it.
const QUIET: usize = 4;

/// The square code of a text, which `title` tells to whoever can't see it; none where the
/// text is longer than a square code holds.
pub fn square(text: &str, title: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let modules = code.width();
    let colors = code.into_colors();
    let mut shape = String::new();
    for (at, color) in colors.iter().enumerate() {
        if *color == Color::Dark {
            let (row, column) = (at / modules + QUIET, at % modules + QUIET);
            let _ = write!(shape, "M{column} {row}h1v1h-1z");
        }
    }
    let (side, title) = (modules + 2 * QUIET, escaped(title));
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="240" height="240" role="img" shape-rendering="crispEdges"><title>{title}</title><rect width="{side}" height="{side}" fill="#ffffff"/><path d="{shape}" fill="#000000"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_the_modules_of_its_code_and_an_escaped_title() {
        let drawn = square("otpauth://totp/x", "A & B").unwrap();
        let dark = QrCode::with_error_correction_level("otpauth://totp/x", EcLevel::M);
        let dark = dark.unwrap().into_colors();
        let dark = dark.iter().filter(|color| **color == Color::Dark).count();
        assert_eq!(drawn.matches("h1v1h-1z").count(), dark);
        assert!(drawn.contains("<title>A &amp; B</title>"), "{drawn}");
        assert!(square(&"x".repeat(10_000), "").is_none());
    }
}
