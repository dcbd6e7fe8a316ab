//! The rules as one statement, for three dialects: what a worker is tested for,
//! what the score is, and where candidates come from. A worker is a row of whole
//! numbers, made ready as well as the engine's are: sets as bits, days as numbers,
//! introductions counted. Only what can stand in the first bands is given back.

use dom::domain::contract::Arrangement;
use dom::domain::language::{Language, Languages};
use dom::domain::money::Cents;
use dom::domain::permit::PermitType;
use dom::domain::place::{Comune, EARTH_RADIUS_M};
use dom::matching::{Need, PoolWorker};

use crate::market::TONGUES;
use crate::plain::{Asked, Person};

/// Whole numbers of a worker, in the order of [`row`].
pub const COLUMNS: [&str; 23] = [
    "id", "comune", "land", "reach", "arr", "reloc", "sk", "quals", "italian", "langs", "afrom",
    "title", "until", "cap", "ph", "pm", "accr", "sex", "conf", "exp", "recent", "lastday", "auth",
];
const NO_DAY: i64 = -10_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
    Duckdb,
}

/// Where candidates are looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Boxes of reach around each worker.
    Boxes,
    /// Comuni whose longest reach touches, then their workers by reach.
    Comuni,
    /// Everybody.
    Scan,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Fits,
    NearMisses,
}

pub const KINDS: [Arrangement; 3] = Arrangement::ALL;

pub fn whole(number: usize) -> i64 {
    i64::try_from(number).expect("a number that databases can hold")
}

pub fn land(comune: Comune) -> i64 {
    let first = Comune::all().find(|one| one.landmass() == comune.landmass());
    whole(first.unwrap().index())
}

/// A bit each tongue and level that is reached.
fn tongues(languages: &Languages, all_below: bool) -> i64 {
    let mut bits = 0i64;
    for (i, code) in TONGUES.iter().enumerate() {
        let level = languages.level(Language::by_code(code).unwrap());
        let rank = level.map_or(0, |level| usize::from(level.rank()));
        for at in if all_below { 1 } else { rank }..=rank {
            if at > 0 {
                bits |= 1 << (i * 6 + at - 1);
            }
        }
    }
    bits
}

pub fn row(id: usize, one: &Person, stated: &PoolWorker, land: i64) -> [i64; 23] {
    let arrangements = KINDS
        .into_iter()
        .filter(|kind| one.arrangements.contains(*kind));
    let cents = |least: Option<u32>| least.map_or(-1, i64::from);
    let dated = stated.permit_type.is_some_and(PermitType::needs_expiry) && !stated.renewal_receipt;
    [
        whole(id),
        whole(one.comune.index()),
        land,
        i64::from(one.reach_m),
        arrangements.map(|kind| 1 << kind as i64).sum(),
        i64::from(one.relocates),
        one.skills.bits().cast_signed(),
        i64::from(one.qualifications.bits()),
        i64::from(one.italian),
        tongues(&one.aside.languages, true),
        i64::from(one.available_from).max(NO_DAY),
        if !one.allowed {
            0
        } else if dated {
            2
        } else {
            1
        },
        one.permit_until.map_or(NO_DAY, i64::from),
        one.cap.map_or(1_000_000, i64::from),
        cents(one.min_pay_hour),
        cents(one.min_pay_month),
        one.accreditation as i64,
        one.sex as i64,
        one.confirmed_on.map_or(NO_DAY, i64::from),
        i64::from(one.experience),
        i64::from(one.past.0),
        one.past.1.map_or(NO_DAY, i64::from),
        i64::from(one.authorised_on),
    ]
}

/// Hundred-thousandths of a degree: longitude, latitude.
#[expect(clippy::cast_possible_truncation)]
pub fn degrees(comune: Comune) -> (i64, i64) {
    let [x, y, z] = comune.direction();
    let steps = |radians: f64| (radians.to_degrees() * 1e5).round() as i64;
    (steps(y.atan2(x)), steps(z.asin()))
}

/// Every point within so many metres lies in it: west, east, south, north.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub fn reach_box(comune: Comune, metres: i64) -> [i64; 4] {
    let (lon, lat) = degrees(comune);
    let angle = (metres as f64 + 200.0) / EARTH_RADIUS_M;
    let high = (angle.to_degrees() * 1e5).ceil() as i64;
    let far = (lat as f64 / 1e5).to_radians().cos();
    let wide = ((angle.sin() / far).min(1.0).asin().to_degrees() * 1e5).ceil() as i64;
    [lon - wide, lon + wide, lat - high, lat + high]
}

/// What a statement is given, by number from 1: the place as three real numbers,
/// the week, and 20 whole numbers.
pub struct Given {
    pub place: [f64; 3],
    pub week: [u64; 6],
    /// Numbers 5 to 24.
    pub numbers: [i64; 20],
}

impl Given {
    pub fn new(need: &Need, asked: &Asked) -> Self {
        let fields = need.fields();
        let cents = |offer: Option<Cents>| offer.map_or(-1, |offer| i64::from(offer.cents()));
        let (lon, lat) = degrees(fields.comune);
        Self {
            place: fields.comune.direction(),
            week: *fields.schedule.words(),
            numbers: [
                whole(fields.comune.index()),
                land(fields.comune),
                i64::from(asked.needed),
                i64::from(asked.target),
                fields.required_skills.bits().cast_signed(),
                fields.preferred_skills.bits().cast_signed(),
                i64::from(fields.preferred_skills.len()),
                i64::from(fields.required_qualifications.bits()),
                i64::from(asked.italian),
                tongues(&fields.required_languages, false),
                i64::from(asked.day),
                i64::from(asked.today),
                cents(fields.max_pay_hour),
                cents(fields.max_pay_month),
                i64::from(fields.public_contribution),
                fields.worker_sex.map_or(-1, |sex| sex as i64),
                i64::from(asked.weekly_limit.min(1_000_000)),
                lon,
                lat,
                0,
            ],
        }
    }
}

/// One statement for one kind of work.
pub struct Statement {
    pub dialect: Dialect,
    pub way: Way,
    pub what: What,
    pub kind: Arrangement,
}

impl Statement {
    fn live_in(&self) -> bool {
        self.kind == Arrangement::LiveIn
    }

    fn p(&self, number: usize) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("?{number}"),
            Dialect::Postgres => format!("${number}"),
            Dialect::Duckdb => format!("{{{number}}}"),
        }
    }

    fn least(&self, a: &str, b: &str) -> String {
        let name = if self.dialect == Dialect::Sqlite {
            "min"
        } else {
            "least"
        };
        format!("{name}({a},{b})")
    }

    fn over(&self, a: &str, b: &str) -> String {
        let sign = if self.dialect == Dialect::Duckdb {
            "//"
        } else {
            "/"
        };
        format!("({a}){sign}{b}")
    }

    fn bits(&self, of: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("pc64({of})"),
            Dialect::Postgres => format!("bit_count(({of})::bit(64))::int"),
            Dialect::Duckdb => format!("CAST(bit_count({of}) AS INTEGER)"),
        }
    }

    fn covered(&self) -> String {
        match self.dialect {
            Dialect::Sqlite => "pc(w.week,?4)".to_owned(),
            Dialect::Postgres => "bit_count(w.week & ($4::text)::bit(336))::int".to_owned(),
            Dialect::Duckdb => {
                let word = |i| format!("CAST(bit_count(w.w{i} & {{w{i}}}::UBIGINT) AS INTEGER)");
                format!("({})", (0..6).map(word).collect::<Vec<_>>().join("+"))
            }
        }
    }

    fn metres(&self, of: &str) -> String {
        let (x, y, z) = (self.p(1), self.p(2), self.p(3));
        if self.dialect == Dialect::Sqlite {
            return format!("metres({of}.x,{of}.y,{of}.z,{x},{y},{z})");
        }
        let part = |axis: &str, p: &str| format!("({of}.{axis}-{p})*({of}.{axis}-{p})");
        let sum = [part("x", &x), part("y", &y), part("z", &z)].join("+");
        format!("CAST(floor(2*{EARTH_RADIUS_M}*asin(sqrt({sum})/2)/100+0.5)*100 AS INTEGER)")
    }

    fn pay(&self) -> String {
        let (hour, month) = (self.p(17), self.p(18));
        let by_hour = format!("({hour}<0 OR w.ph<={hour})");
        let by_month = format!("({month}<0 OR w.pm<={month})");
        match self.kind {
            Arrangement::Hourly => by_hour,
            Arrangement::LiveIn => by_month,
            Arrangement::Night => {
                format!("CASE WHEN w.pm>=0 AND {month}>=0 THEN w.pm<={month} ELSE {by_hour} END")
            }
        }
    }

    fn score(&self, metres: &str) -> String {
        let coverage = if self.live_in() {
            "1000".to_owned()
        } else {
            let usable = self.least(&self.covered(), &self.least("w.cap", &self.p(21)));
            self.over(&format!("{usable}*1000"), &self.p(7))
        };
        let held = self.bits(&format!("w.sk & {}", self.p(10)));
        let skills = self.over(&format!("{held}*1000"), &self.p(11));
        let distance = self.over(&self.least(metres, "40000"), "40");
        let italian = self.least("w.italian", &self.p(13));
        let italian = self.over(&format!("{italian}*1000"), &self.p(13));
        let days = format!("({}-w.conf)", self.p(16));
        let fresh = self.over(&format!("(180-{days})*1000"), "150");
        format!(
            "40*({coverage})+20*(CASE WHEN {}=0 THEN 1000 ELSE {skills} END)+15*(1000-{distance})\
             +10*(CASE WHEN {}=0 THEN 1000 ELSE {italian} END)+1000*w.exp\
             +5*(CASE WHEN {days}>=180 THEN 0 WHEN {days}<=30 THEN 1000 ELSE {fresh} END)",
            self.p(11),
            self.p(13),
        )
    }

    fn permit(&self) -> String {
        format!("(w.title=1 OR (w.title=2 AND w.until>={}))", self.p(15))
    }

    /// Every rule but that of the area, which the source of candidates sees to.
    fn passes(&self) -> String {
        let p = |n| self.p(n);
        let mut rules = vec![
            format!("w.auth<={}", p(16)),
            format!("(w.arr & {})<>0", 1 << self.kind as u8),
            format!("(w.sk & {0})={0}", p(9)),
            format!("w.italian>={}", p(13)),
            format!("w.afrom<={}", p(15)),
            format!("w.cap>={0} AND {0}<={1}", p(8), p(21)),
            self.permit(),
            self.pay(),
            format!("({0}=0 OR (w.quals & {0})<>0)", p(12)),
            format!("(w.langs & {0})={0}", p(14)),
            format!("({}=0 OR w.accr=2)", p(19)),
            format!("({0}<0 OR w.sex={0})", p(20)),
        ];
        if !self.live_in() {
            rules.push(format!("{}>={}", self.covered(), p(8)));
        }
        rules.join(" AND ")
    }

    /// Rules failed, narrowly counting one and otherwise two, must come to one.
    fn nearly(&self, area: &str) -> String {
        let p = |n| self.p(n);
        let case = |passes: &str, nearly: &str| {
            format!("(CASE WHEN {passes} THEN 0 WHEN {nearly} THEN 1 ELSE 2 END)")
        };
        let cap = self.least("w.cap", &p(21));
        let day = p(15);
        let two = |of: &str| self.least(of, "2");
        let mut rules = vec![
            area.to_owned(),
            two(&self.bits(&format!("{} & ~w.sk", p(9)))),
            two(&format!(
                "((CASE WHEN w.italian<{} THEN 1 ELSE 0 END)+{})",
                p(13),
                self.bits(&format!("{} & ~w.langs", p(14)))
            )),
            case(&format!("w.afrom<={day}"), &format!("w.afrom-{day}<=60")),
            case(
                &self.permit(),
                &format!("w.title=2 AND w.until>{NO_DAY} AND {day}-w.until<=60"),
            ),
            case(&format!("{cap}>={}", p(8)), &format!("{}-{cap}<=20", p(8))),
            case(&self.pay(), "1=1"),
            case(&format!("{0}=0 OR (w.quals & {0})<>0", p(12)), "1=1"),
            case(&format!("{}=0 OR w.accr=2", p(19)), "w.accr=1"),
        ];
        if !self.live_in() {
            let covered = self.covered();
            rules.push(case(
                &format!("{covered}>={}", p(8)),
                &format!("2*{covered}>={}", p(7)),
            ));
        }
        format!(
            "w.auth<={} AND (w.arr & {})<>0 AND ({2}<0 OR w.sex={2}) AND ({3})=1",
            p(16),
            1 << self.kind as u8,
            p(20),
            rules.join("+")
        )
    }

    fn select(&self, from: &str, metres: &str, condition: &str) -> String {
        format!(
            "SELECT {} AS s,w.id AS id,w.recent AS recent,w.lastday AS lastday FROM {from} WHERE {condition}",
            self.score(metres)
        )
    }

    fn rules(&self, area: &str) -> String {
        match self.what {
            What::Fits => self.passes(),
            What::NearMisses => self.nearly(area),
        }
    }

    /// Whoever lives in reach, or nearly.
    fn in_reach(&self) -> String {
        let stays = if self.live_in() { " AND w.reloc=0" } else { "" };
        let slack = if self.what == What::NearMisses {
            20_000
        } else {
            0
        };
        let metres = match self.way {
            Way::Comuni => "k.d".to_owned(),
            Way::Boxes | Way::Scan => self.metres("w"),
        };
        let area = format!("(CASE WHEN w.reach>={metres} THEN 0 ELSE 1 END)");
        // Who named the comune is found by the list of those who did.
        let unnamed = if slack > 0 {
            format!(
                " AND (w.reach>={metres} OR NOT EXISTS (SELECT 1 FROM extra e WHERE e.comune={} AND e.id=w.id))",
                self.p(5)
            )
        } else {
            String::new()
        };
        let rules = format!("{}{stays}{unnamed}", self.rules(&area));
        match (self.way, self.dialect) {
            (Way::Comuni, Dialect::Postgres) => self.select(
                &format!("k CROSS JOIN LATERAL (SELECT * FROM w WHERE w.comune=k.id AND w.reach>=k.d-{slack} AND {rules} OFFSET 0) w"),
                &metres,
                "true",
            ),
            (Way::Comuni, _) => self.select(
                "k CROSS JOIN wz w ON w.comune=k.id",
                &metres,
                &format!("w.reach>=k.d-{slack} AND {rules}"),
            ),
            (_, Dialect::Postgres) => self.select(
                "w",
                &metres,
                &format!(
                    "w.reach_box @> box(point({0},{1}),point({0},{1})) AND w.land={2} AND {rules} AND w.reach>={metres}",
                    self.p(22), self.p(23), self.p(6)
                ),
            ),
            _ => self.select(
                "reach r CROSS JOIN w ON w.id=r.id",
                &metres,
                &format!(
                    "r.x0<={0} AND r.x1>={0} AND r.y0<={1} AND r.y1>={1} AND w.land={2} AND {rules} AND w.reach>={metres}",
                    self.p(22), self.p(23), self.p(6)
                ),
            ),
        }
    }

    fn text_of_all(&self) -> String {
        let metres = self.metres("w");
        let (comune, land) = (self.p(5), self.p(6));
        let anywhere = if self.live_in() { "OR w.reloc=1 " } else { "" };
        let area = format!(
            "((w.land={land} AND {metres}<=w.reach) OR w.comune={comune} {anywhere}\
             OR w.id IN (SELECT id FROM extra WHERE comune={comune}))"
        );
        let counted = if self.live_in() {
            format!("(CASE WHEN w.reloc=1 THEN 0 ELSE {metres} END)")
        } else {
            metres.clone()
        };
        match self.what {
            What::Fits => self.select("w", &counted, &format!("{} AND {area}", self.passes())),
            What::NearMisses => {
                let case = format!(
                    "(CASE WHEN {area} THEN 0 WHEN w.land={land} AND {metres}<=w.reach+20000 THEN 1 ELSE 2 END)"
                );
                self.select("w", &counted, &self.nearly(&case))
            }
        }
    }

    pub fn text(&self) -> String {
        let (comune, land) = (self.p(5), self.p(6));
        let found = if self.way == Way::Scan {
            self.text_of_all()
        } else {
            let stays = if self.live_in() { " AND w.reloc=0" } else { "" };
            let metres = self.metres("w");
            let named = self.select(
                "extra e CROSS JOIN w",
                &metres,
                &format!(
                    "w.id=e.id AND e.comune={comune} AND NOT (w.comune={comune} OR (w.land={land} AND {metres}<=w.reach)){stays} AND {}",
                    self.rules("0")
                ),
            );
            let mut found = format!("{} UNION ALL {named}", self.in_reach());
            if self.live_in() {
                let movers = self.select("wr w", "0", &self.rules("0"));
                found = format!("{found} UNION ALL {movers}");
            }
            found
        };
        let near = match (self.way, self.dialect) {
            (Way::Comuni, Dialect::Postgres) => format!(
                "k AS MATERIALIZED (SELECT com.id AS id,{} AS d FROM com WHERE com.reach_box @> box(point({1},{2}),point({1},{2})) AND com.land={land}),",
                self.metres("com"),
                self.p(22),
                self.p(23)
            ),
            (Way::Comuni, _) => format!(
                "k AS MATERIALIZED (SELECT com.id AS id,{} AS d FROM creach r CROSS JOIN com ON com.id=r.id WHERE r.x0<={1} AND r.x1>={1} AND r.y0<={2} AND r.y1>={2} AND com.land={land}),",
                self.metres("com"),
                self.p(22),
                self.p(23)
            ),
            _ => String::new(),
        };
        let last = if self.what == What::Fits {
            crate::FITS
        } else {
            crate::NEAR
        } - 1;
        format!(
            "WITH {near} f AS MATERIALIZED ({found}) SELECT s,id,recent,lastday FROM f \
             WHERE s>=coalesce((SELECT s FROM f ORDER BY s DESC LIMIT 1 OFFSET {last}),0)-3000"
        )
    }
}
