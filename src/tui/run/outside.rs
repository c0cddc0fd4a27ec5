//! A text lent to the person's own editor, and taken back safe whatever that did to it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use tempfile::TempDir;

/// Bytes a text may have when it comes back.
const MOST: u64 = 16 << 20;

/// Lends a text to the editor of `$VISUAL`, else of `$EDITOR`, else to `vi`, and waits for it. An error is a sentence; what was
/// lent is then as it was.
pub fn edit(text: &str) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os);
    let editor = named.into_iter().find(|editor| !editor.is_empty());
    edit_with(&editor.unwrap_or_else(|| "vi".into()), text, keyboard())
}

/// Where an editor reads keys from: the terminal, also where our standard input is something else.
fn keyboard() -> Stdio {
    if rustix::termios::isatty(rustix::stdio::stdin()) {
        return Stdio::inherit();
    }
    File::open("/dev/tty").map_or_else(|_| Stdio::inherit(), Stdio::from)
}

fn edit_with(editor: &OsStr, text: &str, keyboard: Stdio) -> Result<String, String> {
    let loan = Loan::make(text).map_err(|e| {
        format!("No file could be made for the editor ({e}), so the text is as it was")
    })?;
    let ended = run(editor, &loan.path, keyboard);
    let why = match (ended, loan.look()) {
        (Ok(()), Found::Same) => return Ok(text.to_owned()),
        (Ok(()), Found::Text(new)) => return Ok(new),
        (Ok(()), Found::Gone) => return Err(as_it_was("The editor left no file behind")),
        (Ok(()), Found::Empty) => return Err(as_it_was("The editor left the file empty")),
        (Err(why), Found::Same | Found::Gone | Found::Empty) => return Err(as_it_was(&why)),
        (Err(why), Found::Text(_) | Found::Useless(_)) | (Ok(()), Found::Useless(why)) => why,
    };
    let kept = loan.folder.keep().join(NAME);
    let kept = kept.display();
    Err(as_it_was(&format!("{why}; what it wrote is in {kept}")))
}

fn as_it_was(why: &str) -> String {
    format!("{why}, so the text is as it was")
}

/// Runs the editor through the shell, so that its variable may hold arguments, and without the path ever being read by the shell.
fn run(editor: &OsStr, path: &Path, keyboard: Stdio) -> Result<(), String> {
    let mut script = OsString::from(editor);
    script.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(editor).arg(path);
    let status = command.stdin(keyboard).status();
    let status = status.map_err(|e| format!("No shell could be started for the editor ({e})"))?;
    let name = editor.display();
    match (status.success(), ended_by(status)) {
        (true, _) => Ok(()),
        (_, Err(signal)) => Err(format!("The editor was ended by signal {signal}")),
        (_, Ok(127)) => Err(format!(
            "There is no editor called {name} (set EDITOR to the one you use)"
        )),
        (_, Ok(126)) => Err(format!("The editor {name} could not be run")),
        (_, Ok(code)) => Err(format!("The editor ended with code {code}")),
    }
}

/// The code a program ended with, or the signal; a shell tells of a signal by a high code.
fn ended_by(status: ExitStatus) -> Result<i32, i32> {
    match (status.code(), status.signal()) {
        (Some(code @ 129..=192), _) => Err(code - 128),
        (Some(code), _) => Ok(code),
        (None, signal) => Err(signal.unwrap_or(0)),
    }
}

/// What the file is called, so that editors know what is in it.
const NAME: &str = "note.md";

/// A text in a file of its own, which is gone when this is.
struct Loan<'t> {
    folder: TempDir,
    path: PathBuf,
    text: &'t str,
    /// What was written: the text as a file of lines.
    given: String,
}

/// What became of the file.
enum Found {
    /// Nothing.
    Same,
    Text(String),
    Gone,
    Empty,
    /// It cannot be taken back; why not.
    Useless(String),
}

impl<'t> Loan<'t> {
    fn make(text: &'t str) -> io::Result<Self> {
        let private = Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new()
            .prefix("chitbook-")
            .permissions(private)
            .tempdir()?;
        let path = folder.path().join(NAME);
        let mut given = text.to_owned();
        if !given.is_empty() && !given.ends_with('\n') {
            given.push('\n');
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        file.write_all(given.as_bytes())?;
        Ok(Loan {
            folder,
            path,
            text,
            given,
        })
    }

    fn look(&self) -> Found {
        let useless = |e: io::Error| Found::Useless(format!("The file could not be read ({e})"));
        let bytes = match self.read() {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Found::Gone,
            Err(e) => return useless(e),
        };
        if bytes.len() as u64 > MOST {
            return Found::Useless(format!("The file has grown to over {} MB", MOST >> 20));
        }
        let Ok(mut text) = String::from_utf8(bytes) else {
            return Found::Useless("The file is no longer text in UTF-8".to_owned());
        };
        if text == self.given {
            return Found::Same;
        }
        if text.trim().is_empty() && !self.text.trim().is_empty() {
            return Found::Empty;
        }
        // Editors end the last line; the text did not.
        if !self.text.ends_with('\n') && text.ends_with('\n') {
            text.pop();
        }
        Found::Text(text)
    }

    /// The file's bytes, but no more than a few above the most there may be.
    fn read(&self) -> io::Result<Vec<u8>> {
        // What is no file could make the reader wait for ever.
        if !fs::metadata(&self.path)?.is_file() {
            return Err(io::Error::other("it is no longer a file"));
        }
        let mut bytes = Vec::new();
        File::open(&self.path)?
            .take(MOST + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(script: &str, text: &str) -> Result<String, String> {
        // In place of an editor: a script that is given the file.
        edit_with(OsStr::new(script), text, Stdio::null())
    }

    /// A script as `$EDITOR` has to be: its arguments come after it.
    fn does(script: &str, text: &str) -> Result<String, String> {
        with(&format!("f() {{ {script}; }}; f"), text)
    }

    #[test]
    fn what_the_editor_wrote_comes_back() {
        let table = [
            ("nothing done", ":", "one\ntwo", "one\ntwo"),
            (
                "more written",
                "echo three >>\"$1\"",
                "one\ntwo",
                "one\ntwo\nthree",
            ),
            (
                "a line end of the text's own",
                "echo two >>\"$1\"",
                "one\n",
                "one\ntwo\n",
            ),
            ("no line end left", "printf new >\"$1\"", "one", "new"),
            (
                "two line ends, one of them the editor's",
                "printf 'new\\n\\n' >\"$1\"",
                "one",
                "new\n",
            ),
            ("begun with nothing", "echo first >\"$1\"", "", "first"),
            ("left at nothing", ": >\"$1\"", "", ""),
            (
                "a new file in the place of the old",
                "echo new >\"$1.x\"; mv \"$1.x\" \"$1\"",
                "one",
                "new",
            ),
            (
                "a file that says what it is",
                "basename \"$1\" >\"$1\"",
                "x",
                "note.md",
            ),
            (
                "private to its owner",
                "(cd \"${1%/*}\"; stat -c %a . note.md | tr '\\n' ' ') >\"$1\"",
                "x",
                "700 600 ",
            ),
        ];
        for (label, script, text, expected) in table {
            assert_eq!(does(script, text).as_deref(), Ok(expected), "{label}");
        }
    }

    #[test]
    fn arguments_and_quotes_in_the_variable_work_as_in_the_shell() {
        let folder = tempfile::tempdir().unwrap();
        let tool = folder.path().join("my editor; $HOME");
        fs::write(&tool, "#!/bin/sh\necho \"$1 $#\" >\"$2\"\n").unwrap();
        fs::set_permissions(&tool, Permissions::from_mode(0o700)).unwrap();
        let quoted = format!("'{}' --wait", tool.display());
        assert_eq!(with(&quoted, "x").as_deref(), Ok("--wait 2"));
    }

    #[test]
    fn whatever_else_it_does_is_a_sentence_and_leaves_the_text() {
        let table = [
            (
                "refused",
                "exit 3",
                "The editor ended with code 3, so the text is as it was",
            ),
            (
                "killed",
                "kill -9 $$",
                "The editor was ended by signal 9, so the text is as it was",
            ),
            (
                "killed below the shell",
                "sh -c 'kill -15 $$'",
                "The editor was ended by signal 15, so the text is as it was",
            ),
            (
                "file deleted",
                "rm \"$1\"",
                "The editor left no file behind, so the text is as it was",
            ),
            (
                "folder deleted",
                "rm -r \"${1%/*}\"",
                "The editor left no file behind, so the text is as it was",
            ),
            (
                "file emptied",
                ": >\"$1\"",
                "The editor left the file empty, so the text is as it was",
            ),
            (
                "only blanks left",
                "echo >\"$1\"",
                "The editor left the file empty, so the text is as it was",
            ),
            (
                "emptied and refused",
                ": >\"$1\"; exit 1",
                "The editor ended with code 1, so the text is as it was",
            ),
        ];
        for (label, script, why) in table {
            assert_eq!(does(script, "one"), Err(why.to_owned()), "{label}");
        }
        let missing = "There is no editor called no-such-editor -x (set EDITOR to the one you use), so the text is as it was";
        assert_eq!(with("no-such-editor -x", "one"), Err(missing.to_owned()));
    }

    #[test]
    fn what_was_written_and_cannot_be_used_is_kept_and_named() {
        let table = [
            (
                "refused",
                "echo two >>\"$1\"; exit 3",
                "The editor ended with code 3",
                8,
            ),
            (
                "killed",
                "echo two >>\"$1\"; kill -9 $$",
                "The editor was ended by signal 9",
                8,
            ),
            (
                "not UTF-8",
                "printf '\\377' >\"$1\"",
                "The file is no longer text in UTF-8",
                1,
            ),
            (
                "grown",
                "truncate -s 3G \"$1\"",
                "The file has grown to over 16 MB",
                3 << 30,
            ),
            (
                "no file",
                "rm \"$1\"; mkfifo \"$1\"",
                "The file could not be read (it is no longer a file)",
                0,
            ),
        ];
        for (label, script, why, length) in table {
            let said = does(script, "one").unwrap_err();
            let rest = said.strip_prefix(&format!("{why}; what it wrote is in "));
            let kept = rest.and_then(|rest| rest.strip_suffix(", so the text is as it was"));
            let kept = Path::new(kept.unwrap_or_else(|| panic!("{label}: {said}")));
            assert_eq!(fs::metadata(kept).unwrap().len(), length, "{label}");
            fs::remove_dir_all(kept.parent().unwrap()).unwrap();
        }
    }

    #[test]
    fn a_text_taken_back_leaves_no_file() {
        let folder = does("printf %s \"$1\" >\"$1\"", "one").unwrap();
        assert!(folder.ends_with("note.md") && !Path::new(&folder).parent().unwrap().exists());
    }
}
