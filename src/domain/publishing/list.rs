//! The fixed list of public tables, with the threshold of each. Where a table
//! comes from is said by its code; its words are in the catalogues.

use super::withhold::Sums;

/// The row of those that say nothing, in a table whose rows add up.
pub const NOT_STATED: &str = "not_stated";

/// The threshold of origin, permit and what is told of both (rules for official
/// statistics, annex A.4, art. 5: the stricter one).
const SENSITIVE: u64 = 5;
const ORDINARY: u64 = 3;

/// The least total of a column: a desk below it is put together with others.
pub const LEAST_COLUMN: u64 = SENSITIVE;

/// A public table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    pub code: &'static str,
    /// Numbers from 1 up to but not including it are withheld.
    pub threshold: u64,
    pub sums: Sums,
    /// Whether the totals of the accesses bound its numbers.
    pub of_accesses: bool,
    /// Whether the list of codes is long and open: rows without a published number
    /// are left out, so that not even the code is told.
    pub open: bool,
    /// Whether it counts all desks together only.
    pub together_only: bool,
}

const fn whole(code: &'static str, threshold: u64) -> Listed {
    Listed {
        code,
        threshold,
        sums: Sums::Whole,
        of_accesses: true,
        open: false,
        together_only: false,
    }
}

/// All of them, in the order of the report.
pub const TABLES: [Listed; 14] = [
    whole("channel", ORDINARY),
    whole("month", ORDINARY),
    whole("first_access", ORDINARY),
    whole("sex", ORDINARY),
    whole("age_band", ORDINARY),
    Listed {
        open: true,
        ..whole("citizenship", SENSITIVE)
    },
    Listed {
        open: true,
        ..whole("permit_type", SENSITIVE)
    },
    whole("comune", ORDINARY),
    // reasons and what is done speak of permits, protection and violence
    whole("reason", SENSITIVE),
    Listed {
        sums: Sums::Loose,
        ..whole("activation", SENSITIVE)
    },
    whole("referred_by", ORDINARY),
    whole("mediation", ORDINARY),
    Listed {
        sums: Sums::Loose,
        of_accesses: false,
        ..whole("accompaniments", ORDINARY)
    },
    Listed {
        sums: Sums::Loose,
        of_accesses: false,
        together_only: true,
        ..whole("dom", ORDINARY)
    },
];

/// A table of the list.
pub fn table(code: &str) -> Option<&'static Listed> {
    TABLES.iter().find(|table| table.code == code)
}

/// Codes of two tables that say the same of a person: one is not told where the
/// other is withheld.
pub(super) const SAME: [[(&str, &str); 2]; 1] =
    [[("citizenship", "IT"), ("permit_type", "italian_citizen")]];
