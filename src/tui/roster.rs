//! Everybody in the book as the list needs them: found by id, kept in order, narrowed by what was typed.
//!
//! A hundred thousand rows are held. Keys to sort by are worked out once per order and day; what is searched lies folded in one
//! piece of memory; typing one letter more looks only at the rows the letters before it left over.

use crate::domain::id::Id;
use crate::domain::moment::DayNumber;
use crate::domain::people::{Sort, Summary};
use crate::domain::phone::digits;
use crate::domain::strength::Params;
use crate::domain::text::{fold, order_key};
use memchr::memmem::Finder;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Rows that are put in their places one by one.
const FEW: usize = 32;
/// The least digits that are taken for a part of a telephone number.
const DIGITS: usize = 3;

/// What the list is asked to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The order.
    pub sort: Sort,
    /// The order turned round.
    pub reverse: bool,
    /// What was typed to narrow the list.
    pub filter: String,
    /// People known only from an import are shown.
    pub ghosts: bool,
    /// Archived people are shown.
    pub archived: bool,
}

/// The people, in order.
#[derive(Debug, Default)]
pub struct Roster {
    rows: Vec<Summary>,
    places: HashMap<Id, u32>,
    /// What each row is found by, folded: `spans` says where in here.
    arena: String,
    spans: Vec<(u32, u32)>,
    /// The number each row is sorted by; lower comes first.
    ranks: Vec<f64>,
    ranked_for: Option<(Sort, DayNumber)>,
    /// Every row in order.
    order: Vec<u32>,
    /// The rows shown, in order.
    shown: Vec<u32>,
    /// How many would be shown if nothing was typed to narrow the list.
    listed: usize,
    view: View,
    complete: bool,
    params: Params,
}

impl Roster {
    /// Nobody yet.
    pub fn new(params: Params) -> Self {
        Roster {
            params,
            ..Roster::default()
        }
    }

    /// Everybody (`complete`), or the first page that was read before everybody was there.
    pub fn fill(&mut self, rows: Vec<Summary>, complete: bool, today: DayNumber) {
        self.places.clear();
        self.arena.clear();
        self.spans.clear();
        self.rows = rows;
        self.complete = complete;
        self.places.reserve(self.rows.len());
        self.spans.reserve(self.rows.len());
        for at in 0..self.rows.len() {
            self.places.insert(self.rows[at].id, at as u32);
            let span = self.found_by(at);
            self.spans.push(span);
        }
        self.ranked_for = None;
        self.arrange(today);
    }

    /// Whether everybody is here, not only the first page.
    pub fn complete(&self) -> bool {
        self.complete
    }

    /// What is shown.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Shows something else. Narrowing what is shown already looks at nothing else.
    pub fn look(&mut self, view: View, today: DayNumber) {
        let before = std::mem::replace(&mut self.view, view);
        let same_order = before.sort == self.view.sort && before.reverse == self.view.reverse;
        if !same_order || self.ranked_for != Some((self.view.sort, today)) {
            self.arrange(today);
            return;
        }
        if before.ghosts != self.view.ghosts || before.archived != self.view.archived {
            self.count();
        }
        let narrower = before.ghosts == self.view.ghosts
            && before.archived == self.view.archived
            && self.view.filter.starts_with(&before.filter)
            && (digits_sought(&before.filter).is_some()
                || digits_sought(&self.view.filter).is_none());
        let from = if narrower {
            std::mem::take(&mut self.shown)
        } else {
            self.order.clone()
        };
        self.narrow(from);
    }

    /// The day changed: strengths did too.
    pub fn arrange(&mut self, today: DayNumber) {
        if self.ranked_for != Some((self.view.sort, today)) {
            self.ranks = match self.view.sort {
                Sort::Name => self.name_ranks(),
                sort => {
                    let rank = |row: &Summary| rank(row, sort, &self.params, today);
                    self.rows.iter().map(rank).collect()
                }
            };
            self.ranked_for = Some((self.view.sort, today));
        }
        let here = |at: &u32| self.places.get(&self.rows[*at as usize].id) == Some(at);
        let mut order: Vec<u32> = (0..self.rows.len() as u32).filter(here).collect();
        order.sort_unstable_by(|a, b| self.compare(*a, *b));
        self.order = order;
        self.count();
        self.narrow(self.order.clone());
    }

    fn count(&mut self) {
        let rows = self.order.iter().map(|at| &self.rows[*at as usize]);
        self.listed = rows.filter(|row| self.lists(row)).count();
    }

    /// These people's rows as they are now; none: no longer in the book.
    pub fn update(&mut self, rows: Vec<(Id, Option<Summary>)>, today: DayNumber) {
        // A few rows are taken out of the order and put back in; many are cheaper sorted anew.
        let few = rows.len() <= FEW && self.view.sort != Sort::Name;
        let finders = self.finders();
        for (id, row) in rows {
            match row {
                Some(row) => {
                    let at = self.put(id, row);
                    if few {
                        self.place(at, today);
                        self.show(at, &finders);
                    }
                }
                None => self.remove(id),
            }
        }
        if !few {
            self.ranked_for = None;
            self.arrange(today);
        }
    }

    /// Holds a row, new or known; gives back where.
    fn put(&mut self, id: Id, row: Summary) -> u32 {
        self.listed += usize::from(self.lists(&row));
        let at = if let Some(at) = self.places.get(&id).copied() {
            self.listed -= usize::from(self.lists(&self.rows[at as usize]));
            self.rows[at as usize] = row;
            at
        } else {
            let at = self.rows.len() as u32;
            self.places.insert(id, at);
            self.rows.push(row);
            self.spans.push((0, 0));
            self.ranks.push(0.0);
            at
        };
        self.spans[at as usize] = self.found_by(at as usize);
        at
    }

    /// Puts one row where it belongs in the order.
    fn place(&mut self, at: u32, today: DayNumber) {
        self.order.retain(|place| *place != at);
        let place = at as usize;
        self.ranks[place] = rank(&self.rows[place], self.view.sort, &self.params, today);
        let slot = self
            .order
            .partition_point(|other| self.compare(*other, at) == Ordering::Less);
        self.order.insert(slot, at);
    }

    fn remove(&mut self, id: Id) {
        let Some(at) = self.places.remove(&id) else {
            return;
        };
        self.listed -= usize::from(self.lists(&self.rows[at as usize]));
        // The row stays where it is, so that no other moves; nothing leads to it any more.
        self.order.retain(|place| *place != at);
        self.shown.retain(|place| *place != at);
    }

    /// The person with this id.
    pub fn get(&self, id: Id) -> Option<&Summary> {
        self.places.get(&id).map(|at| &self.rows[*at as usize])
    }

    /// Everybody in the order of the list, whatever is shown of it.
    pub fn everybody(&self) -> impl Iterator<Item = &Summary> {
        self.order.iter().map(|at| &self.rows[*at as usize])
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many rows would be shown if nothing was typed to narrow the list.
    pub fn listed(&self) -> usize {
        self.listed
    }

    /// How many people are known at all.
    pub fn known(&self) -> usize {
        self.order.len()
    }

    /// The row shown at this place.
    pub fn row(&self, at: usize) -> Option<&Summary> {
        self.shown.get(at).map(|place| &self.rows[*place as usize])
    }

    /// Where a person is shown.
    pub fn position(&self, id: Id) -> Option<usize> {
        let place = self.places.get(&id)?;
        self.shown.iter().position(|shown| shown == place)
    }

    /// What a row is found by, folded.
    pub fn folded(&self, id: Id) -> &str {
        let place = self.places.get(&id).map(|at| self.spans[*at as usize]);
        place.map_or("", |span| self.text(span))
    }

    fn text(&self, (from, to): (u32, u32)) -> &str {
        self.arena.get(from as usize..to as usize).unwrap_or("")
    }

    /// The folded name of a row: the first line of what it is found by.
    fn name(&self, at: u32) -> &[u8] {
        let text = self.text(self.spans[at as usize]).as_bytes();
        let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
        text.get(..end).unwrap_or(text)
    }

    fn found_by(&mut self, at: usize) -> (u32, u32) {
        let row = &self.rows[at];
        let from = self.arena.len() as u32;
        for text in [&row.name, &row.account, &row.title] {
            self.arena.push_str(&fold(text));
            self.arena.push('\n');
        }
        for tag in &row.tags {
            self.arena.push('#');
            self.arena.push_str(&fold(tag));
            self.arena.push('\n');
        }
        self.arena.push_str(&fold(&row.reach));
        self.arena.push('\n');
        (from, self.arena.len() as u32)
    }

    fn name_ranks(&self) -> Vec<f64> {
        let keys: Vec<String> = self.rows.iter().map(|row| order_key(&row.name)).collect();
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_unstable_by(|a, b| keys[*a].cmp(&keys[*b]));
        let mut ranks = vec![0.0; keys.len()];
        for (rank, same) in order.chunk_by(|a, b| keys[*a] == keys[*b]).enumerate() {
            for at in same {
                ranks[*at] = rank as f64;
            }
        }
        ranks
    }

    /// What stands first: by rank, then as [`Sort`] says of those who tie.
    fn compare(&self, a: u32, b: u32) -> Ordering {
        let (ra, rb) = (self.ranks[a as usize], self.ranks[b as usize]);
        let by_rank = if self.view.reverse {
            rb.total_cmp(&ra)
        } else {
            ra.total_cmp(&rb)
        };
        by_rank
            .then_with(|| self.name(a).cmp(self.name(b)))
            .then_with(|| self.rows[a as usize].id.cmp(&self.rows[b as usize].id))
    }

    fn narrow(&mut self, from: Vec<u32>) {
        let finders = self.finders();
        let mut shown = from;
        shown.retain(|at| self.shows(*at, &finders));
        self.shown = shown;
    }

    /// What was typed, word by word.
    fn finders(&self) -> Sought {
        let folded = fold(&self.view.filter);
        let words = folded.split_whitespace();
        let finder = |text: &str| Finder::new(text).into_owned();
        Sought {
            words: words.map(finder).collect(),
            digits: digits_sought(&self.view.filter).map(|digits| finder(&digits)),
        }
    }

    fn shows(&self, at: u32, sought: &Sought) -> bool {
        let row = &self.rows[at as usize];
        let text = || self.text(self.spans[at as usize]).as_bytes();
        self.lists(row) && sought.fits(text())
    }

    /// Whether the list shows such a person at all.
    fn lists(&self, row: &Summary) -> bool {
        (self.view.ghosts || !row.ghost) && (self.view.archived || !row.archived)
    }

    /// Takes one row out of those shown, and puts it back in where it stands now, if it is shown.
    fn show(&mut self, at: u32, finders: &Sought) {
        self.shown.retain(|place| *place != at);
        if self.shows(at, finders) {
            let before = |other: &u32| self.compare(*other, at) == Ordering::Less;
            let slot = self.shown.partition_point(before);
            self.shown.insert(slot, at);
        }
    }
}

/// What is looked for in the rows.
struct Sought {
    words: Vec<Finder<'static>>,
    /// A telephone number, when what was typed can be one.
    digits: Option<Finder<'static>>,
}

impl Sought {
    /// Every word is in the text, or the telephone number is.
    fn fits(&self, text: &[u8]) -> bool {
        let has = |finder: &Finder<'_>| finder.find(text).is_some();
        self.words.iter().all(has) || self.digits.as_ref().is_some_and(has)
    }
}

/// The digits of a typed text that may be a part of a telephone number, however it is written; zeros that are dialled only
/// within a country are left out, because a number may be kept without them.
pub fn digits_sought(typed: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || " +-./()\u{a0}".contains(c);
    let digits = digits(typed);
    let digits = digits.trim_start_matches('0');
    (typed.chars().all(plain) && digits.len() >= DIGITS).then(|| digits.to_owned())
}

/// What a row is sorted by; those of whom nothing can be said come last.
fn rank(row: &Summary, sort: Sort, params: &Params, today: DayNumber) -> f64 {
    let reading = row.read(params, today);
    let rank = match sort {
        Sort::Coldest => reading.lost.map(|lost| -lost),
        Sort::Strength => Some(-reading.strength),
        Sort::Stale => reading.overdue.map(|overdue| -overdue),
        Sort::Last => row.standing.last.map(|day| -f64::from(day)),
        Sort::Name => None,
    };
    rank.unwrap_or(f64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::strength::Standing;

    fn person(raw: i64, name: &str, last: Option<DayNumber>) -> Summary {
        let params = Params::default();
        Summary {
            id: Id::from_raw(raw),
            name: name.to_owned(),
            account: "Slate".to_owned(),
            title: String::new(),
            tags: vec!["golf".to_owned()],
            reach: String::new(),
            standing: Standing {
                last,
                ..Standing::new(&params)
            },
            cadence: None,
            ghost: false,
            archived: false,
        }
    }

    fn names(roster: &Roster) -> Vec<&str> {
        (0..roster.len())
            .filter_map(|at| roster.row(at))
            .map(|row| row.name.as_str())
            .collect()
    }

    fn three() -> Roster {
        let mut roster = Roster::new(Params::default());
        let rows = vec![
            person(10, "Émile", Some(5)),
            person(11, "Barney", None),
            person(12, "Dino", Some(9)),
        ];
        roster.fill(rows, true, 10);
        roster
    }

    #[test]
    fn each_order_puts_first_what_it_says() {
        let cases = [
            (Sort::Name, false, ["Barney", "Dino", "Émile"]),
            (Sort::Name, true, ["Émile", "Dino", "Barney"]),
            (Sort::Last, false, ["Dino", "Émile", "Barney"]),
        ];
        let mut roster = three();
        for (sort, reverse, expected) in cases {
            let view = View {
                sort,
                reverse,
                ..View::default()
            };
            roster.look(view, 10);
            assert_eq!(names(&roster), expected, "{sort:?} {reverse}");
        }
    }

    #[test]
    fn those_who_tie_stand_by_name_and_namesakes_by_id_in_every_order() {
        let at = |raw, name: &str, account: &str| Summary {
            account: account.to_owned(),
            ..person(raw, name, None)
        };
        let rows = vec![
            at(14, "Ann Lee", "Acme"),
            at(12, "ann lee", "Zinc"),
            at(13, "Ann Leeds", "Acme"),
            at(11, "Zoe", "Acme"),
            at(10, "Ánn Lee", "Slate"),
        ];
        for sort in Sort::ALL {
            let mut roster = Roster::new(Params::default());
            let view = View {
                sort,
                ..View::default()
            };
            roster.look(view, 10);
            roster.fill(rows.clone(), true, 10);
            let ids: Vec<i64> = (0..rows.len())
                .filter_map(|at| roster.row(at))
                .map(|row| row.id.raw())
                .collect();
            assert_eq!(ids, [10, 12, 14, 13, 11], "{sort:?}");
        }
    }

    #[test]
    fn every_word_typed_must_be_found_somewhere_in_the_row() {
        let cases = [
            ("", 3),
            ("emi", 1),
            ("EMI sla", 1),
            ("sla", 3),
            ("#golf", 3),
            ("zz", 0),
            ("d", 1),
        ];
        let mut roster = three();
        for (filter, expected) in cases {
            let view = View {
                filter: filter.to_owned(),
                ..View::default()
            };
            roster.look(view, 10);
            assert_eq!(roster.len(), expected, "{filter:?}");
        }
    }

    #[test]
    fn a_person_is_found_by_telephone_and_e_mail_however_they_are_typed() {
        let cases = [
            ("4155", 1),
            ("+1 (415) 555-0100", 1),
            ("0415 555", 1),
            ("41", 2),
            ("999", 0),
            ("tomasz@fenn", 1),
            ("Tomasz@Fenn.Example slate", 1),
            ("+1 41", 1),
        ];
        let mut roster = Roster::new(Params::default());
        let mut one = person(10, "Tomasz Hale", None);
        one.reach = "14155550100 tomasz@fenn.example".to_owned();
        let mut two = person(11, "Barney 41", None);
        two.reach = "493055501".to_owned();
        roster.fill(vec![one, two], true, 10);
        for (filter, expected) in cases {
            // Letter by letter, as it is typed: what the letters before it left over must be enough.
            for end in 0..=filter.len() {
                let filter = filter.get(..end).unwrap().to_owned();
                let view = View {
                    filter,
                    ..View::default()
                };
                roster.look(view, 10);
            }
            assert_eq!(roster.len(), expected, "{filter:?}");
        }
    }

    #[test]
    fn a_row_read_again_takes_its_new_place_and_one_taken_out_is_gone() {
        let mut roster = three();
        roster.look(
            View {
                sort: Sort::Last,
                ..View::default()
            },
            10,
        );
        roster.update(
            vec![(Id::from_raw(11), Some(person(11, "Barney", Some(10))))],
            10,
        );
        assert_eq!(names(&roster), ["Barney", "Dino", "Émile"]);
        roster.update(vec![(Id::from_raw(12), None)], 10);
        assert_eq!(names(&roster), ["Barney", "Émile"]);
        assert_eq!(roster.position(Id::from_raw(12)), None);
        roster.update(
            vec![(Id::from_raw(12), Some(person(12, "Dino", Some(7))))],
            10,
        );
        assert_eq!(names(&roster), ["Barney", "Dino", "Émile"]);
    }

    #[test]
    fn a_row_read_again_is_shown_only_where_the_view_shows_it() {
        let mut roster = three();
        let view = View {
            sort: Sort::Last,
            filter: "d".to_owned(),
            ..View::default()
        };
        roster.look(view, 10);
        assert_eq!(names(&roster), ["Dino"]);
        let again = |name: &str, ghost: bool| {
            let row = Summary {
                ghost,
                ..person(11, name, Some(10))
            };
            vec![(Id::from_raw(11), Some(row))]
        };
        roster.update(again("Dorothy", false), 10);
        assert_eq!(names(&roster), ["Dorothy", "Dino"]);
        roster.update(again("Dorothy", true), 10);
        assert_eq!(names(&roster), ["Dino"]);
        roster.update(again("Barney", false), 10);
        assert_eq!(names(&roster), ["Dino"]);
    }

    #[test]
    fn those_the_list_can_show_are_counted_whoever_comes_and_goes_and_whatever_is_typed() {
        let mut roster = three();
        let ghost = Summary {
            ghost: true,
            ..person(13, "Gus", None)
        };
        let archived = |archived| Summary {
            archived,
            ..person(10, "Émile", Some(5))
        };
        let id = Id::from_raw;
        let mut counts = Vec::new();
        let steps = [
            (id(13), Some(ghost)),
            (id(10), Some(archived(true))),
            (id(11), None),
            (id(10), Some(archived(false))),
            (id(11), Some(person(11, "Barney", None))),
        ];
        for step in steps {
            roster.update(vec![step], 10);
            counts.push(roster.listed());
        }
        assert_eq!(counts, [3, 2, 1, 2, 3]);
        let view = |filter: &str, ghosts| View {
            filter: filter.to_owned(),
            ghosts,
            ..View::default()
        };
        for (filter, ghosts, expected) in [("em", false, 3), ("em", true, 4), ("", false, 3)] {
            roster.look(view(filter, ghosts), 10);
            assert_eq!(roster.listed(), expected, "{filter:?} {ghosts}");
        }
    }
}
