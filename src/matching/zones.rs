//! Where people live: distances worked out fast, and workers laid out so that a
//! search visits only those whose reach may touch it. Invariant: a distance is
//! the one of [`place::distance_m`], to the metre.

use std::ops::Range;
use std::sync::OnceLock;

use super::columns::{Hot, number};
use crate::domain::place::{self, Comune, EARTH_RADIUS_M};

/// Comuni looked at together.
const LANES: usize = 8;
/// Blocks passed over together.
const BALL: usize = 8;
/// A reach that touches everything.
const WHOLE_EARTH: f32 = 3.0;
/// What rounding to 100 m and single precision may add, as a chord: 127 m.
const BLUR: f32 = 2e-5;

/// A comune as distances see it.
#[derive(Debug, Clone, Copy)]
struct Spot {
    direction: [f64; 3],
    comune: Comune,
    /// Which island or mainland.
    landmass: u8,
}

/// All comuni in an order that keeps neighbours together, so that whoever looks at
/// people in the order they are laid out in reads them one behind the other.
struct Map {
    spots: Vec<Spot>,
    /// By the comune's index.
    ranks: Vec<u16>,
}

impl Map {
    fn new() -> Self {
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
                    comune,
                    landmass: u8::try_from(landmass).expect("Italy has few islands"),
                }
            })
            .collect();
        spots.sort_by_cached_key(|spot| curve(spot.direction));
        let mut ranks = vec![0; spots.len()];
        for (rank, spot) in spots.iter().enumerate() {
            let rank = u16::try_from(rank).expect("Italy has fewer than 65,536 comuni");
            ranks[spot.comune.index()] = rank;
        }
        Self { spots, ranks }
    }

    fn spot(&self, comune: Comune) -> &Spot {
        &self.spots[usize::from(self.ranks[comune.index()])]
    }
}

fn map() -> &'static Map {
    static MAP: OnceLock<Map> = OnceLock::new();
    MAP.get_or_init(Map::new)
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

/// A comune's place in the order of the map.
pub(super) fn rank(comune: Comune) -> u16 {
    map().ranks[comune.index()]
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
    between(map().spot(from), map().spot(to))
}

#[inline]
fn between(from: &Spot, to: &Spot) -> Ground {
    Ground {
        distance_m: if from.comune == to.comune {
            0
        } else {
            metres(from.direction, to.direction)
                .unwrap_or_else(|| place::distance_m(from.comune, to.comune))
        },
        sea: from.landmass != to.landmass,
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
    /// A chord of 318 km, up to which its beginning is.
    const SHORT_SQUARED: f64 = 0.05 * 0.05;
    /// A centimetre, in hundreds of metres.
    const CLOSE: f64 = 1e-4;
    let square: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
    // 2 asin(c/2), as a series in the square of c.
    let rest = if square <= SHORT_SQUARED {
        5.0 / 7_168.0
    } else if square <= LONGEST_SQUARED {
        5.0 / 7_168.0 + square * (35.0 / 294_912.0 + square * 63.0 / 2_883_584.0)
    } else {
        return None;
    };
    let bend = 1.0 + square * (1.0 / 24.0 + square * (3.0 / 640.0 + square * rest));
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

    /// A byte a lane: not 0 where it may be reached and lies in the ring.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    #[inline]
    fn near(&self, from: [f32; 3], ring: &Ring) -> u64 {
        let mut near = [0; LANES];
        for (lane, near) in near.iter_mut().enumerate() {
            let x = self.x[lane] - from[0];
            let y = self.y[lane] - from[1];
            let z = self.z[lane] - from[2];
            let reach = (self.reach[lane] + ring.slack).min(ring.within);
            let square = x * x + y * y + z * z;
            *near = u8::from((square <= reach * reach) & (square > ring.beyond_squared));
        }
        u64::from_le_bytes(near)
    }
}

/// Neighbouring blocks as a ball, so that most are passed over together.
#[derive(Debug, Clone)]
struct Ball {
    centre: [f32; 3],
    /// To the furthest comune.
    radius: f32,
    /// The longest reach of those who live there.
    reach: f32,
}

impl Ball {
    #[expect(clippy::cast_precision_loss, reason = "at most 64 comuni")]
    fn around(blocks: &[Block], comuni: usize) -> Self {
        let lanes = || {
            let lane = |i: usize| {
                let (block, lane) = (&blocks[i / LANES], i % LANES);
                let at = [block.x[lane], block.y[lane], block.z[lane]];
                (at, block.reach[lane])
            };
            (0..comuni).map(lane)
        };
        let axis = |axis: usize| lanes().map(|(at, _)| at[axis]).sum::<f32>() / comuni as f32;
        let centre = std::array::from_fn(axis);
        Self {
            centre,
            radius: (lanes().map(|(at, _)| square(at, centre).sqrt())).fold(0.0, f32::max) + BLUR,
            reach: lanes().map(|(_, reach)| reach).fold(0.0, f32::max),
        }
    }

    fn near(&self, from: [f32; 3], ring: &Ring) -> bool {
        let reach = (self.reach + ring.slack).min(ring.within) + self.radius;
        square(self.centre, from) <= reach * reach
    }
}

fn square(a: [f32; 3], b: [f32; 3]) -> f32 {
    let axis = |axis: usize| (a[axis] - b[axis]) * (a[axis] - b[axis]);
    axis(0) + axis(1) + axis(2)
}

/// How far from a request comuni are looked at; as chords.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ring {
    /// Added to everybody's reach.
    slack: f32,
    beyond_squared: f32,
    within: f32,
}

impl Ring {
    /// Everywhere, to people whose reach ends so many kilometres before.
    pub fn everywhere(slack_km: u16) -> Self {
        Self {
            slack: chord(f64::from(slack_km)),
            beyond_squared: -1.0,
            within: 2.0 * WHOLE_EARTH,
        }
    }

    /// Cut in two: what lies around the request, and the rest.
    pub fn cut(self, km: u16) -> [Self; 2] {
        let within = chord(f64::from(km));
        let inner = Self { within, ..self };
        let outer = Self {
            beyond_squared: within * within,
            ..self
        };
        [inner, outer]
    }

    /// To people in reach alone.
    pub fn without_slack(self) -> Self {
        Self { slack: 0.0, ..self }
    }

    /// Only as far as this. It may be a little further.
    pub fn within(self, km: u32) -> Self {
        Self {
            within: chord(f64::from(km)) + BLUR,
            ..self
        }
    }
}

/// The people of one comune that lies so far from a request.
#[derive(Debug)]
pub(super) struct Nearby {
    pub distance_m: u32,
    /// At least one; the longest reach first.
    pub rows: Range<usize>,
}

/// The people of one comune, a run of rows.
#[derive(Debug, Clone, Copy)]
struct Zone {
    /// Of its comune.
    rank: u16,
    start: u32,
}

/// A stretch of rows laid out by comune, in each the longest reach first.
#[derive(Debug, Clone, Default)]
pub(super) struct Region {
    zones: Vec<Zone>,
    end: u32,
    blocks: Vec<Block>,
    balls: Vec<Ball>,
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
        let comuni = |at: usize| (region.zones.len() - at * BALL * LANES).min(BALL * LANES);
        region.balls = (region.blocks.chunks(BALL).enumerate())
            .map(|(at, blocks)| Ball::around(blocks, comuni(at)))
            .collect();
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
        let rank = rank(comune);
        let direction = single(map().spots[usize::from(rank)].direction);
        [block.x[lane], block.y[lane], block.z[lane]] = direction;
        block.reach[lane] = chord(f64::from(longest.reach_km)) + BLUR;
        self.zones.push(Zone {
            rank,
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
        map().spots[usize::from(self.zones[after - 1].rank)].comune
    }

    /// Shows `visit` the rows of every comune, with what lies between it and the request's.
    pub fn each(&self, to: Comune, mut visit: impl FnMut(Ground, Range<usize>)) {
        let map = map();
        let to = map.spot(to);
        for (at, zone) in self.zones.iter().enumerate() {
            let ground = between(&map.spots[usize::from(zone.rank)], to);
            visit(ground, self.zone_rows(at));
        }
    }

    /// Shows `visit` every comune of a ring on the request's landmass that somebody's
    /// reach may touch; it may show one too many.
    #[inline]
    pub fn near(&self, to: Comune, ring: &Ring, mut visit: impl FnMut(Nearby)) {
        let map = map();
        let to = map.spot(to);
        let from = single(to.direction);
        let balls = self.balls.iter().enumerate();
        for (ball, _) in balls.filter(|(_, ball)| ball.near(from, ring)) {
            let first = ball * BALL;
            for (at, block) in self.blocks[first..].iter().take(BALL).enumerate() {
                let mut near = block.near(from, ring);
                while near != 0 {
                    let lane = near.trailing_zeros() as usize / 8;
                    near &= near - 1;
                    let at = (first + at) * LANES + lane;
                    let spot = &map.spots[usize::from(self.zones[at].rank)];
                    let Ground { distance_m, sea } = between(spot, to);
                    if !sea {
                        let rows = self.zone_rows(at);
                        visit(Nearby { distance_m, rows });
                    }
                }
            }
        }
    }

    pub fn bytes(&self) -> usize {
        self.zones.capacity() * size_of::<Zone>()
            + self.blocks.capacity() * size_of::<Block>()
            + self.balls.capacity() * size_of::<Ball>()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is asked for"
)]
fn single(direction: [f64; 3]) -> [f32; 3] {
    direction.map(|x| x as f32)
}
