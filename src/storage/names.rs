//! The words of people's names, kept beside their rows: who is looked for is also found
//! where the name was spelt otherwise. By an index on how words sound; how near a word
//! is to a name, `domain::likeness` says. Nothing but names is looked at.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{Condition, ConnectionTrait};

use super::error::StorageError;
use super::merges::People;
use crate::domain::likeness::{apart, distance, may_be_misspelt, name_words, near_sounds, sound};

/// People whom one look finds at the most.
const MOST_PEOPLE: u64 = 500;
/// Names that one word may stand for, the nearest.
const MOST_MEANT: usize = 40;
/// Words of one search; of more none is taken for misspelt.
const MOST_SOUGHT: usize = 8;
/// Rows that one statement writes.
const PIECE: usize = 5_000;

/// Table, and the column of whose names they are.
fn place(people: People) -> (&'static str, &'static str) {
    match people {
        People::Workers => ("worker_names", "worker_id"),
        People::Families => ("family_names", "family_id"),
    }
}

/// Writes down the names of people who have none yet.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    people: People,
    named: &[(i64, Vec<&str>)],
) -> Result<(), StorageError> {
    let (table, owner) = place(people);
    let mut rows = Vec::new();
    for (id, names) in named {
        rows.extend(name_words(names).into_iter().map(|word| (*id, word)));
    }
    for piece in rows.chunks(PIECE) {
        let mut insert = Query::insert();
        insert.into_table(table).columns([owner, "word", "sound"]);
        for (id, word) in piece {
            let heard = sound(word);
            insert.values_panic([Expr::val(*id), Expr::val(word.as_str()), Expr::val(heard)]);
        }
        db.execute(&insert).await?;
    }
    Ok(())
}

/// Writes down the names of people in place of those they had.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    people: People,
    named: &[(i64, Vec<&str>)],
) -> Result<(), StorageError> {
    let (table, owner) = place(people);
    for piece in named.chunks(PIECE) {
        let mut delete = Query::delete();
        delete
            .from_table(table)
            .and_where(Expr::col(owner).is_in(piece.iter().map(|(id, _)| *id)));
        db.execute(&delete).await?;
    }
    insert(db, people, named).await
}

/// Which of some folded words are words of anybody's name.
pub async fn among(
    db: &impl ConnectionTrait,
    words: &[String],
) -> Result<HashSet<String>, StorageError> {
    let mut named = HashSet::new();
    for piece in words.chunks(super::rows::CHUNK) {
        // Found by the index of sounds.
        let sounds: BTreeSet<String> = piece.iter().map(|word| sound(word)).collect();
        for people in [People::Workers, People::Families] {
            let (table, _) = place(people);
            let query = Query::select()
                .distinct()
                .column("word")
                .from(table)
                .and_where(Expr::col("sound").is_in(sounds.iter().cloned()))
                .and_where(Expr::col("word").is_in(piece.iter().map(String::as_str)))
                .take();
            for row in db.query_all(&query).await? {
                named.insert(row.try_get("", "word")?);
            }
        }
    }
    Ok(named)
}

/// The first of these folded words that is part of somebody's name here.
pub async fn name_among(
    db: &impl ConnectionTrait,
    words: &BTreeSet<String>,
) -> Result<Option<String>, StorageError> {
    // Found by the index of sounds.
    let sounds: BTreeSet<String> = words.iter().map(|word| sound(word)).collect();
    for people in [People::Workers, People::Families] {
        let (table, _) = place(people);
        let query = Query::select()
            .column("word")
            .from(table)
            .and_where(Expr::col("sound").is_in(sounds.iter().cloned()))
            .and_where(Expr::col("word").is_in(words.iter().cloned()))
            .limit(1)
            .to_owned();
        if let Some(row) = db.query_one(&query).await? {
            return Ok(Some(row.try_get("", "word")?));
        }
    }
    Ok(None)
}

/// Whom a search may have meant.
pub(super) struct Meant {
    sought: Vec<String>,
    /// By key.
    pub ids: Vec<i64>,
}

impl Meant {
    /// How far somebody is from what was sought: of these names, and with this search
    /// column. None where it is somebody else, or stands there as it was typed.
    pub fn apart(&self, names: &[&str], folded: &str) -> Option<usize> {
        let as_typed = |word: &String| folded.contains(word.as_str());
        if self.sought.iter().all(as_typed) {
            return None;
        }
        apart(&self.sought, &name_words(names), folded)
    }
}

/// A name that a word may stand for.
struct Name {
    word: String,
    apart: usize,
    /// How many people are called so.
    bearers: i64,
}

/// People whose names sound or are spelt nearly as these folded words; none where no word
/// can be misspelt. Two statements, however many words there are.
pub(super) async fn meant(
    db: &impl ConnectionTrait,
    people: People,
    words: &[String],
) -> Result<Meant, StorageError> {
    let sought = single(words);
    let mut ids = Vec::new();
    if let Some(query) = sought_by(db, people, &sought).await? {
        let (_, owner) = place(people);
        for row in db.query_all(&query).await? {
            ids.push(row.try_get("", owner)?);
        }
    }
    Ok(Meant { sought, ids })
}

/// Each word by itself; none where there are too many.
fn single(words: &[String]) -> Vec<String> {
    let all: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(' '))
        .map(str::to_owned)
        .collect();
    if all.len() > MOST_SOUGHT {
        return Vec::new();
    }
    all
}

/// What asks for those who were meant; none where nobody can have been.
async fn sought_by(
    db: &impl ConnectionTrait,
    people: People,
    sought: &[String],
) -> Result<Option<SelectStatement>, StorageError> {
    let spelt: Vec<&String> = sought.iter().filter(|word| may_be_misspelt(word)).collect();
    if spelt.is_empty() {
        return Ok(None);
    }
    let known = known(db, people, &spelt).await?;
    let each: Vec<(&String, Vec<Name>)> = spelt
        .into_iter()
        .map(|word| (word, nearest(word, &known)))
        .collect();
    // By the rarest the fewest people are looked at.
    let bearers = |names: &[Name]| names.iter().map(|name| name.bearers).sum::<i64>();
    let rarest = each
        .iter()
        .enumerate()
        .filter(|(_, (_, names))| !names.is_empty())
        .min_by_key(|(_, (_, names))| bearers(names))
        .map(|(at, _)| at);
    Ok(rarest.map(|rarest| called(people, &each, rarest)))
}

/// These folded words as the names of people here are spelt: each by the nearest name of a
/// worker or a family. None where that changes nothing.
pub async fn as_spelt_here(
    db: &impl ConnectionTrait,
    words: &[String],
) -> Result<Option<Vec<String>>, StorageError> {
    let parts = single(words);
    let sought: Vec<&String> = parts.iter().filter(|part| may_be_misspelt(part)).collect();
    if sought.is_empty() {
        return Ok(None);
    }
    let mut names = known(db, People::Workers, &sought).await?;
    names.extend(known(db, People::Families, &sought).await?);
    let here = |part: &str| {
        let stands = !may_be_misspelt(part) || names.keys().any(|name| name.contains(part));
        let nearest = if stands {
            None
        } else {
            nearest(part, &names).into_iter().next()
        };
        nearest.map_or_else(|| part.to_owned(), |name| name.word)
    };
    let meant: Vec<String> = words
        .iter()
        .map(|word| word.split(' ').map(here).collect::<Vec<_>>().join(" "))
        .collect();
    Ok(Some(meant).filter(|meant| meant != words))
}

/// The words of names that sound nearly like any of these, or begin so, and how many
/// people have each.
async fn known(
    db: &impl ConnectionTrait,
    people: People,
    sought: &[&String],
) -> Result<BTreeMap<String, i64>, StorageError> {
    let (table, _) = place(people);
    let words = |which: Condition| {
        Query::select()
            .column("word")
            .expr_as(Expr::col("word").count(), "bearers")
            .from(table)
            .cond_where(which)
            .group_by_col("word")
            .to_owned()
    };
    let near: BTreeSet<String> = sought.iter().flat_map(|word| near_sounds(word)).collect();
    let mut query = words(Condition::all().add(Expr::col("sound").is_in(near)));
    // Each a search of its own: of one with an OR a planner may make a scan.
    for word in sought {
        let from = sound(word);
        if let Some(until) = behind(&from) {
            let begins = Condition::all()
                .add(Expr::col("sound").gte(from))
                .add(Expr::col("sound").lt(until));
            query.union(UnionType::All, words(begins));
        }
    }
    let mut known = BTreeMap::new();
    for row in db.query_all(&query).await? {
        known.insert(row.try_get("", "word")?, row.try_get("", "bearers")?);
    }
    Ok(known)
}

/// The first text behind all that begin with a sound; none where it is too short to tell
/// people apart.
fn behind(sound: &str) -> Option<String> {
    let mut letters = sound.to_owned();
    let last = letters.pop().filter(|_| sound.len() > 2)?;
    let next = char::from_u32(u32::from(last) + 1)?;
    letters.push(next);
    Some(letters)
}

/// The nearest names to a word, and those hardly farther.
fn nearest(word: &str, known: &BTreeMap<String, i64>) -> Vec<Name> {
    let mut names: Vec<Name> = known
        .iter()
        .filter_map(|(name, bearers)| {
            distance(word, name).map(|apart| Name {
                word: name.clone(),
                apart,
                bearers: *bearers,
            })
        })
        .collect();
    names.sort_by(|a, b| (a.apart, &a.word).cmp(&(b.apart, &b.word)));
    let most = names.first().map_or(0, |name| name.apart + 1);
    names.retain(|name| name.apart <= most);
    names.truncate(MOST_MEANT);
    names
}

/// The keys of those who have one of the names of every word, the latest first: found by
/// the rarest word, and of the others looked at alone.
fn called(people: People, each: &[(&String, Vec<Name>)], rarest: usize) -> SelectStatement {
    let (table, owner) = place(people);
    let is_one_of = |of: &'static str, names: &[Name]| {
        let words = names.iter().map(|name| name.word.clone());
        Expr::col((of, "word")).is_in(words.collect::<Vec<_>>())
    };
    let mut query = Query::select()
        .distinct()
        .column(("named", owner))
        .from_as(table, "named")
        .order_by(("named", owner), sea_orm::Order::Desc)
        .limit(MOST_PEOPLE)
        .to_owned();
    for (at, (word, names)) in each.iter().enumerate() {
        if at == rarest {
            let sounds = names.iter().map(|name| sound(&name.word));
            let sounds = sounds.collect::<BTreeSet<_>>();
            query.and_where(Expr::col(("named", "sound")).is_in(sounds));
            query.and_where(is_one_of("named", names));
            continue;
        }
        let part = Expr::col(("other", "word")).like(format!("%{word}%"));
        let also = Query::select()
            .expr(Expr::val(1))
            .from_as(table, "other")
            .and_where(Expr::col(("other", owner)).eq(Expr::col(("named", owner))))
            .cond_where(Condition::any().add(is_one_of("other", names)).add(part))
            .to_owned();
        query.and_where(Expr::exists(also));
    }
    query
}

/// The rows of those who were meant, the nearest first; the names of a row are given by
/// `row`: its names, its search column, and what else it is sorted by.
pub(super) fn nearest_first<M>(
    meant: &Meant,
    rows: Vec<M>,
    most: usize,
    row: impl Fn(&M) -> (Vec<&str>, &str, &str),
) -> Vec<M> {
    let mut found: Vec<(usize, String, M)> = rows
        .into_iter()
        .filter_map(|one| {
            let (names, folded, order) = row(&one);
            let apart = meant.apart(&names, folded)?;
            let order = order.to_owned();
            Some((apart, order, one))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found.truncate(most);
    found.into_iter().map(|(_, _, one)| one).collect()
}
