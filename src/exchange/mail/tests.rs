//! Mailboxes of every program, whole and damaged.

use super::*;
use crate::domain::moment::stored;
use crate::exchange::ical::Mine;
use crate::exchange::samples;
use proptest::prelude::*;

const GMAIL: &[u8] = include_bytes!("../../../tests/fixtures/exchange/gmail.mbox");
const THUNDERBIRD: &[u8] = include_bytes!("../../../tests/fixtures/exchange/thunderbird.mbox");
const LENGTHS: &[u8] = include_bytes!("../../../tests/fixtures/exchange/lengths.mbox");
const SINGLE: &[u8] = include_bytes!("../../../tests/fixtures/exchange/single.eml");
const SAMPLES: &[&[u8]] = &[GMAIL, THUNDERBIRD, LENGTHS, SINGLE];

fn entries(bytes: &[u8]) -> Vec<Entry> {
    read(bytes).map(|entry| entry.unwrap()).collect()
}

fn told(bytes: &[u8]) -> Vec<String> {
    let mine = Mine::new(["rep@own.example"]);
    let line = |entry: &Entry| match entry {
        Entry::Skipped(reason) => format!("skipped: {reason}"),
        Entry::Message(message) => match sort(message, &mine) {
            Sorted::Nothing(reason) => format!("nothing: {reason}"),
            Sorted::Between(way, people) => {
                let who: Vec<String> = people
                    .iter()
                    .map(|a| format!("{} <{}>", a.name, a.email))
                    .collect();
                let at = message
                    .at
                    .map(|(at, offset)| stored(at, offset).format("%FT%H:%M%:z").to_string());
                let otherwise = if message.dated_otherwise {
                    " by its envelope"
                } else {
                    ""
                };
                format!(
                    "{way:?} {}{otherwise} {} \"{}\" answers {}",
                    at.unwrap_or_default(),
                    who.join(", "),
                    message.subject,
                    message.answers.len()
                )
            }
        },
    };
    entries(bytes).iter().map(line).collect()
}

#[test]
fn a_mailbox_of_google_tells_who_wrote_and_leaves_crowds_and_programs_out() {
    insta::assert_snapshot!(told(GMAIL).join("\n"), @r#"
    Out 2026-11-02T10:15+01:00 Nils Lund <nils@lund.example>, Iris Marsh <iris@marsh.example> "Angebot für München" answers 0
    In 2026-11-02T15:00+00:00 Nils Lund <nils@lund.example> "Re: Angebot" answers 2
    nothing: it came through a mailing list or a newsletter
    nothing: it is from an address that nobody reads
    nothing: it is to five people or more
    nothing: it is a draft
    In 2026-11-04T09:00+00:00 by its envelope Nils Lund <nils@lund.example> "Broken clock" answers 0
    nothing: a program wrote it
    nothing: it is neither from you nor to you (--mine names further addresses of yours)
    "#);
}

#[test]
fn a_mailbox_of_thunderbird_has_quoted_separators_and_deleted_messages() {
    insta::assert_snapshot!(told(THUNDERBIRD).join("\n"), @r#"
    In 2026-11-09T12:59+01:00 Iris Marsh <iris@marsh.example> "A folded subject" answers 0
    nothing: it was deleted
    In 2026-11-10T12:00+00:00 by its envelope  <iris@marsh.example> "Dated by the post office" answers 1
    "#);
}

#[test]
fn a_length_that_is_right_outranks_a_line_that_looks_like_a_separator() {
    insta::assert_snapshot!(told(LENGTHS).join("\n"), @r#"
    In 2026-11-11T10:00+00:00  <nils@lund.example> "Forwarded as it was" answers 0
    In 2026-11-12T10:00+00:00  <nils@lund.example> "Wrong length" answers 0
    In 2026-11-13T10:00+00:00  <nils@lund.example> "The last" answers 0
    "#);
}

#[test]
fn a_message_by_itself_is_one_record_whatever_is_in_it() {
    insta::assert_snapshot!(told(SINGLE).join("\n"), @r#"
    In 2026-11-14T09:00+00:00 Jörg Lund <nils@lund.example> "One file" answers 0
    "#);
}

#[test]
fn mail_is_told_from_other_files_by_its_beginning() {
    for sample in SAMPLES {
        assert!(looks_like(sample));
    }
    for other in [
        &b"From the beginning\nthere was\n"[..],
        b"name: a\nemail: b\n\n",
        b"BEGIN:VCARD\nFN:A\n",
        b"",
        b"{\"from\": 1}",
    ] {
        assert!(!looks_like(other), "{}", String::from_utf8_lossy(other));
    }
}

#[test]
fn what_answers_what_is_known_by_references_and_replies() {
    let text = "From - Mon\nMessage-ID: <c@x>\nIn-Reply-To: <b@x>\nReferences: <a@x>\n\t<b@x>\n\n";
    let Some(Entry::Message(message)) = entries(text.as_bytes()).pop() else {
        panic!();
    };
    let id = |id: &str| crate::domain::text::fingerprint(&[id]);
    assert_eq!(message.id, id("c@x"));
    assert_eq!(message.answers, [id("a@x"), id("b@x"), id("b@x")]);
}

#[test]
fn labels_are_read_before_capitals_are_made_small() {
    let cases = [
        ("plain", "Inbox,Drafts", "it is a draft"),
        ("base64", "=?UTF-8?B?SW5ib3gsRHJhZnRz?=", "it is a draft"),
        (
            "quoted",
            "=?UTF-8?Q?F=C3=BCr_sp=C3=A4ter,Trash?=",
            "it was deleted",
        ),
        ("in quotes", "\"Spam\",Work", "it is spam"),
    ];
    for (label, labels, reason) in cases {
        let text = format!(
            "From - Mon\nX-Gmail-Labels: {labels}\nFrom: a@x.example\nTo: rep@own.example\nDate: 2 Nov 2026 10:00:00 +0000\n\n"
        );
        assert_eq!(
            told(text.as_bytes()),
            [format!("nothing: {reason}")],
            "{label}"
        );
    }
}

#[test]
fn messages_that_were_put_together_carelessly_are_told_apart() {
    let line = "From a@b.example Mon Nov 02 09:15:00 2026\n";
    let head = |subject: &str| format!("{line}From: a@b.example\nSubject: {subject}\n");
    let cases = [
        (
            "no empty line between them",
            [head("1"), "\nx\n".into(), head("2"), "\nx\n".into()],
        ),
        (
            "a header that was cut off",
            [head("1"), head("2"), "\nx\n\n".into(), String::new()],
        ),
        (
            "Windows lines",
            [head("1"), "\nx\n".into(), head("2"), "\nx\n".into()]
                .map(|text| text.replace('\n', "\r\n")),
        ),
    ];
    for (label, parts) in cases {
        let subjects: Vec<String> = entries(parts.concat().as_bytes())
            .iter()
            .map(|entry| match entry {
                Entry::Message(message) => message.subject.clone(),
                Entry::Skipped(reason) => (*reason).to_owned(),
            })
            .collect();
        assert_eq!(subjects, ["1", "2"], "{label}");
    }
    // A sentence right below another is one, also where what follows has a colon.
    let prose = [
        head("1"),
        "\nhe came\nFrom 10:30 on\nresult: none\n".to_owned(),
    ]
    .concat();
    assert_eq!(entries(prose.as_bytes()).len(), 1);
}

/// A mailbox of so many messages with bodies of odd lengths, and how many there are.
fn made_up(lengths: &[usize], quoted: bool) -> String {
    let mut text = String::new();
    for (at, length) in lengths.iter().enumerate() {
        let body = "x\n".repeat(*length);
        let odd = if quoted {
            ">From here\n\n>From there\n"
        } else {
            ""
        };
        let head =
            format!("From a@b Mon Nov 06 12:00:00 2023\nFrom: a@b.example\nSubject: {at}\n\n");
        text.push_str(&[&head, &body, odd, "\n"].concat());
    }
    text
}

#[test]
fn messages_are_found_wherever_the_reads_end() {
    // Bodies that put separators before, on and behind the end of a read.
    let step = 1 << 19;
    for shift in 0..80 {
        let text = made_up(&[step - 60 + shift, 3, step + 7, 0, 1], true);
        let subjects: Vec<String> = entries(text.as_bytes())
            .iter()
            .map(|entry| match entry {
                Entry::Message(message) => message.subject.clone(),
                Entry::Skipped(reason) => (*reason).to_owned(),
            })
            .collect();
        assert_eq!(subjects, ["0", "1", "2", "3", "4"], "{shift}");
    }
}

/// A source that gives a few bytes at a time.
struct Drops<'a>(&'a [u8], usize);

impl std::io::Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(self.0.len()).min(into.len());
        let (now, later) = self.0.split_at(count);
        into[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

#[test]
fn what_a_message_is_does_not_depend_on_how_much_is_read_at_a_time() {
    let long = |count: usize| "x".repeat(count);
    let cases = [
        // The fields that make a message of it lie behind what one read gave.
        format!(
            "X-Filler: {}\nFrom: a@b.example\nTo: c@d.example\nDate: today\n\nx\n",
            long(2_500)
        ),
        format!("From a@b.example {}\nFrom: a@b.example\n\nx\n", long(2_500)),
        format!(
            "From: a@b.example\nTo: c@d.example\nDate: x\n\nx\n\nFrom a@b.example {}\nFrom: a@b.example\n\nx\n",
            long(2_500)
        ),
        format!(
            "text\n\nFrom a@b.example {}\nFrom: a@b.example\n\nx\n",
            long(2_040)
        ),
    ];
    for text in cases {
        let whole = entries(text.as_bytes());
        for step in [1, 7, 61, 2_048, 4_096] {
            let slowly: Vec<Entry> = read(Drops(text.as_bytes(), step))
                .map(|entry| entry.unwrap())
                .collect();
            assert_eq!(whole, slowly, "{step} {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_message_of_a_damaged_mailbox_is_told_of(bytes in samples::mutated(SAMPLES), drop in 1usize..5_000) {
        let all = entries(&bytes);
        let slowly: Vec<Entry> = read(Drops(&bytes, drop)).map(|entry| entry.unwrap()).collect();
        prop_assert_eq!(&all, &slowly, "the size of the reads does not matter");
        // No more messages than lines that could begin one, and none is lost that cannot be anything else.
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"From ")).count();
        prop_assert!(all.len() <= lines + 1);
        for entry in &all {
            if let Entry::Message(message) = entry {
                prop_assert!(!message.subject.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn as_many_messages_come_out_as_were_put_in(lengths in prop::collection::vec(0usize..300, 1..20), quoted in any::<bool>(), windows in any::<bool>()) {
        let mut text = made_up(&lengths, quoted);
        if windows {
            text = text.replace('\n', "\r\n");
        }
        prop_assert_eq!(entries(text.as_bytes()).len(), lengths.len());
    }
}
