//! What a worker can do and which papers prove it: the closed lists of
//! `data/skills.csv` and `data/qualifications.csv`, as small sets of bits. A
//! code's number is its rank among the codes byte by byte, so that a set walks
//! its codes in ascending order. Numbers are never stored: codes are.

use std::sync::OnceLock;

use serde::Deserialize;

use super::reference;

#[derive(Deserialize)]
struct SkillRow {
    code: String,
    label_it: String,
    label_en: String,
    group: String,
    implies: String,
}

#[derive(Deserialize)]
struct QualificationRow {
    code: String,
    label_it: String,
    label_en: String,
    implies: String,
}

struct Table<Row> {
    rows: Vec<Row>,
    /// For each row the bits of all it implies, itself among them.
    closed: Vec<u64>,
}

/// What both tables say of an entry.
trait Entry {
    fn code(&self) -> &str;
    fn implies(&self) -> &str;
}

impl Entry for SkillRow {
    fn code(&self) -> &str {
        &self.code
    }
    fn implies(&self) -> &str {
        &self.implies
    }
}

impl Entry for QualificationRow {
    fn code(&self) -> &str {
        &self.code
    }
    fn implies(&self) -> &str {
        &self.implies
    }
}

impl<Row: Entry> Table<Row> {
    fn of(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|a, b| a.code().cmp(b.code()));
        assert!(rows.len() <= 64, "a set holds 64 codes");
        let mut table = Self {
            closed: Vec::new(),
            rows,
        };
        table.closed = (0..table.rows.len()).map(|i| table.reached(i)).collect();
        table
    }

    fn find(&self, code: &str) -> Option<usize> {
        self.rows.binary_search_by(|r| r.code().cmp(code)).ok()
    }

    fn reached(&self, from: usize) -> u64 {
        let (mut seen, mut open) = (0u64, vec![from]);
        while let Some(i) = open.pop() {
            if seen >> i & 1 == 0 {
                seen |= 1 << i;
                let implied = reference::list(self.rows[i].implies());
                open.extend(implied.map(|code| self.find(code).expect("implied codes exist")));
            }
        }
        seen
    }
}

fn skills() -> &'static Table<SkillRow> {
    static TABLE: OnceLock<Table<SkillRow>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../data/skills.csv");
        let table = Table::of(reference::table("skills.csv", text));
        assert!(table.rows.len() <= 48, "a set of skills is 48 bits");
        table
    })
}

fn qualifications() -> &'static Table<QualificationRow> {
    static TABLE: OnceLock<Table<QualificationRow>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../data/qualifications.csv");
        let table = Table::of(reference::table("qualifications.csv", text));
        assert!(table.rows.len() <= 16, "a set of qualifications is 16 bits");
        table
    })
}

macro_rules! coded {
    ($one:ident, $set:ident, $bits:ty, $table:ident) => {
        impl $one {
            /// Every code, ascending byte by byte.
            pub fn all() -> impl Iterator<Item = Self> {
                (0u8..).map(Self).take($table().rows.len())
            }

            pub fn by_code(code: &str) -> Option<Self> {
                let i = $table().find(code)?;
                Some(Self(u8::try_from(i).expect("tables are short")))
            }

            pub fn code(self) -> &'static str {
                &$table().rows[usize::from(self.0)].code
            }

            pub fn label_it(self) -> &'static str {
                &$table().rows[usize::from(self.0)].label_it
            }

            pub fn label_en(self) -> &'static str {
                &$table().rows[usize::from(self.0)].label_en
            }
        }

        impl std::fmt::Debug for $one {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl $set {
            pub const EMPTY: Self = Self(0);

            /// One bit a code, the first code in the lowest bit.
            pub fn bits(self) -> $bits {
                self.0
            }

            /// The reverse of [`Self::bits`]; bits without a code are dropped.
            pub fn from_bits(bits: $bits) -> Self {
                $one::all().filter(|one| bits >> one.0 & 1 == 1).collect()
            }

            pub fn insert(&mut self, one: $one) {
                self.0 |= 1 << one.0;
            }

            pub fn contains(self, one: $one) -> bool {
                self.0 >> one.0 & 1 == 1
            }

            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            pub fn len(self) -> u32 {
                self.0.count_ones()
            }

            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            #[must_use]
            pub fn or(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            #[must_use]
            pub fn minus(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// With everything its members imply.
            #[must_use]
            pub fn closed(self) -> Self {
                let closed = &$table().closed;
                let bits = self
                    .iter()
                    .fold(0, |all, one| all | closed[usize::from(one.0)]);
                Self(<$bits>::try_from(bits).expect("the table fits the set"))
            }

            /// Its members, their codes ascending byte by byte.
            pub fn iter(self) -> impl Iterator<Item = $one> {
                (0..u8::try_from(<$bits>::BITS).expect("at most 64 bits"))
                    .filter(move |i| self.0 >> i & 1 == 1)
                    .map($one)
            }

            /// The codes of its members, ascending byte by byte.
            pub fn codes(self) -> impl Iterator<Item = &'static str> {
                self.iter().map($one::code)
            }
        }

        impl FromIterator<$one> for $set {
            fn from_iter<I: IntoIterator<Item = $one>>(members: I) -> Self {
                let mut set = Self::EMPTY;
                for one in members {
                    set.insert(one);
                }
                set
            }
        }

        /// The codes joined by `|`, as the files write a list.
        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                for (i, code) in self.codes().enumerate() {
                    write!(f, "{}{code}", if i == 0 { "" } else { "|" })?;
                }
                Ok(())
            }
        }

        impl std::fmt::Debug for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{{{self}}}")
            }
        }
    };
}

/// One skill of `data/skills.csv`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill(u8);

/// A set of skills.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SkillSet(u64);

coded!(Skill, SkillSet, u64, skills);

impl Skill {
    /// `personal_care`, `health_related_support`, `household`, `mobility` or
    /// `childcare`.
    pub fn group(self) -> &'static str {
        &skills().rows[usize::from(self.0)].group
    }
}

/// One qualification of `data/qualifications.csv`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qualification(u8);

/// A set of qualifications.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct QualificationSet(u16);

coded!(Qualification, QualificationSet, u16, qualifications);
