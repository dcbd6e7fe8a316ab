//! Where people live: distances worked out fast, and workers laid out so that a
//! search visits only those whose reach may touch it. Invariant: a distance is
//! the one of [`place::distance_m`], to the metre.

use std::ops::Range;
use std::sync::OnceLock;

use super::columns::{Hot, number};
use crate::domain::place::{self, Comune, EARTH_RADIUS_M};

/// Comuni looked at together.
const LANES: usize = 8;
/// A reach that touches everything.
const WHOLE_EARTH: f32 = 3.0;
/// What rounding to 100 m and single precision may add, as a chord: 127 m.
const BLUR: f32 = 2e-5;

/// A comune as distances see it.
#[derive(Debug, Clone, Copy)]
struct Spot {
    direction: [f64; 3],
    /// Which island or mainland.
    landmass: u8,
    /// Its rank in an order that keeps neighbours together.
    rank: u16,
}

fn spots() -> &'static [Spot] {
    static SPOTS: OnceLock<Vec<Spot>> = OnceLock::new();
    SPOTS.get_or_init(|| {
        let mut landmasses: Vec<&str> = Vec::new();
        let mut spots: Vec<Spot> = Comune::all()
            .map(|comune| {
                let name = comune.landmass();
                let known = landmasses.iter().position(|one| *one == name);
                let landmass = known.unwrap_or_else(|| {
                    landmasses.push(name);
                    landmasses.len() - 1
                });
                Spot {
                    direction: comune.direction(),
                    landmass: u8::try_from(landmass).expect("Italy has few islands"),
                    rank: 0,
                }
            })
            .collect();
        let mut order: Vec<usize> = (0..spots.len()).collect();
        order.sort_by_cached_key(|i| curve(spots[*i].direction));
        for (rank, i) in order.into_iter().enumerate() {
            spots[i].rank = u16::try_from(rank).expect("Italy has fewer than 65,536 comuni");
        }
        spots
    })
}

/// Along a curve through space that seldom leaps (Z-order).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 2^16"
)]
fn curve(direction: [f64; 3]) -> u64 {
    let steps = direction.map(|x| ((x + 1.0) * 32_767.0) as u64);
    (0..16).fold(0, |key, bit| {
        let of = |axis: usize| (steps[axis] >> bit & 1) << (3 * bit + axis);
        key | of(0) | of(1) | of(2)
    })
}

/// See [`Spot::rank`].
pub(super) fn rank(comune: Comune) -> u16 {
    spots()[comune.index()].rank
}

/// What lies between a comune and the request's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ground {
    pub distance_m: u32,
    pub sea: bool,
}

impl Ground {
    /// Whether so many kilometres are enough.
    pub fn within(self, reach_km: u16) -> bool {
        self.distance_m == 0 || (!self.sea && self.distance_m <= u32::from(reach_km) * 1000)
    }
}

/// Between two comuni.
pub(super) fn ground(from: Comune, to: Comune) -> Ground {
    let (a, b) = (&spots()[from.index()], &spots()[to.index()]);
    Ground {
        distance_m: if from == to {
            0
        } else {
            metres(a.direction, b.direction).unwrap_or_else(|| place::distance_m(from, to))
        },
        sea: a.landmass != b.landmass,
    }
}

/// By the chord; none where its last digits could decide how it is rounded.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "hundreds of metres within a quarter of the earth"
)]
fn metres(from: [f64; 3], to: [f64; 3]) -> Option<u32> {
    /// A chord of 1,592 km, up to which the series is good to a millimetre.
    const LONGEST_SQUARED: f64 = 0.25 * 0.25;
    /// A centimetre, in hundreds of metres.
    const CLOSE: f64 = 1e-4;
    let square: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
    if square > LONGEST_SQUARED {
        return None;
    }
    // 2 asin(c/2), as a series in the square of c.
    let bend = 1.0
        + square
            * (1.0 / 24.0
                + square
                    * (3.0 / 640.0
                        + square
                            * (5.0 / 7_168.0
                                + square * (35.0 / 294_912.0 + square * 63.0 / 2_883_584.0))));
    let hundreds = EARTH_RADIUS_M / 100.0 * square.sqrt() * bend + 0.5;
    let whole = hundreds as u32;
    let rest = hundreds - f64::from(whole);
    (CLOSE..1.0 - CLOSE).contains(&rest).then_some(whole * 100)
}

/// The chord of the unit sphere under so many kilometres.
#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is asked for"
)]
fn chord(km: f64) -> f32 {
    let half_angle = km * 1000.0 / EARTH_RADIUS_M / 2.0;
    if half_angle >= std::f64::consts::FRAC_PI_2 {
        WHOLE_EARTH
    } else {
        (2.0 * half_angle.sin()) as f32
    }
}

/// Comuni side by side, so that one instruction looks at several.
#[derive(Debug, Clone)]
struct Block {
    x: [f32; LANES],
    y: [f32; LANES],
    z: [f32; LANES],
    /// The longest reach of those who live there, as a chord.
    reach: [f32; LANES],
}

impl Block {
    /// No comune: further than any reach.
    const EMPTY: Self = Self {
        x: [100.0; LANES],
        y: [0.0; LANES],
        z: [0.0; LANES],
        reach: [0.0; LANES],
    };

    /// The lanes that may be reached.
    fn near(&self, from: [f32; 3], slack: f32) -> [bool; LANES] {
        std::array::from_fn(|lane| {
            let x = self.x[lane] - from[0];
            let y = self.y[lane] - from[1];
            let z = self.z[lane] - from[2];
            let reach = self.reach[lane] + slack;
            x * x + y * y + z * z <= reach * reach
        })
    }
}

/// The people of one comune, a run of rows.
#[derive(Debug, Clone, Copy)]
struct Zone {
    comune: Comune,
    start: u32,
}

/// A stretch of rows laid out by comune, in each the longest reach first.
#[derive(Debug, Clone, Default)]
pub(super) struct Region {
    zones: Vec<Zone>,
    end: u32,
    blocks: Vec<Block>,
}

impl Region {
    /// Lays out the rows from `start` on, whose comuni these are.
    pub fn new(start: usize, comuni: &[Comune], hot: &[Hot]) -> Self {
        let mut region = Self {
            end: number(start + comuni.len()),
            ..Self::default()
        };
        for (i, comune) in comuni.iter().enumerate() {
            if i == 0 || comuni[i - 1] != *comune {
                region.open(*comune, start + i, &hot[start + i]);
            }
        }
        region.zones.shrink_to_fit();
        region.blocks.shrink_to_fit();
        region
    }

    fn open(&mut self, comune: Comune, start: usize, longest: &Hot) {
        let lane = self.zones.len() % LANES;
        if lane == 0 {
            self.blocks.push(Block::EMPTY);
        }
        let block = self.blocks.last_mut().expect("one was just pushed");
        let direction = single(spots()[comune.index()].direction);
        [block.x[lane], block.y[lane], block.z[lane]] = direction;
        block.reach[lane] = chord(f64::from(longest.reach_km)) + BLUR;
        self.zones.push(Zone {
            comune,
            start: number(start),
        });
    }

    /// All its rows.
    pub fn rows(&self) -> Range<usize> {
        let start = self.zones.first().map_or(self.end, |zone| zone.start);
        start as usize..self.end as usize
    }

    fn zone_rows(&self, at: usize) -> Range<usize> {
        let end = self.zones.get(at + 1).map_or(self.end, |zone| zone.start);
        self.zones[at].start as usize..end as usize
    }

    /// Where the person of a row lives.
    pub fn home(&self, row: usize) -> Comune {
        let row = number(row);
        let after = self.zones.partition_point(|zone| zone.start <= row);
        self.zones[after - 1].comune
    }

    /// Shows `visit` every comune that somebody's reach, and so many kilometres
    /// more, may touch, with its rows; it may show one too many.
    pub fn near(&self, to: Comune, slack_km: u16, mut visit: impl FnMut(Comune, Range<usize>)) {
        let from = single(spots()[to.index()].direction);
        let slack = chord(f64::from(slack_km));
        for (at, block) in self.blocks.iter().enumerate() {
            let near = block.near(from, slack);
            if near == [false; LANES] {
                continue;
            }
            for (lane, near) in near.into_iter().enumerate() {
                if near {
                    let at = at * LANES + lane;
                    visit(self.zones[at].comune, self.zone_rows(at));
                }
            }
        }
    }

    pub fn bytes(&self) -> usize {
        self.zones.capacity() * size_of::<Zone>() + self.blocks.capacity() * size_of::<Block>()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is asked for"
)]
fn single(direction: [f64; 3]) -> [f32; 3] {
    direction.map(|x| x as f32)
}
