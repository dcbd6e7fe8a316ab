//! `PostgreSQL` as well as it can be laid out: a `GiST` of reach boxes for each kind
//! of work, and comuni joined laterally to workers by comune and reach. Generic
//! plans, one process, everything cached.

use std::fmt::Write as _;
use std::io::Write as _;

use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};

use crate::market::Market;
use crate::plain::{Found, Person};
use crate::sql::{COLUMNS, Dialect, Given, KINDS, Statement, Way, What, land, reach_box, row};

pub struct Postgres {
    client: Client,
}

/// Numbers 9, 10 and 14 are sets of up to 64 bits.
const WIDE: [usize; 3] = [9, 10, 14];

fn bits(week: &[u64; 6]) -> String {
    let bit = |slot: usize| {
        if week[slot / 64] >> (slot % 64) & 1 == 1 {
            '1'
        } else {
            '0'
        }
    };
    (0..336).map(bit).collect()
}

fn corners([west, east, south, north]: [i64; 4]) -> String {
    format!("({east},{north}),({west},{south})")
}

impl Postgres {
    pub fn new(market: &Market, people: &[Person], url: &str) -> Self {
        Self::open(market, people, url).expect("PostgreSQL takes the market")
    }

    fn open(market: &Market, people: &[Person], url: &str) -> Result<Self, postgres::Error> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("DROP DATABASE IF EXISTS dom_bench")?;
        client.batch_execute("CREATE DATABASE dom_bench")?;
        let url = url.replacen("/postgres?", "/dom_bench?", 1);
        let mut client = Client::connect(&url, NoTls)?;
        let kind = |name: &str| match name {
            "sk" | "langs" => "int8",
            _ => "int",
        };
        let columns = COLUMNS
            .map(|name| format!("{name} {}", kind(name)))
            .join(",");
        client.batch_execute(&format!(
            "SET client_min_messages=warning; SET max_parallel_workers_per_gather=0; SET jit=off;
             SET maintenance_work_mem='512MB'; SET work_mem='256MB';
             CREATE UNLOGGED TABLE w({columns},week bit(336),x float8,y float8,z float8,reach_box box);
             CREATE UNLOGGED TABLE extra(comune int,id int,PRIMARY KEY(comune,id));
             CREATE UNLOGGED TABLE com(id int PRIMARY KEY,land int,x float8,y float8,z float8,reach_box box);"
        ))?;
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by_key(|i| (people[*i].comune, std::cmp::Reverse(people[*i].reach_m)));
        let mut copy = std::io::BufWriter::new(client.copy_in("COPY w FROM STDIN")?);
        let mut named = String::new();
        for i in order {
            let one = &people[i];
            let numbers = row(i, one, &market.workers[i], land(one.comune));
            let numbers = numbers.map(|number| number.to_string()).join("\t");
            let [x, y, z] = one.comune.direction();
            let corners = corners(reach_box(one.comune, i64::from(one.reach_m) + 20_000));
            let week = bits(one.week.words());
            writeln!(copy, "{numbers}\t{week}\t{x}\t{y}\t{z}\t{corners}").expect("a row is sent");
            for comune in &one.aside.extra_comuni {
                writeln!(named, "{}\t{i}", comune.index()).expect("a text grows");
            }
        }
        copy.into_inner().ok().expect("all is sent").finish()?;
        let mut copy = client.copy_in("COPY extra FROM STDIN")?;
        copy.write_all(named.as_bytes()).expect("rows are sent");
        copy.finish()?;
        let mut longest = std::collections::BTreeMap::new();
        for one in people {
            let known = longest.entry(one.comune).or_insert(one.reach_m);
            *known = one.reach_m.max(*known);
        }
        let mut copy = client.copy_in("COPY com FROM STDIN")?;
        for (one, reach) in longest {
            let [x, y, z] = one.direction();
            let corners = corners(reach_box(one, i64::from(reach) + 20_000));
            let (id, land) = (one.index(), land(one));
            writeln!(copy, "{id}\t{land}\t{x}\t{y}\t{z}\t{corners}").expect("a row is sent");
        }
        copy.finish()?;
        for kind in KINDS {
            let bit = 1 << kind as u8;
            client.batch_execute(&format!(
                "CREATE INDEX ON w USING gist (reach_box) WHERE (arr & {bit})<>0;
                 CREATE INDEX ON w (comune,reach) WHERE (arr & {bit})<>0;"
            ))?;
        }
        client.batch_execute(
            "CREATE UNIQUE INDEX ON w (id); CREATE INDEX ON com USING gist (reach_box);
             CREATE UNLOGGED TABLE wr AS SELECT * FROM w WHERE reloc=1;",
        )?;
        for table in ["w", "wr", "extra", "com"] {
            client.batch_execute(&format!("VACUUM (ANALYZE) {table}"))?;
        }
        client.batch_execute(
            "SET plan_cache_mode=force_generic_plan; SET enable_seqscan=off;
             SET enable_hashjoin=off; SET enable_mergejoin=off;",
        )?;
        Ok(Self { client })
    }

    pub fn asker(&mut self, way: Way, what: What) -> Asker<'_> {
        let mut types = vec![Type::FLOAT8; 3];
        types.push(Type::TEXT);
        types.extend((5..=24).map(|number| {
            if WIDE.contains(&number) {
                Type::INT8
            } else {
                Type::INT4
            }
        }));
        let statements = KINDS.map(|kind| {
            let statement = Statement {
                dialect: Dialect::Postgres,
                way,
                what,
                kind,
            };
            let text = statement.text();
            (self.client.prepare_typed(&text, &types))
                .unwrap_or_else(|error| panic!("{error}: {text}"))
        });
        Asker {
            client: &mut self.client,
            statements,
        }
    }
}

pub struct Asker<'a> {
    client: &'a mut Client,
    statements: [postgres::Statement; 3],
}

impl Asker<'_> {
    pub fn ask(&mut self, kind: usize, given: &Given) -> Vec<Found> {
        let week = bits(&given.week);
        let narrow = given
            .numbers
            .map(|number| i32::try_from(number).unwrap_or(i32::MAX));
        let mut values: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(24);
        values.extend(given.place.iter().map(|one| one as &(dyn ToSql + Sync)));
        values.push(&week);
        for number in 5..=24 {
            values.push(if WIDE.contains(&number) {
                &given.numbers[number - 5]
            } else {
                &narrow[number - 5]
            });
        }
        let rows = self.client.query(&self.statements[kind], &values);
        let rows = rows.expect("PostgreSQL answers");
        let found = rows.iter().map(|row| {
            let number = |at: usize| row.get::<_, i32>(at);
            Found {
                number: usize::try_from(number(1)).expect("numbers from 0"),
                score: number(0).unsigned_abs(),
                past: (
                    number(2).unsigned_abs(),
                    Some(number(3)).filter(|day| *day > 0),
                ),
            }
        });
        found.collect()
    }
}
