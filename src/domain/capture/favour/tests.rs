//! Favours as people write them.

use super::super::tests::check;

#[test]
fn a_favour_is_between_me_and_the_caller_unless_somebody_is_named() {
    check(&[
        ("+ got me in", "caller > me | got me in | 1"),
        ("- sent her the CV", "me > caller | sent her the CV | 1"),
        ("+ @Wilma got me in", "Wilma Slate > me | got me in | 1"),
        ("+ @Wilma: got me in", "Wilma Slate > me | got me in | 1"),
        (
            "- @Wilma: sent the CV",
            "me > Wilma Slate | sent the CV | 1",
        ),
        (
            "- @Dino Vance: sent the CV",
            "me > new Dino Vance | sent the CV | 1",
        ),
        ("- @Ann: sent the CV", "me > Ann? 3 | sent the CV | 1"),
        (
            "+ introduced me to @Wilma",
            "caller > me | introduced me to Wilma | 1",
        ),
        (
            "- @wojcik: sent the CV",
            "me > Anja Wójcik | sent the CV | 1",
        ),
        ("+ @山田太郎さん：紹介", "山田太郎 > me | 紹介 | 1"),
        (
            "+ @Wilma's tip on Slate",
            "Wilma Slate > me | Wilma's tip on Slate | 1",
        ),
        (
            "+ drove me home on fri",
            "caller > me | drove me home on fri | 1",
        ),
    ]);
}

#[test]
fn an_arrow_says_who_did_whom_a_favour() {
    check(&[
        (
            "+ @Fred Flint > @Barney Rubble: intro to finance",
            "Fred Flint > Barney Rubble | intro to finance | 1",
        ),
        (
            "+ @Fred > @Barney intro to finance",
            "Fred Flint > Barney Rubble | intro to finance | 1",
        ),
        (
            "+ @Fred -> @Barney: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        (
            "+ @Fred → @Barney: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        (
            "+ @Fred>@Barney: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        (
            "- @Fred > @Barney: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        (
            "+ Fred Flint > Barney Rubble: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        (
            "+ fred > barney: intro",
            "Fred Flint > Barney Rubble | intro | 1",
        ),
        ("+ me > @Barney: intro", "me > Barney Rubble | intro | 1"),
        ("+ @me > @Barney: intro", "me > Barney Rubble | intro | 1"),
        ("+ @Barney > me: intro", "Barney Rubble > me | intro | 1"),
        ("+ @Barney > me intro", "Barney Rubble > me | intro | 1"),
        ("+ @Barney > @me, intro", "Barney Rubble > me | intro | 1"),
        ("+ > @Barney: intro", "caller > Barney Rubble | intro | 1"),
        ("+ @Fred > : intro", "Fred Flint > caller | intro | 1"),
        (
            "+ @Dino Vance > @Ann: intro",
            "new Dino Vance > Ann? 3 | intro | 1",
        ),
        ("+ Ann Lee > me: intro", "Ann Lee > me | intro | 1"),
        ("+ ann > me: intro", "ann? 3 > me | intro | 1"),
        (
            "+ @wojcik > @山田太郎さん：紹介",
            "Anja Wójcik > 山田太郎 | 紹介 | 1",
        ),
        (
            "+ moved the deal from A > B",
            "caller > me | moved the deal from A > B | 1",
        ),
        (
            "+ @Fred got revenue > 5m",
            "Fred Flint > me | got revenue > 5m | 1",
        ),
        (
            "+ pressed ctrl -> alt for me",
            "caller > me | pressed ctrl -> alt for me | 1",
        ),
        (
            "+ @Fred > the plant: intro",
            "(say who had the favour: @Name behind the >)",
        ),
        ("+ @Fred > @Barney", "(say what they did for you)"),
    ]);
}

#[test]
fn nobody_does_themselves_a_favour() {
    let no = "(nobody does themselves a favour: name another @Name)";
    check(&[
        ("+ @Fred > @Fred Flint: lunch", no),
        ("+ @me got me in", no),
        ("- @me: lunch", no),
        ("+ me > me: lunch", no),
        ("+ > : lunch", no),
        ("+ @Dino > @dino: lunch", no),
        ("+ @Ann > @Ann: lunch", "Ann? 3 > Ann? 3 | lunch | 1"),
    ]);
}

#[test]
fn a_favour_is_worth_what_is_said_before_or_behind_it() {
    check(&[
        ("+ big: got me in", "caller > me | got me in | 2"),
        ("+ Big: got me in", "caller > me | got me in | 2"),
        ("+ small: got me in", "caller > me | got me in | ½"),
        ("+ ½: got me in", "caller > me | got me in | ½"),
        ("+ 2: got me in", "caller > me | got me in | 2"),
        ("+ 1½: got me in", "caller > me | got me in | 1½"),
        ("+ got me in (big)", "caller > me | got me in | 2"),
        ("+ got me in (small)", "caller > me | got me in | ½"),
        ("+ got me in (½)", "caller > me | got me in | ½"),
        ("+ got me in（½）", "caller > me | got me in | ½"),
        (
            "- big: @Wilma: sent the CV",
            "me > Wilma Slate | sent the CV | 2",
        ),
        (
            "- @Wilma: big: sent the CV",
            "me > Wilma Slate | sent the CV | 2",
        ),
        (
            "- @Wilma big: sent the CV",
            "me > Wilma Slate | sent the CV | 2",
        ),
        (
            "+ small: @Fred > @Barney: intro",
            "Fred Flint > Barney Rubble | intro | ½",
        ),
        (
            "+ @Fred > @Barney: intro (big)",
            "Fred Flint > Barney Rubble | intro | 2",
        ),
        (
            "+ sent the report (2)",
            "caller > me | sent the report (2) | 1",
        ),
        ("+ 2:30 call", "caller > me | 2:30 call | 1"),
        ("+ Slate: got me in", "caller > me | Slate: got me in | 1"),
        ("+ sent it (finally)", "caller > me | sent it (finally) | 1"),
    ]);
}
