//! The comuni of Italy: their codes and names, what became of the old ones, the
//! distance between two of them, and the zones the desks report by. Addresses
//! are not here. Source: `data/comuni.csv` and its companions.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;
use thiserror::Error;

use super::reference;

pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// One comune of `comuni.csv`, by its place in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Comune(u16);

/// Why a text names no comune.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    #[error("{0:?} is no comune")]
    Unknown(String),
    /// The name exists more than once: it needs its province, `Castro (BG)`.
    #[error("{name:?} exists more than once")]
    Ambiguous {
        name: String,
        candidates: Vec<Comune>,
    },
    /// An old code or name, and the comune that bears the new one.
    #[error("{old:?} is now {}", now.name())]
    Renamed { old: String, now: Comune },
    /// A comune newer than the table: it exists, but its code is not known yet.
    #[error("{name:?} exists since {since}, but its code is not known yet")]
    NotYetCoded { name: String, since: NaiveDate },
}

/// The comune is still in the table, but no longer exists by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceased {
    pub comune: Comune,
    /// The last day of its existence.
    pub on: NaiveDate,
    /// What became of it, in Italian, as the table says it.
    pub note: &'static str,
}

#[derive(Deserialize)]
struct Row {
    istat_code: String,
    name: String,
    province_code: String,
    region: String,
    lat: f64,
    lon: f64,
    landmass: String,
}

#[derive(Deserialize)]
struct ChangeRow {
    date: NaiveDate,
    change: String,
    old_istat_code: String,
    new_istat_code: String,
    name: String,
    note: String,
}

/// Latitude and longitude in radians.
struct Point {
    lat: f64,
    lon: f64,
    cos_lat: f64,
}

struct Gazetteer {
    rows: &'static [Row],
    points: Vec<Point>,
    by_istat: HashMap<&'static str, Comune>,
    by_name: HashMap<&'static str, Vec<Comune>>,
}

fn gazetteer() -> &'static Gazetteer {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        let rows = ROWS
            .get_or_init(|| reference::table("comuni.csv", include_str!("../../data/comuni.csv")));
        let mut by_istat = HashMap::with_capacity(rows.len());
        let mut by_name: HashMap<&str, Vec<Comune>> = HashMap::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let comune = Comune(u16::try_from(i).expect("Italy has fewer than 65,536 comuni"));
            by_istat.insert(row.istat_code.as_str(), comune);
            by_name.entry(&row.name).or_default().push(comune);
        }
        let point = |row: &Row| Point {
            lat: row.lat.to_radians(),
            lon: row.lon.to_radians(),
            cos_lat: row.lat.to_radians().cos(),
        };
        Gazetteer {
            rows,
            points: rows.iter().map(point).collect(),
            by_istat,
            by_name,
        }
    })
}

fn changes() -> &'static [ChangeRow] {
    static CHANGES: OnceLock<Vec<ChangeRow>> = OnceLock::new();
    CHANGES.get_or_init(|| {
        let text = include_str!("../../data/comuni_changes.csv");
        reference::table("comuni_changes.csv", text)
    })
}

impl Comune {
    /// Every comune, in the order of the ISTAT table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u16..).map(Self).take(gazetteer().rows.len())
    }

    pub fn by_istat(code: &str) -> Option<Self> {
        gazetteer().by_istat.get(code).copied()
    }

    /// Reads an ISTAT code (a spreadsheet may have eaten its leading zeros), an
    /// exact name, or a name with its province in brackets.
    pub fn parse(text: &str) -> Result<(Self, Option<Ceased>), PlaceError> {
        let text = text.trim();
        let found = if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            Self::by_istat(&format!("{text:0>6}"))
        } else {
            Self::by_exact_name(text)?
        };
        match found {
            Some(comune) => Ok((comune, comune.ceased())),
            None => Err(Self::why_gone(text)),
        }
    }

    fn by_exact_name(text: &str) -> Result<Option<Self>, PlaceError> {
        let namesakes = |name: &str| gazetteer().by_name.get(name).map_or(&[][..], Vec::as_slice);
        match namesakes(text) {
            [only] => return Ok(Some(*only)),
            [] => {}
            several => {
                return Err(PlaceError::Ambiguous {
                    name: text.to_owned(),
                    candidates: several.to_vec(),
                });
            }
        }
        let in_brackets = text
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('));
        Ok(in_brackets.and_then(|(name, province)| {
            let of_province = |comune: &&Self| comune.province() == province.trim();
            namesakes(name.trim()).iter().find(of_province).copied()
        }))
    }

    fn why_gone(text: &str) -> PlaceError {
        let bare = text.split(" (").next().unwrap_or(text);
        for row in changes() {
            let old_code = row.old_istat_code == format!("{text:0>6}");
            let old_name = row.note.strip_prefix("già ") == Some(bare);
            if (old_code || old_name)
                && let Some(now) = Self::by_istat(&row.new_istat_code)
            {
                return PlaceError::Renamed {
                    old: text.to_owned(),
                    now,
                };
            }
            if row.change == "created" && row.name == bare {
                return PlaceError::NotYetCoded {
                    name: row.name.clone(),
                    since: row.date,
                };
            }
        }
        PlaceError::Unknown(text.to_owned())
    }

    /// Some where the comune is in the table of those that ended.
    pub fn ceased(self) -> Option<Ceased> {
        let code = self.istat();
        let row = changes()
            .iter()
            .find(|row| row.change == "ceased" && row.old_istat_code == code)?;
        Some(Ceased {
            comune: self,
            on: row.date,
            note: &row.note,
        })
    }

    /// The reverse of [`Self::index`].
    pub fn at(index: u16) -> Option<Self> {
        (usize::from(index) < Self::count()).then_some(Self(index))
    }

    /// From the earth's middle to the comune, as a vector of length 1.
    pub fn direction(self) -> [f64; 3] {
        let point = &gazetteer().points[self.index()];
        let (sin_lon, cos_lon) = point.lon.sin_cos();
        [
            point.cos_lat * cos_lon,
            point.cos_lat * sin_lon,
            point.lat.sin(),
        ]
    }

    /// Its place in the table, below [`Self::count`]; for columns, never stored.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    pub fn count() -> usize {
        gazetteer().rows.len()
    }

    fn row(self) -> &'static Row {
        &gazetteer().rows[self.index()]
    }

    /// Six digits.
    pub fn istat(self) -> &'static str {
        &self.row().istat_code
    }

    pub fn name(self) -> &'static str {
        &self.row().name
    }

    /// The two letters of the province, `GR`.
    pub fn province(self) -> &'static str {
        &self.row().province_code
    }

    /// The region's name, `Toscana`.
    pub fn region(self) -> &'static str {
        &self.row().region
    }

    /// The name, with the province in brackets where the name exists twice: what
    /// [`Self::parse`] reads back.
    pub fn unique_name(self) -> String {
        if gazetteer().by_name[self.name()].len() > 1 {
            format!("{} ({})", self.name(), self.province())
        } else {
            self.name().to_owned()
        }
    }

    /// The mainland or an island, as the table calls it.
    pub fn landmass(self) -> &'static str {
        &self.row().landmass
    }
}

impl fmt::Debug for Comune {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Comune({} {})", self.istat(), self.name())
    }
}

/// Great circle in metres, rounded to the nearest 100 m, halves up. It crosses
/// the sea; see [`Comune::landmass`].
pub fn distance_m(from: Comune, to: Comune) -> u32 {
    if from == to {
        return 0;
    }
    let points = &gazetteer().points;
    let (a, b) = (&points[from.index()], &points[to.index()]);
    let half_lat = ((b.lat - a.lat) / 2.0).sin();
    let half_lon = ((b.lon - a.lon) / 2.0).sin();
    let h = half_lat * half_lat + a.cos_lat * b.cos_lat * half_lon * half_lon;
    let metres = 2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin();
    hundreds(metres) * 100
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "half the earth's circumference is 200,151 hundreds of metres"
)]
fn hundreds(metres: f64) -> u32 {
    (metres / 100.0 + 0.5).floor() as u32
}

/// A group of comuni as the desks report them.
#[derive(Debug)]
pub struct Zone {
    id: String,
    name: String,
    comuni: Vec<Comune>,
}

#[derive(Deserialize)]
struct ZoneRow {
    zone_id: String,
    zone_name: String,
    istat_code: String,
}

impl Zone {
    /// The zone of every comune that is in no other.
    pub const OTHER: &'static str = "altri";
    /// Its one row where accesses are counted by comune.
    pub const OTHER_COMUNE: &'static str = "other";

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// None for the zone [`Self::OTHER`].
    pub fn comuni(&self) -> &[Comune] {
        &self.comuni
    }
}

/// The zones in the order of the table, [`Zone::OTHER`] last.
pub fn zones() -> &'static [Zone] {
    static ZONES: OnceLock<Vec<Zone>> = OnceLock::new();
    ZONES.get_or_init(|| {
        let mut zones: Vec<Zone> = Vec::new();
        let rows = reference::table::<ZoneRow>("zones.csv", include_str!("../../data/zones.csv"));
        for row in rows {
            if zones.last().is_none_or(|zone| zone.id != row.zone_id) {
                zones.push(Zone {
                    id: row.zone_id,
                    name: row.zone_name,
                    comuni: Vec::new(),
                });
            }
            if !row.istat_code.is_empty() {
                let comune = Comune::by_istat(&row.istat_code).expect("a zone's comune exists");
                let zone = zones.last_mut().expect("a zone was just pushed");
                zone.comuni.push(comune);
            }
        }
        zones
    })
}

pub fn zone_of(comune: Comune) -> &'static Zone {
    let zones = zones();
    zones
        .iter()
        .find(|zone| zone.comuni.contains(&comune))
        .or(zones.last())
        .expect("the table of zones has rows")
}
