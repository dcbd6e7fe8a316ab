//! Randomness with a seed: the same seed gives the same world on every machine.

/// The day every random world lives on.
pub const TODAY: &str = "2026-11-23";

/// A plain generator (splitmix64): the same seed gives the same world.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 up to but not including `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % n as u64).unwrap()
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Some of these joined by `|`, now and then one twice.
    pub fn list(&mut self, from: &[&str], most: usize) -> String {
        let picked: Vec<&str> = (0..self.below(most + 1)).map(|_| self.pick(from)).collect();
        picked.join("|")
    }

    /// A day within the bounds around today, now and then on an edge of a rule.
    pub fn day(&mut self, before: usize, after: usize) -> String {
        const EDGES: [usize; 8] = [0, 1, 30, 31, 60, 61, 90, 180];
        let today: chrono::NaiveDate = TODAY.parse().unwrap();
        let edge = EDGES[self.below(EDGES.len())];
        let (back, forth) = match self.below(8) {
            0 if edge <= before => (edge, 0),
            1 if edge <= after => (0, edge),
            _ => (self.below(before + after + 1), after),
        };
        let day = today + chrono::Days::new(forth as u64) - chrono::Days::new(back as u64);
        day.to_string()
    }

    pub fn maybe(&mut self, percent: usize, value: impl FnOnce(&mut Self) -> String) -> String {
        if self.chance(percent) {
            value(self)
        } else {
            String::new()
        }
    }
}
