//! `SQLite` as well as it can be laid out: an R*Tree of reach boxes, and a table
//! clustered by comune with the longest reach first. In memory of its own cache
//! and mapped; bit counts and distances by functions of ours.

use dom::domain::place::EARTH_RADIUS_M;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::market::Market;
use crate::plain::{Found, Person};
use crate::sql::{
    COLUMNS, Dialect, Given, KINDS, Statement, Way, What, land, reach_box, row, whole,
};

pub struct Sqlite {
    db: Connection,
}

fn blob(week: &[u64; 6]) -> Vec<u8> {
    week.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn words(blob: &[u8]) -> impl Iterator<Item = u64> {
    let (words, _) = blob.as_chunks::<8>();
    words.iter().map(|word| u64::from_le_bytes(*word))
}

fn functions(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_UTF8;
    db.create_scalar_function("pc", 2, flags, |given| {
        let (ValueRef::Blob(a), ValueRef::Blob(b)) = (given.get_raw(0), given.get_raw(1)) else {
            return Ok(0);
        };
        let both = words(a).zip(words(b));
        Ok(both.map(|(a, b)| i64::from((a & b).count_ones())).sum())
    })?;
    db.create_scalar_function("pc64", 1, flags, |given| {
        Ok(i64::from(given.get::<i64>(0)?.count_ones()))
    })?;
    #[expect(clippy::cast_possible_truncation)]
    db.create_scalar_function("metres", 6, flags, |given| {
        let part = |i: usize| Ok(given.get::<f64>(i)? - given.get::<f64>(i + 3)?);
        let parts: rusqlite::Result<Vec<f64>> = (0..3).map(part).collect();
        let chord = parts?.iter().map(|part| part * part).sum::<f64>().sqrt();
        let hundreds = 2.0 * EARTH_RADIUS_M * (chord / 2.0).asin() / 100.0 + 0.5;
        Ok(hundreds.floor() as i64 * 100)
    })
}

impl Sqlite {
    pub fn new(market: &Market, people: &[Person], file: &std::path::Path) -> Self {
        Self::open(market, people, file).expect("SQLite takes the market")
    }

    fn open(market: &Market, people: &[Person], file: &std::path::Path) -> rusqlite::Result<Self> {
        let mut db = Connection::open(file)?;
        db.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000;
             PRAGMA mmap_size=4294967296; PRAGMA temp_store=MEMORY;",
        )?;
        functions(&db)?;
        let columns = COLUMNS.map(|name| format!("{name} INT")).join(",");
        let keyed = columns.replacen("id INT", "id INTEGER PRIMARY KEY", 1);
        let fields = format!("{},week,x,y,z", COLUMNS.join(","));
        db.execute_batch(&format!(
            "CREATE TABLE w({keyed},week BLOB,x REAL,y REAL,z REAL);
             CREATE TABLE wz({columns},week BLOB,x REAL,y REAL,z REAL,
               PRIMARY KEY(comune,reach DESC,id)) WITHOUT ROWID;
             CREATE TABLE extra(comune INT,id INT,PRIMARY KEY(comune,id)) WITHOUT ROWID;
             CREATE TABLE com(id INTEGER PRIMARY KEY,land INT,x REAL,y REAL,z REAL);
             CREATE VIRTUAL TABLE reach USING rtree_i32(id,x0,x1,y0,y1);
             CREATE VIRTUAL TABLE creach USING rtree_i32(id,x0,x1,y0,y1);"
        ))?;
        let write = db.transaction()?;
        {
            let marks = vec!["?"; COLUMNS.len() + 4].join(",");
            let mut insert = write.prepare(&format!("INSERT INTO w VALUES({marks})"))?;
            let mut named = write.prepare("INSERT OR IGNORE INTO extra VALUES(?,?)")?;
            for (i, (one, stated)) in people.iter().zip(&market.workers).enumerate() {
                let numbers = row(i, one, stated, land(one.comune));
                let [x, y, z] = one.comune.direction();
                let values = numbers.into_iter().map(Value::from);
                let values = values.chain([blob(one.week.words()).into()]);
                let values = values.chain([x, y, z].map(Value::from));
                insert.execute(params_from_iter(values))?;
                for comune in &one.aside.extra_comuni {
                    named.execute((whole(comune.index()), whole(i)))?;
                }
            }
            let mut boxed = write.prepare("INSERT INTO reach VALUES(?,?,?,?,?)")?;
            let mut order: Vec<usize> = (0..people.len()).collect();
            // Neighbours beside each other pack the tree tighter.
            order.sort_by_cached_key(|i| {
                let [west, _, south, _] = reach_box(people[*i].comune, 0);
                (south / 50_000, west / 50_000)
            });
            for i in order {
                let one = &people[i];
                let [west, east, south, north] = reach_box(one.comune, i64::from(one.reach_m));
                boxed.execute((whole(i), west, east, south, north))?;
            }
            let mut longest = std::collections::BTreeMap::new();
            for one in people {
                let known = longest.entry(one.comune).or_insert(one.reach_m);
                *known = one.reach_m.max(*known);
            }
            let mut comune = write.prepare("INSERT INTO com VALUES(?,?,?,?,?)")?;
            let mut boxed = write.prepare("INSERT INTO creach VALUES(?,?,?,?,?)")?;
            for (one, reach) in longest {
                let [x, y, z] = one.direction();
                comune.execute((whole(one.index()), land(one), x, y, z))?;
                let [west, east, south, north] = reach_box(one, i64::from(reach) + 20_000);
                boxed.execute((whole(one.index()), west, east, south, north))?;
            }
        }
        write.execute_batch(&format!(
            "INSERT INTO wz SELECT {fields} FROM w ORDER BY comune,reach DESC,id;
             CREATE TABLE wr AS SELECT {fields} FROM w WHERE reloc=1;"
        ))?;
        write.commit()?;
        db.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(Self { db })
    }

    pub fn asker(&self, way: Way, what: What) -> Asker<'_> {
        let prepare = |kind| {
            let statement = Statement {
                dialect: Dialect::Sqlite,
                way,
                what,
                kind,
            };
            let text = statement.text();
            (self.db.prepare(&text)).unwrap_or_else(|error| panic!("{error}: {text}"))
        };
        Asker {
            statements: KINDS.map(prepare),
        }
    }
}

pub struct Asker<'a> {
    statements: [rusqlite::Statement<'a>; 3],
}

impl Asker<'_> {
    pub fn ask(&mut self, kind: usize, given: &Given) -> Vec<Found> {
        let statement = &mut self.statements[kind];
        let values = given.place.into_iter().map(Value::from);
        let values = values.chain([blob(&given.week).into()]);
        let values = values.chain(given.numbers.into_iter().map(Value::from));
        let values = values.take(statement.parameter_count());
        let found = statement.query_map(params_from_iter(values), |row| {
            let (number, last): (i64, i64) = (row.get(1)?, row.get(3)?);
            Ok(Found {
                number: usize::try_from(number).expect("numbers from 0"),
                score: row.get(0)?,
                past: (row.get(2)?, i32::try_from(last).ok().filter(|day| *day > 0)),
            })
        });
        let found: rusqlite::Result<Vec<Found>> = found.expect("it is asked").collect();
        found.expect("rows of numbers")
    }
}
