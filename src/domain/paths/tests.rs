//! Paths: equal to a search of everything, priced, dimmed, said.

use super::*;
use crate::domain::moment::shift;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn id(raw: i64) -> Id {
    Id::from_raw(raw)
}

fn known(raw: i64, name: &str, strength: f64) -> Known {
    Known {
        id: id(raw),
        name: name.to_owned(),
        account: None,
        strength,
        asked: None,
    }
}

fn tie(from: i64, to: i64, how: How) -> Tie {
    Tie {
        from: id(from),
        to: id(to),
        how,
        suggested: false,
    }
}

fn every_how() -> Vec<How> {
    let links = LinkKind::ALL.into_iter().map(How::Link);
    links.chain([How::Referral, How::SameAccount]).collect()
}

/// What is compared of a path: burnt, how cool it is, its people from the end.
type Told = (bool, u32, usize, Vec<Id>);

/// Every path there is, by trying everything.
fn everything(network: &Network, wanted: &[Id]) -> Vec<Told> {
    let cool = |factor: f64| (-1000.0 * factor.ln()).round() as u32;
    let colleagues = |a: &Known, b: &Known| {
        let account = |known: &Known| known.account.as_ref().map(|(id, _)| *id);
        account(a).is_some() && account(a) == account(b)
    };
    let between = |a: &Known, b: &Known| -> Option<u32> {
        let tied = network
            .ties
            .iter()
            .filter(|tie| (tie.from, tie.to) == (a.id, b.id) || (tie.from, tie.to) == (b.id, a.id));
        let tied = tied.map(|tie| cool(tie.factor()));
        let same = colleagues(a, b).then(|| cool(How::SameAccount.factor()));
        tied.chain(same).min()
    };
    let mut found = Vec::new();
    let targets = network
        .people
        .iter()
        .filter(|known| wanted.contains(&known.id));
    let mut open: Vec<(Vec<&Known>, u32)> = targets.map(|known| (vec![known], 0)).collect();
    while let Some((path, so_far)) = open.pop() {
        let last = path[path.len() - 1];
        if last.strength >= KNOWN {
            let burnt = last.asked.is_some_and(|on| (today() - on).num_days() < 90);
            let whole = so_far + cool(last.strength / 100.0);
            found.push((
                burnt,
                whole,
                path.len() - 1,
                path.iter().map(|known| known.id).collect(),
            ));
        }
        if path.len() == 4 {
            continue;
        }
        for next in &network.people {
            let passed = wanted.contains(&next.id) || path.iter().any(|known| known.id == next.id);
            if let Some(length) = between(last, next).filter(|_| !passed) {
                let longer = path.iter().copied().chain([next]).collect();
                open.push((longer, so_far + length));
            }
        }
    }
    found.sort();
    found
}

fn told(path: &Path) -> Told {
    let cool = (-1000.0 * (path.warmth / 100.0).ln()).round() as u32;
    let ids = path.hops.iter().rev().map(|hop| hop.who).collect();
    (path.burnt.is_some(), cool, path.links(), ids)
}

/// A network of so many people, made of numbers: some known, some asked lately, some with an account, some links only suggested.
fn network(people: usize) -> impl Strategy<Value = Network> {
    let person = (
        0u8..100,
        any::<bool>(),
        prop::option::weighted(0.2, 0i64..200),
        prop::option::weighted(0.4, 1i64..40),
    );
    let link = (0..people, 0..people, 0usize..9, any::<bool>());
    let people = prop::collection::vec(person, people);
    (people, prop::collection::vec(link, 0..600)).prop_map(|(people, links)| {
        let people =
            people
                .into_iter()
                .zip(10..)
                .map(|((strength, spoken, asked, account), raw)| Known {
                    account: account.map(|account| (id(account), format!("Account {account}"))),
                    asked: asked.map(|days| shift(today(), -days)),
                    ..known(
                        raw,
                        &format!("P{raw}"),
                        if spoken { f64::from(strength) } else { 0.0 },
                    )
                });
        let hows = every_how();
        let ties = links.into_iter().map(|(from, to, how, suggested)| Tie {
            suggested,
            ..tie(from as i64 + 10, to as i64 + 10, hows[how])
        });
        Network {
            people: people.collect(),
            ties: ties.collect(),
            owed: HashMap::new(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// On random networks of two hundred people the best paths are those that a search of everything finds, in its order.
    #[test]
    fn the_best_paths_are_those_of_a_search_of_everything(network in network(200), wanted in prop::collection::vec(10i64..210, 1..4), most in 1usize..30) {
        let wanted: Vec<Id> = wanted.into_iter().map(id).collect();
        let all = everything(&network, &wanted);
        let of = |burnt: bool| all.iter().filter(move |told| told.0 == burnt).take(most).cloned();
        let expected: Vec<Told> = of(false).chain(of(true)).collect();
        let found: Vec<Told> = find(&network, &wanted, today(), most).iter().map(told).collect();
        prop_assert_eq!(found, expected);
    }
}

/// Barney, whom I know, is a friend of Wilma, who works with Fred.
fn three() -> Network {
    let fred = Known {
        account: Some((id(90), "Fenn".to_owned())),
        ..known(4, "Fred", 0.0)
    };
    Network {
        people: vec![known(2, "Barney", 72.0), known(3, "Wilma", 0.0), fred],
        ties: vec![
            tie(3, 2, How::Link(LinkKind::Friend)),
            tie(3, 4, How::Link(LinkKind::WorkedTogether)),
        ],
        owed: HashMap::from([((id(2), Id::ME), Halves(4)), ((id(3), id(2)), Halves(1))]),
    }
}

#[test]
fn a_path_says_who_is_asked_how_they_know_each_other_and_who_owes_whom() {
    let found = find(&three(), &[id(4)], today(), 9);
    assert_eq!(found.len(), 1);
    let path = &found[0];
    assert_eq!(
        path.words(),
        "Barney (72), friend of Wilma, worked with Fred"
    );
    assert_eq!(path.price(), "owes you 2: this calls one in");
    assert!(
        (path.warmth - 72.0 * 0.8 * 0.6).abs() < 0.1,
        "{}",
        path.warmth
    );
    assert_eq!(
        (path.hops[1].owes, path.hops[1].owed),
        (Halves(1), Halves(0))
    );
}

#[test]
fn three_links_are_gone_and_no_fourth() {
    let chain = |links: i64| Network {
        people: (2..=links + 2)
            .map(|raw| known(raw, "X", if raw == 2 { 50.0 } else { 0.0 }))
            .collect(),
        ties: (2..links + 2)
            .map(|raw| tie(raw, raw + 1, How::Referral))
            .collect(),
        owed: HashMap::new(),
    };
    for (links, paths) in [(0, 1), (1, 1), (3, 1), (4, 0)] {
        let found = find(&chain(links), &[id(links + 2)], today(), 9);
        assert_eq!(found.len(), paths, "{links} links");
    }
}

#[test]
fn who_was_asked_less_than_ninety_days_ago_comes_after_the_others_with_the_date() {
    let mut network = three();
    network.people.push(known(5, "Betty", 5.0));
    network.ties.push(tie(5, 4, How::Referral));
    for (days, first) in [(89, "Betty"), (90, "Barney")] {
        let asked = shift(today(), -days);
        network.people[0].asked = Some(asked);
        let found = find(&network, &[id(4)], today(), 9);
        assert_eq!(
            (found.len(), found[0].hops[0].name.as_str()),
            (2, first),
            "{days}"
        );
        let burnt: Vec<Option<NaiveDate>> = found.iter().map(|path| path.burnt).collect();
        let expected = if days < 90 {
            [None, Some(asked)]
        } else {
            [None, None]
        };
        assert_eq!(burnt, expected);
    }
}

#[test]
fn whoever_is_known_already_is_the_first_path_and_nobody_needs_to_be_asked() {
    let found = find(&three(), &[id(2)], today(), 9);
    assert_eq!(
        (found[0].words().as_str(), found[0].links()),
        ("Barney (72)", 0)
    );
    assert_eq!(draft(&found[0], "Ann", None), "");
}

#[test]
fn an_account_is_reached_through_any_of_its_people_but_not_through_two() {
    let mut network = three();
    network.people.push(Known {
        account: Some((id(90), "Fenn".to_owned())),
        ..known(5, "Gus", 0.0)
    });
    let found = find(&network, &[id(4), id(5)], today(), 9);
    let said: Vec<String> = found.iter().map(Path::words).collect();
    assert_eq!(said, ["Barney (72), friend of Wilma, worked with Fred"]);
    let found = find(&network, &[id(5)], today(), 9);
    assert_eq!(
        found[0].words(),
        "Barney (72), friend of Wilma, worked with Fred, colleague of Gus"
    );
}

#[test]
fn every_price_is_said_and_nothing_is_taken_off_against_anything() {
    let cases = [
        (0, 0, "nothing is owed: you would owe 1"),
        (0, 3, "you owe 1½: you would owe 2½"),
        (4, 0, "owes you 2: this calls one in"),
        (4, 2, "owes you 2, you owe 1: this calls one in"),
    ];
    for (owes, owed, expected) in cases {
        let mut network = three();
        network.owed = HashMap::from([
            ((id(2), Id::ME), Halves(owes)),
            ((Id::ME, id(2)), Halves(owed)),
        ]);
        assert_eq!(find(&network, &[id(4)], today(), 1)[0].price(), expected);
    }
}

#[test]
fn each_way_of_knowing_reads_right_from_either_side() {
    for how in every_how() {
        for forward in [true, false] {
            let (from, to) = if forward { (2, 3) } else { (3, 2) };
            let network = Network {
                people: vec![known(2, "Barney", 72.0), known(3, "Wilma", 0.0)],
                ties: vec![Tie {
                    suggested: true,
                    ..tie(from, to, how)
                }],
                owed: HashMap::new(),
            };
            let found = find(&network, &[id(3)], today(), 1);
            let words = format!("Barney (72), perhaps {} Wilma", how.words(forward));
            assert_eq!(found[0].words(), words);
            assert!((found[0].warmth - 36.0 * how.factor()).abs() < 0.1);
        }
    }
}

#[test]
fn the_draft_can_be_forwarded_as_it_stands() {
    let found = find(&three(), &[id(4)], today(), 9);
    let text = draft(&found[0], "Ann Ash", Some("no lost\nroom in a year"));
    let (ask, paragraph) = text.split_once("---").unwrap();
    assert!(ask.starts_with("Barney,\n\nwould you put me in touch with Fred (Fenn)?"));
    assert!(ask.contains("through Wilma") && ask.contains("Ann Ash"));
    assert!(
        paragraph
            .trim_start()
            .starts_with("Fred,\n\nI would like you to meet Ann Ash.")
    );
    assert!(paragraph.contains("this came of it: no lost room in a year."));
    assert!(draft(&found[0], "", None).contains("I would like you to meet [your name]."));
}
