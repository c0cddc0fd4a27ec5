//! Reads what a rep supposes: `a call next Tuesday`, `call tue, lunch 14 dec`, `nothing for a month`, `a call every 2 weeks`.
//!
//! A supposition is one or more parts with a comma, `and` or `then` between them. A part is a kind of touch with a direction and
//! a schedule, a silence, a promise kept or broken, or a cadence; a part that is only a day repeats what came before it. Days are
//! read as [`when`] reads them, looking ahead; after `then` they are counted from what came before. A touch without a day is of
//! the day of what came before it, at first today.
//!
//! A call is a talk, so it is mutual; `a call without an answer` is a knock. An e-mail or a message is sent and not answered, a
//! knock too, unless `answered` or `they` is said. What is not understood is named in a sentence.

use super::often;
use super::schedule::{Calendar, MOST, Schedule, after_free};
use super::words::{self, Part, TRY, Word, joined, of_silence, shown, stranger, typed};
use super::{Event, Intent, Supposed, What};
use crate::domain::moment::day_number;
use crate::domain::strength::knock;
use crate::domain::touch::{Direction, TouchKind};
use crate::domain::when::{self, DateOrder, Unit};
use chrono::NaiveDate;

/// What a text supposes with the person of this name, or a sentence that names what is not understood.
///
/// ```
/// use chitbook::domain::when::DateOrder;
/// use chitbook::domain::whatif::read;
/// let today = "2026-11-22".parse().unwrap(); // a Sunday
/// let read = |text| read(text, "Barney Rubble", today, DateOrder::Mdy);
/// let supposed = read("call tue, lunch 14 dec").unwrap();
/// assert_eq!(supposed.words(today), "Tue 24 Nov call · Mon 14 Dec meeting");
/// assert!(read("a call someday").unwrap_err().contains("someday"));
/// ```
pub fn read(
    text: &str,
    name: &str,
    today: NaiveDate,
    order: DateOrder,
) -> Result<Supposed, String> {
    let mut reader = Reader {
        name: name.to_lowercase(),
        today,
        order,
        then: false,
        found: Found {
            before: today,
            ..Found::default()
        },
    };
    let parts = words::parts(text);
    if parts.is_empty() {
        return Err(format!("say what you suppose: {TRY}"));
    }
    let mut last: Option<(Found, Part)> = None;
    for part in parts {
        let start = reader.found.clone();
        let more = words::kind(&part.words).is_none();
        // `14 dec, 2027` is one day, and `lunch with Fred and Wilma` one lunch.
        if let Some((before, whole)) = last.take().filter(|_| more && !part.joint.then) {
            let whole = whole.joined(&part);
            let alone = !part.joint.comma && reader.part(&part).is_ok();
            if !alone {
                reader.found = before.clone();
                if reader.part(&whole).is_ok() {
                    last = Some((before, whole));
                    continue;
                }
            }
            reader.found = start.clone();
        }
        reader.part(&part)?;
        last = Some((start, part));
    }
    reader.found.finish(today)
}

/// What was found so far.
#[derive(Clone, Debug, Default)]
struct Found {
    events: Vec<(NaiveDate, What)>,
    cadence: Option<u16>,
    /// The end of a silence.
    until: Option<NaiveDate>,
    intents: Vec<Intent>,
    /// The day of what came before.
    before: NaiveDate,
    /// What came before, and the words it was said in.
    what: Option<(What, String)>,
}

impl Found {
    fn finish(mut self, today: NaiveDate) -> Result<Supposed, String> {
        if self.events.len() > MOST {
            return Err(format!(
                "that is more than {MOST} touches; say for how long: “a call every week for 6 months”"
            ));
        }
        self.events
            .sort_by_key(|(day, what)| (*day, matches!(what, What::Promise(_))));
        self.intents.sort_by_key(|intent| intent.on);
        let last = self.events.last().map(|event| event.0);
        let on = last.max(self.until).unwrap_or(today);
        Ok(Supposed {
            events: self
                .events
                .into_iter()
                .map(|(day, what)| Event {
                    day: day_number(day),
                    what,
                })
                .collect(),
            cadence: self.cadence,
            on: day_number(on),
            intent: self.intents.into_iter().next(),
        })
    }
}

struct Reader {
    /// Whose name is no word to be understood.
    name: String,
    today: NaiveDate,
    order: DateOrder,
    /// Days are counted from what came before.
    then: bool,
    found: Found,
}

impl Reader {
    fn calendar(&self) -> Calendar {
        Calendar {
            today: self.today,
            from: if self.then {
                self.found.before
            } else {
                self.today
            },
            before: self.found.before,
            order: self.order,
        }
    }

    /// Whether a word is of the person's name.
    fn names(&self, word: &Word) -> bool {
        let text = word.text.strip_suffix("'s").unwrap_or(&word.text);
        self.name.split_whitespace().any(|part| part == text)
    }

    fn part(&mut self, part: &Part) -> Result<(), String> {
        let words = part.words.as_slice();
        self.then = part.joint.then;
        if words.iter().any(|word| word.text == "cadence") {
            return self.cadence(words);
        }
        if words.iter().any(|word| word.is(&["promise", "promises"])) {
            return self.promise(words);
        }
        if words::is_silence(words) {
            return self.silence(words);
        }
        match words::kind(words) {
            Some(found) => self.touch(words, found),
            None => self.again(words),
        }
    }

    /// `nothing for a month`, `nothing until 3 jan`: a month where no length is said.
    fn silence(&mut self, words: &[Word]) -> Result<(), String> {
        let start = words
            .iter()
            .position(|word| word.is(&["for", "until", "till"]));
        let before = start.unwrap_or(words.len());
        let told = words
            .iter()
            .take(before)
            .skip_while(|word| of_silence(word) || self.names(word));
        let mut rest: Vec<Word> = told.cloned().collect();
        if let (Some(stray), Some(_)) = (rest.first(), start) {
            return Err(stranger(std::slice::from_ref(stray)));
        }
        rest.extend(words.iter().skip(before + 1).cloned());
        let text = joined(&rest);
        let bare = text.strip_prefix("the ").unwrap_or(&text);
        let bare = bare.strip_prefix("next ").unwrap_or(bare);
        let calendar = self.calendar();
        // A length is counted from what came before; without one it is a month.
        let length = match when::length(bare) {
            None if rest.is_empty() => Some(Unit::Months(1)),
            length => length,
        };
        let end = match length.and_then(|long| when::after(calendar.before, long, 1)) {
            Some(end) => calendar.within(end)?,
            None => calendar.day(&text)?,
        };
        self.found.until = self.found.until.max(Some(end));
        self.found.before = end;
        Ok(())
    }

    /// `keep a promise fri`, `break a promise`, `the promise is kept`.
    fn promise(&mut self, words: &[Word]) -> Result<(), String> {
        if words
            .iter()
            .any(|word| word.is(&["they", "their", "he", "she", "his", "her"]))
        {
            return Err(
                "only promises of yours count; suppose one of yours kept or broken".to_owned(),
            );
        }
        let kept = ["keep", "keeps", "keeping", "kept", "hold"];
        let broken = ["break", "breaks", "breaking", "broke", "broken", "miss"];
        let verb = words
            .iter()
            .position(|word| word.is(&kept) || word.is(&broken));
        let Some(verb) = verb else {
            return Err(
                "say whether the promise is kept or broken: “keep a promise fri”".to_owned(),
            );
        };
        let what = What::Promise(words.get(verb).is_some_and(|word| word.is(&kept)));
        let noun = words
            .iter()
            .position(|word| word.is(&["promise", "promises"]));
        let (first, last) = (
            verb.min(noun.unwrap_or(verb)),
            verb.max(noun.unwrap_or(verb)),
        );
        let mut rest = trimmed(words.get(..first).unwrap_or_default());
        let early = rest.len();
        let after = words.iter().skip(last + 1).skip_while(|w| w.text == "is");
        rest.extend(after.cloned());
        let calendar = self.calendar();
        let bare = || calendar.schedule(&trimmed(&rest));
        let schedule = calendar
            .schedule(&rest)
            .or_else(|why| bare().map_err(|_| why));
        // What was cut out of the middle is quoted too.
        let whole = early == 0 || early == rest.len();
        let schedule = schedule.map_err(|why| if whole { why } else { stranger(words) })?;
        self.add(&schedule, what, "");
        Ok(())
    }

    /// `set cadence 14`, `a cadence of 2 weeks`.
    fn cadence(&mut self, words: &[Word]) -> Result<(), String> {
        let little = [
            "set", "a", "the", "of", "to", "with", "cadence", "days", "i", "we",
        ];
        let rest = words.iter().filter(|word| !word.is(&little));
        let text = joined(&rest.cloned().collect::<Vec<_>>());
        let often = often::often(words).map(|found| found.2.gap());
        let days = match (text.parse::<u16>(), often.or_else(|| when::length(&text))) {
            (Ok(days), _) => Some(days),
            (_, Some(Unit::Days(days))) => u16::try_from(days).ok(),
            (_, Some(Unit::Months(months))) => u16::try_from(months * 30).ok(),
            _ => None,
        };
        let Some(days) = days.filter(|days| (1..=3650).contains(days)) else {
            return Err(format!(
                "“{}” is no cadence; say a number of days from 1 to 3650: “set cadence 14”",
                shown(&text)
            ));
        };
        self.found.cadence = Some(days);
        Ok(())
    }

    /// A touch: `they call fri`, `email sent tomorrow`, `lunch with Barney every 2 weeks for 3 months`.
    fn touch(
        &mut self,
        words: &[Word],
        (at, wide, kind): (usize, usize, TouchKind),
    ) -> Result<(), String> {
        let mut said: Option<Direction> = None;
        let mut early: Vec<Word> = Vec::new();
        for word in words.iter().take(at) {
            match words::direction(word) {
                Some(way) => said = said.or(Some(way)),
                // `Barney calls`
                None if self.names(word) => said = said.or(Some(Direction::In)),
                None => early.push(word.clone()),
            }
        }
        let early = trimmed(&early);
        let mut start = at + wide;
        while let Some(word) = words.get(start) {
            match words::direction(word) {
                Some(way) => said = said.or(Some(way)),
                None if said.is_some() && words::goes_on(word) => {}
                None if word.text == "to" => break,
                None if !(words::is_noise(word) || self.names(word)) => break,
                None if !self.dates(words, start, &early) => {}
                None => break,
            }
            start += 1;
        }
        let (after, schedule, many) = self.days_of(words, start, &early)?;
        if after > start && words.get(start).is_some_and(|word| word.text == "from") {
            said = Some(Direction::In);
        }
        let start = after;
        let article = at
            .checked_sub(1)
            .filter(|b| words.get(*b).is_some_and(|w| w.is(&["a", "an"])));
        let mut why = typed(words.get(article.unwrap_or(at)..start).unwrap_or_default());
        if many {
            // Of two calls one is planned.
            let more = typed(words.get(at + wide..start).unwrap_or_default());
            let one = kind.counted(1);
            why = if more.is_empty() {
                one
            } else {
                format!("{one} {more}")
            };
        }
        let usual = match kind {
            TouchKind::Email | TouchKind::Message => Direction::Out,
            _ => Direction::Mutual,
        };
        let what = What::Touch(kind, said.unwrap_or(usual));
        self.add(&schedule, what, &why);
        Ok(())
    }

    /// Whether all from a word on is a schedule: then `a week from friday` keeps its `a`, and `two calls a week` too.
    fn dates(&self, words: &[Word], at: usize, early: &[Word]) -> bool {
        let (calendar, rest) = (self.calendar(), words.get(at..).unwrap_or_default());
        let times = early.last().and_then(often::number);
        calendar.schedule(rest).is_ok()
            || times.is_some_and(|times| calendar.several(rest, times).is_ok())
    }

    /// The days of a touch from the words around it, and where what is said of it ends; whether there is a number before it:
    /// `two calls next week`.
    fn days_of(
        &self,
        words: &[Word],
        start: usize,
        early: &[Word],
    ) -> Result<(usize, Schedule, bool), String> {
        let calendar = self.calendar();
        let several = |(times, before): (u32, &[Word])| {
            let read = |days: &[Word]| calendar.several(days, times);
            let found = after_free(words, start, before, read).ok();
            found.map(|(start, schedule)| (start, schedule, true))
        };
        let number = match early {
            [before @ .., last] => often::number(last).map(|times| (times, before)),
            [] => None,
        };
        // `two … week` around the call is no date.
        let first = number.filter(|(_, before)| before.is_empty());
        if let Some(found) = first.and_then(several) {
            return Ok(found);
        }
        let read = |days: &[Word]| calendar.schedule(days);
        let why = match after_free(words, start, early, read) {
            Ok((start, schedule)) => return Ok((start, schedule, false)),
            Err(why) => why,
        };
        if let Some(found) = number.and_then(several) {
            return Ok(found);
        }
        // `call twice next week`
        if let Some((times, wide)) = often::counted_times(words, start) {
            let read = |days: &[Word]| calendar.several(days, times);
            if let Ok((_, schedule)) = after_free(words, start + wide, early, read) {
                return Ok((start, schedule, true));
            }
        }
        let rest = words.get(start..).unwrap_or_default();
        // Only what was typed so is quoted.
        let together = rest.is_empty() && words.windows(early.len().max(1)).any(|w| w == early);
        Err(if early.is_empty() || together {
            why
        } else {
            stranger(words)
        })
    }

    /// A part that says no kind: a further day of what came before.
    fn again(&mut self, words: &[Word]) -> Result<(), String> {
        let calendar = self.calendar();
        let schedule = calendar
            .schedule(words)
            .or_else(|_| calendar.schedule(&trimmed(words)));
        match (schedule, self.found.what.clone()) {
            (Ok(schedule), Some((what, why))) => {
                self.add(&schedule, what, &why);
                Ok(())
            }
            (Ok(_), None) => Err(format!(
                "say what happens {}: a call, lunch, an e-mail …",
                shown(&typed(words))
            )),
            (Err(_), _) => Err(stranger(words)),
        }
    }

    fn add(&mut self, schedule: &Schedule, what: What, why: &str) {
        let days = schedule.days.iter();
        self.found.events.extend(days.map(|day| (*day, what)));
        if let Some(last) = schedule.days.last() {
            self.found.before = *last;
        }
        self.found.what = Some((what, why.to_owned()));
        if let (What::Touch(kind, direction), Some(first)) = (what, schedule.days.first()) {
            let mine = direction != Direction::In || !knock(kind, Direction::Out);
            let made = !matches!(kind, TouchKind::Note | TouchKind::Attempt);
            if mine && made {
                self.found.intents.push(Intent {
                    on: *first,
                    at: schedule.at,
                    why: why.to_owned(),
                });
            }
        }
    }
}

/// Words without those that say nothing at either end.
fn trimmed(words: &[Word]) -> Vec<Word> {
    let mut words: Vec<Word> = words
        .iter()
        .skip_while(|w| words::is_noise(w))
        .cloned()
        .collect();
    while words.last().is_some_and(words::is_noise) {
        words.pop();
    }
    words
}
