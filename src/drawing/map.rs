//! The comuni of the zones, shaded by how many accesses say them: drawn from
//! `data/zones_boundaries.geojson`, no tile and no other host. The classes are
//! fixed, so that two years can be laid side by side.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;

use super::paper::{Paper, Picture, WIDTH};

/// The least number of each class, and its shade from light to dark.
pub const CLASSES: [(u64, &str); 6] = [
    (0, "#ffffff"),
    (1, "#dbe9f6"),
    (10, "#a6c8e4"),
    (50, "#6a9fcb"),
    (200, "#2f6ca8"),
    (1000, "#0b3560"),
];

/// The place in [`CLASSES`] of a number.
pub fn class_of(number: u64) -> usize {
    let at = CLASSES.iter().rposition(|(least, _)| number >= *least);
    at.unwrap_or_default()
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    istat_code: String,
    comune: String,
}

type Ring = Vec<[f64; 2]>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

impl Geometry {
    fn rings(&self) -> Vec<&Ring> {
        match self {
            Self::Polygon(rings) => rings.iter().collect(),
            Self::MultiPolygon(polygons) => polygons.iter().flatten().collect(),
        }
    }
}

/// A comune as it is drawn.
struct Shape {
    istat: String,
    name: String,
    path: String,
}

struct Atlas {
    shapes: Vec<Shape>,
    height: f64,
}

/// One degree of longitude is so much of one of latitude at 42.7° north.
const NARROWER: f64 = 0.735;

fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| {
        let text = include_str!("../../data/zones_boundaries.geojson");
        let read: Collection = serde_json::from_str(text).expect("the embedded boundaries parse");
        let points = || {
            read.features
                .iter()
                .flat_map(|one| one.geometry.rings())
                .flatten()
        };
        let least = |axis: usize| points().map(|point| point[axis]).fold(f64::MAX, f64::min);
        let most = |axis: usize| points().map(|point| point[axis]).fold(f64::MIN, f64::max);
        let (west, north) = (least(0), most(1));
        let scale = WIDTH / ((most(0) - west) * NARROWER);
        let shape = |feature: &Feature| {
            let mut path = String::new();
            for ring in feature.geometry.rings() {
                for (at, [east, high]) in ring.iter().enumerate() {
                    let letter = if at == 0 { 'M' } else { 'L' };
                    let x = (east - west) * NARROWER * scale;
                    let y = (north - high) * scale;
                    let _ = write!(path, "{letter}{x:.1} {y:.1}");
                }
                path.push('Z');
            }
            Shape {
                istat: feature.properties.istat_code.clone(),
                name: feature.properties.comune.clone(),
                path,
            }
        };
        Atlas {
            shapes: read.features.iter().map(shape).collect(),
            height: (north - least(1)) * scale,
        }
    })
}

/// What the map says besides names and numbers.
#[derive(Debug, Clone)]
pub struct MapWords {
    pub title: String,
    pub summary: String,
    /// The name of each class, in the order of [`CLASSES`].
    pub classes: Vec<String>,
    /// What stands in place of a withheld number.
    pub withheld: String,
}

/// `accesses`: by ISTAT code, none where the number is withheld; a comune that is
/// not in it is white.
pub fn map(
    id: &str,
    words: &MapWords,
    accesses: &BTreeMap<String, Option<u64>>,
    write: impl Fn(u64) -> String,
) -> Picture {
    let atlas = atlas();
    let mut paper = Paper::new(id);
    let dotted = paper.withheld();
    let mut anything_withheld = false;
    for shape in &atlas.shapes {
        let number = accesses.get(&shape.istat).copied().unwrap_or(Some(0));
        let (fill, said) = match number {
            Some(number) => (CLASSES[class_of(number)].1, write(number)),
            None => (dotted.as_str(), words.withheld.clone()),
        };
        anything_withheld |= number.is_none();
        paper.path(&shape.path, fill, &format!("{}: {said}", shape.name));
    }
    let mut y = atlas.height + 14.0;
    let withheld = anything_withheld.then_some((dotted.as_str(), &words.withheld));
    let classes = CLASSES
        .iter()
        .zip(&words.classes)
        .map(|((_, fill), name)| (*fill, name));
    for (at, (fill, name)) in classes.chain(withheld).enumerate() {
        let second = at % 2 == 1;
        let x = if second { WIDTH / 2.0 } else { 0.0 };
        paper.rect((x, y), (18.0, 12.0), fill);
        paper.text((x + 24.0, y + 11.0), 13.0, "start", name);
        if second {
            y += 19.0;
        }
    }
    paper.finish(y + 16.0, &words.title, &words.summary)
}
