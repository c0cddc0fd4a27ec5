//! Where one is among several lists, and how the keys go through them.

/// Somebody in a list of several: which list, and how far down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub group: usize,
    pub at: usize,
}

impl Place {
    /// Inside of lists so long, whatever they were before.
    pub fn held(self, lengths: &[usize]) -> Place {
        let group = self.group.min(lengths.len().saturating_sub(1));
        let last = lengths.get(group).map_or(0, |rows| rows.saturating_sub(1));
        Place {
            group,
            at: self.at.min(last),
        }
    }

    /// So many rows on, from the end of one list to the next that has any.
    pub fn step(self, lengths: &[usize], down: bool) -> Place {
        let here = self.held(lengths);
        let rows = lengths.get(here.group).copied().unwrap_or(0);
        if down && here.at + 1 < rows {
            return Place {
                at: here.at + 1,
                ..here
            };
        }
        if !down && here.at > 0 {
            return Place {
                at: here.at - 1,
                ..here
            };
        }
        let some = |group: &usize| lengths.get(*group).is_some_and(|rows| *rows > 0);
        let next = if down {
            (here.group + 1..lengths.len()).find(some)
        } else {
            (0..here.group).rev().find(some)
        };
        next.map_or(here, |group| Place {
            group,
            at: if down {
                0
            } else {
                lengths.get(group).map_or(0, |rows| rows.saturating_sub(1))
            },
        })
    }

    /// The next list, or the one before.
    pub fn turn(self, lengths: &[usize], on: bool) -> Place {
        let group = if on {
            (self.group + 1).min(lengths.len().saturating_sub(1))
        } else {
            self.group.saturating_sub(1)
        };
        if group == self.group {
            return self.held(lengths);
        }
        Place { group, at: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_on_from_one_list_to_the_next_that_has_any() {
        let lengths = [2, 0, 1];
        let mut place = Place::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            place = place.step(&lengths, true);
            seen.push((place.group, place.at));
        }
        assert_eq!(seen, [(0, 1), (2, 0), (2, 0), (2, 0)]);
        for _ in 0..4 {
            place = place.step(&lengths, false);
            seen.push((place.group, place.at));
        }
        assert_eq!(seen[4..], [(0, 1), (0, 0), (0, 0), (0, 0)]);
    }

    #[test]
    fn a_place_in_longer_lists_is_held_inside_of_shorter_ones() {
        let far = Place { group: 7, at: 30 };
        let cases: [(&[usize], (usize, usize)); 3] =
            [(&[3, 2], (1, 1)), (&[], (0, 0)), (&[0], (0, 0))];
        for (lengths, expected) in cases {
            let held = far.held(lengths);
            assert_eq!((held.group, held.at), expected, "{lengths:?}");
        }
    }

    #[test]
    fn turning_goes_through_empty_lists_too_and_stays_at_the_ends() {
        let lengths = [2, 0];
        let place = Place { group: 0, at: 1 };
        let next = place.turn(&lengths, true);
        assert_eq!(next, Place { group: 1, at: 0 });
        assert_eq!(next.turn(&lengths, true), next);
        assert_eq!(place.turn(&lengths, false), place);
    }
}
