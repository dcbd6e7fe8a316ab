//! Which numbers of one table with its margins are withheld: those under the
//! threshold, and as few others as leave every withheld one in doubt by at
//! least the threshold, whatever is reckoned from the published ones. Pure
//! arithmetic over a [`Network`]; the lists of what is published live beside it.

use super::network::{Arc, ArcId, Known, Network};

/// How the rows of a table hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sums {
    /// Each access stands in one row, so the rows of a column add up to its total.
    Whole,
    /// An access may stand in several rows or in none.
    Loose,
}

/// The true numbers of a table: a row for each code, a column for each desk.
#[derive(Debug, Clone)]
pub struct Table {
    pub sums: Sums,
    /// Numbers from 1 up to but not including it are withheld.
    pub threshold: u64,
    /// The published total of each column: no number of it can be larger. None
    /// where there is no such total.
    pub totals: Option<Vec<u64>>,
    pub rows: Vec<Row>,
    /// How many groups of rows have a sum of their own; 1: none has.
    pub groups: usize,
}

/// A row of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    /// Below [`Table::groups`].
    pub group: usize,
    /// One number a column.
    pub cells: Vec<u64>,
    /// Columns (the last one after them is "together") that are withheld because
    /// another table withholds what says the same.
    pub withheld: Vec<usize>,
}

/// What is published of a [`Table`], in its order; in each row the columns, then
/// "together".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub rows: Vec<Vec<bool>>,
    /// Empty where there is one group only.
    pub groups: Vec<Vec<bool>>,
}

/// No limit that anybody knows of.
const ANY: u64 = 1 << 40;
/// What each desk's numbers, those of all together and a group's sum are worth to
/// a reader, beside each other.
const WEIGHT_OF_DESK: u64 = 2;
const WEIGHT_OF_TOGETHER: u64 = 3;

/// The arcs of a table, in its order.
struct Drawn {
    network: Network,
    rows: Vec<Vec<ArcId>>,
    groups: Vec<Vec<ArcId>>,
    /// Numbers that stand below each other and fill the same sum.
    lists: Vec<Vec<ArcId>>,
}

/// Decides. The same table gives the same answer.
pub fn decide(table: &Table) -> Shown {
    let mut drawn = draw(table);
    begin(table, &mut drawn);
    if !leave_in_doubt(table.threshold, &mut drawn) {
        // nothing of it can be told: not met by a table whose columns have totals of
        // at least the threshold, and safe for any other
        for id in drawn.cells() {
            drawn.network.arcs[id].known = Known::Withheld;
        }
    }
    drawn.shown()
}

/// Withholds what is under the threshold and nothing else: what a careless
/// publisher does. Tests show that the check catches it.
pub fn too_little(table: &Table) -> Shown {
    let mut drawn = draw(table);
    for id in drawn.cells() {
        let arc = &mut drawn.network.arcs[id];
        if arc.value > 0 && arc.value < table.threshold {
            arc.known = Known::Withheld;
        }
    }
    drawn.shown()
}

impl Drawn {
    fn cells(&self) -> Vec<ArcId> {
        self.rows
            .iter()
            .chain(&self.groups)
            .flatten()
            .copied()
            .collect()
    }

    fn shown(&self) -> Shown {
        let of = |ids: &Vec<Vec<ArcId>>| -> Vec<Vec<bool>> {
            let shown = |id: &ArcId| self.network.arcs[*id].known != Known::Withheld;
            ids.iter()
                .map(|ids| ids.iter().map(shown).collect())
                .collect()
        };
        Shown {
            rows: of(&self.rows),
            groups: of(&self.groups),
        }
    }
}

/// root → desk → group of the desk → row → group of all → root.
fn draw(table: &Table) -> Drawn {
    let columns = table.rows.first().map_or(0, |row| row.cells.len());
    let mut network = Network::default();
    let root = network.node();
    let desks: Vec<usize> = (0..columns).map(|_| network.node()).collect();
    let sums = (0..table.groups).map(|_| (0..columns).map(|_| network.node()).collect());
    let sums: Vec<Vec<usize>> = sums.collect();
    let together: Vec<usize> = (0..table.groups).map(|_| network.node()).collect();
    let most = |desk: usize| table.totals.as_ref().map_or(ANY, |totals| totals[desk]);
    let most_together = table
        .totals
        .as_ref()
        .map_or(ANY, |totals| totals.iter().sum());
    let grouped = table.groups > 1;
    let totals_known = match table.sums {
        Sums::Whole => Known::Fixed,
        Sums::Loose => Known::Withheld,
    };
    let sum_known = if grouped {
        Known::Published
    } else {
        totals_known
    };

    let of_group = |group: usize, desk: usize| -> u64 {
        let rows = table.rows.iter().filter(|row| row.group == group);
        rows.map(|row| row.cells[desk]).sum()
    };
    for (desk, node) in desks.iter().enumerate() {
        let value = table.rows.iter().map(|row| row.cells[desk]).sum();
        network.arc(arc(root, *node, value, ANY, totals_known, 0));
    }
    let mut groups = Vec::new();
    let mut lists = vec![Vec::new(); columns + 1];
    for group in 0..table.groups {
        let mut ids = Vec::new();
        for desk in 0..columns {
            let value = of_group(group, desk);
            let (from, to) = (desks[desk], sums[group][desk]);
            ids.push(network.arc(arc(
                from,
                to,
                value,
                most(desk),
                sum_known,
                2 * WEIGHT_OF_DESK,
            )));
        }
        let value = (0..columns).map(|desk| of_group(group, desk)).sum();
        let weight = 2 * WEIGHT_OF_TOGETHER;
        ids.push(network.arc(arc(
            together[group],
            root,
            value,
            most_together,
            sum_known,
            weight,
        )));
        if grouped {
            for (list, id) in lists.iter_mut().zip(&ids) {
                list.push(*id);
            }
            groups.push(ids);
        }
    }
    let mut below = vec![vec![Vec::new(); columns + 1]; table.groups];
    let mut rows = Vec::new();
    for row in &table.rows {
        let node = network.node();
        let known = Known::Published;
        let mut ids = Vec::new();
        for (desk, value) in row.cells.iter().enumerate() {
            let from = sums[row.group][desk];
            ids.push(network.arc(arc(from, node, *value, most(desk), known, WEIGHT_OF_DESK)));
        }
        let (to, value) = (together[row.group], row.cells.iter().sum());
        ids.push(network.arc(arc(
            node,
            to,
            value,
            most_together,
            known,
            WEIGHT_OF_TOGETHER,
        )));
        for (list, id) in below[row.group].iter_mut().zip(&ids) {
            list.push(*id);
        }
        rows.push(ids);
    }
    lists.extend(below.into_iter().flatten());
    Drawn {
        network,
        rows,
        groups,
        lists,
    }
}

fn arc(from: usize, to: usize, value: u64, most: u64, known: Known, weight: u64) -> Arc {
    Arc {
        from,
        to,
        value,
        most,
        known,
        weight,
    }
}

/// Withholds what is under the threshold, what another table withholds, and the
/// zeros that stand in one list with any of them: a withheld number may be a
/// zero, so that not even "somebody" can be read from it.
fn begin(table: &Table, drawn: &mut Drawn) {
    for (row, ids) in table.rows.iter().zip(&drawn.rows) {
        for column in &row.withheld {
            drawn.network.arcs[ids[*column]].known = Known::Withheld;
        }
    }
    for id in drawn.cells() {
        let arc = &mut drawn.network.arcs[id];
        if arc.value > 0 && arc.value < table.threshold {
            arc.known = Known::Withheld;
        }
    }
    for list in &drawn.lists {
        let arcs = &mut drawn.network.arcs;
        if list.iter().any(|id| arcs[*id].known == Known::Withheld) {
            for id in list {
                if arcs[*id].value == 0 {
                    arcs[*id].known = Known::Withheld;
                }
            }
        }
    }
}

/// Withholds more until every withheld number is in doubt by `threshold`. A zero
/// that can't be left in doubt is published: it is nobody. Gives whether it came
/// to an end so.
fn leave_in_doubt(threshold: u64, drawn: &mut Drawn) -> bool {
    let cells = drawn.cells();
    loop {
        if !widen_all(threshold, &cells, &mut drawn.network) {
            return false;
        }
        let network = &drawn.network;
        let narrow: Vec<ArcId> = cells
            .iter()
            .copied()
            .filter(|id| {
                let arc = &network.arcs[*id];
                arc.known == Known::Withheld
                    && arc.value == 0
                    && network.width(*id, threshold) < threshold
            })
            .collect();
        if narrow.is_empty() {
            return true;
        }
        for id in narrow {
            drawn.network.arcs[id].known = Known::Fixed;
        }
    }
}

fn widen_all(threshold: u64, cells: &[ArcId], network: &mut Network) -> bool {
    loop {
        let mut settled = true;
        for id in cells {
            let arc = &network.arcs[*id];
            let in_question = arc.known == Known::Withheld && arc.value > 0;
            if in_question && network.width(*id, threshold) < threshold {
                if !network.widen(*id, threshold) {
                    return false;
                }
                settled = false;
            }
        }
        if settled {
            return true;
        }
    }
}
