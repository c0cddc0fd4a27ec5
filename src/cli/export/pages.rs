//! A folder of pages, one a person. Pages that say nothing new are not written again; those of people who went, and no others, go.

use super::super::desk::Failure;
use crate::domain::text::fold;
use crate::exchange::markdown::{MARK, file_name, page};
use crate::store::Store;
use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Writes the pages; how many there are.
pub fn write(book: &Store, folder: &Path) -> Result<usize, Failure> {
    let cannot = |path: &Path, error: &io::Error| {
        Failure::could(format!(
            "{} could not be written: {error}; some pages may be old",
            path.display()
        ))
    };
    fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    let mut ids = book.contact_ids()?;
    ids.sort_unstable();
    let mut taken: HashSet<String> = HashSet::new();
    let mut count = 0;
    for id in ids {
        let Some(person) = book.person(id)? else {
            continue;
        };
        let mut name = format!("{}.md", file_name(&person.card.name));
        if !taken.insert(fold(&name)) {
            name = format!("{} {}.md", file_name(&person.card.name), id.short(8));
            taken.insert(fold(&name));
        }
        let history = book.history(id, usize::MAX)?;
        let text = page(id, &person, &history);
        let path = folder.join(&name);
        match fs::read_to_string(&path) {
            Ok(present) if present == text => {}
            Ok(present) if !present.starts_with(MARK) => {
                return Err(Failure::could(format!(
                    "{} is not a page written by chitbook, so it was left alone; name another folder",
                    path.display()
                )));
            }
            _ => super::to_file(&path, "written", |out| Ok(out.write_all(text.as_bytes())?))?,
        }
        count += 1;
    }
    tidy(folder, &taken).map_err(|error| cannot(folder, &error))?;
    Ok(count)
}

/// Takes away the pages of people who are in the book no longer.
fn tidy(folder: &Path, taken: &HashSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let page = Path::new(&name).extension().is_some_and(|end| end == "md")
            && name
                .to_str()
                .is_some_and(|name| !taken.contains(&fold(name)));
        if page && entry.file_type()?.is_file() && is_ours(&entry.path())? {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?
        .take(MARK.len() as u64)
        .read_to_end(&mut head)?;
    Ok(head == MARK.as_bytes())
}
