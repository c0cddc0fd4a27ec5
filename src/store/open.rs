//! Opening a book: making it, recognising it, refusing what is not one, and bringing an older one up to date.
//!
//! A migration is one numbered file under `assets/schema`, never edited once released. The book's `user_version` is the number of
//! migrations it has had. They run forward only, in one transaction, after a backup.

use super::error::{Error, classify};
use super::journal::Recorder;
use super::{Result, Store, news};
use crate::domain::id::Minter;
use crate::domain::strength::Params;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io::Read;
#[cfg(unix)]
use std::io::Seek;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What a book says it is: "Chit" in ASCII.
const APPLICATION_ID: i32 = 0x4368_6974;
/// The migrations; the position is the version they lead to.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/schema/001_book.sql"),
    include_str!("../../assets/schema/002_call.sql"),
    include_str!("../../assets/schema/003_ledger.sql"),
    include_str!("../../assets/schema/004_accounts.sql"),
    include_str!("../../assets/schema/005_exchange.sql"),
    include_str!("../../assets/schema/006_speed.sql"),
];
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the end of a dashboard waits for readers of the book.
pub(super) const SHORT_PATIENCE: Duration = Duration::from_millis(300);
/// Statements kept prepared; more than the program has.
const STATEMENTS: usize = 320;

/// Tells whether the file at a path is still the one that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

pub(super) fn open(path: &Path) -> Result<Store> {
    let fresh = look_at(path)?;
    if fresh {
        create_private(path)?;
    }
    let (mut db, version) = match connected(path) {
        // Beside a book on a read-only disk nothing can be written, not even what sharing it takes: it is read as it lies there.
        Err(Error::Cannot { .. }) if !fresh && !log_of(path).exists() => {
            let db = connect_as_it_lies(path)?;
            let version = version_of(&db).map_err(|e| e.at(path))?;
            (db, version)
        }
        connected => connected?,
    };
    if fresh || version == 0 {
        initialise(&mut db).map_err(|e| e.at(path))?;
    } else if (version as usize) < MIGRATIONS.len() {
        migrate(&mut db, path, version as usize)?;
    } else if version as usize > MIGRATIONS.len() {
        return Err(newer(path, version));
    }
    let writable = !db.is_readonly(rusqlite::MAIN_DB).unwrap_or(false);
    let warning = settle_mode(&db, path, writable).map_err(|e| e.at(path))?;
    let news = news::Cursor::now(&db).map_err(|e| e.at(path))?;
    let drafts = super::draft::Known::of(&db).map_err(|e| Error::from(e).at(path))?;
    let file = file_id(path)?;
    Ok(Store {
        db,
        path: path.to_owned(),
        file,
        minter: Minter::default(),
        recorder: Recorder::default(),
        news,
        drafts,
        params: Params::default(),
        country: None,
        writable,
        warning,
    })
}

/// Whether there is nothing there yet; refuses what is not a book without touching it.
fn look_at(path: &Path) -> Result<bool> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(cannot(path, &error.to_string())),
    };
    if metadata.is_dir() {
        return Err(cannot(path, "it is a folder; name a file inside it"));
    }
    if !metadata.is_file() {
        return Err(cannot(path, "it is not an ordinary file"));
    }
    if metadata.len() == 0 {
        return Ok(true);
    }
    let head = head_of(path)?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    let number =
        |at: usize| i32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if number(68) != APPLICATION_ID {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    let version = i64::from(number(60));
    if version as usize > MIGRATIONS.len() {
        return Err(newer(path, version));
    }
    Ok(false)
}

/// A book that a newer program brought up to date meanwhile is not written any more: its rows have columns that nobody here knows.
pub(super) fn still_known(db: &Connection, path: &Path) -> Result<()> {
    let version: i64 = db
        .prepare_cached("pragma user_version")?
        .query_row([], |row| row.get(0))?;
    if version as usize > MIGRATIONS.len() {
        return Err(newer(path, version));
    }
    Ok(())
}

/// Files that were looked at, each open until the process ends: closing one would take away the locks that SQLite has on the same file
/// (POSIX gives a process its locks by file, not by handle), and another program, thinking that nobody has the book open, would delete
/// its log from under us.
#[cfg(unix)]
static LOOKED_AT: Mutex<Vec<(FileId, File)>> = Mutex::new(Vec::new());

/// The first bytes of a file; zeros where there are fewer.
#[cfg(not(unix))]
fn head_of(path: &Path) -> Result<[u8; 100]> {
    let mut head = [0; 100];
    let mut file = File::open(path).map_err(|e| cannot(path, &e.to_string()))?;
    if file.read_exact(&mut head).is_err() {
        head.fill(0);
    }
    Ok(head)
}

/// The first bytes of a file; zeros where there are fewer.
#[cfg(unix)]
fn head_of(path: &Path) -> Result<[u8; 100]> {
    let refused = |e: std::io::Error| cannot(path, &e.to_string());
    let mut kept = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
    let id = file_id(path)?;
    let known = kept.iter().position(|(known, _)| *known == id);
    let at = if let Some(at) = known {
        at
    } else {
        kept.push((id, File::open(path).map_err(refused)?));
        kept.len() - 1
    };
    let mut head = [0; 100];
    if let Some((_, file)) = kept.get_mut(at) {
        file.rewind().map_err(refused)?;
        if file.read_exact(&mut head).is_err() {
            head.fill(0);
        }
    }
    Ok(head)
}

fn newer(path: &Path, theirs: i64) -> Error {
    Error::Newer {
        path: path.to_owned(),
        theirs,
        ours: MIGRATIONS.len() as i64,
    }
}

fn cannot(path: &Path, what: &str) -> Error {
    Error::Cannot {
        path: path.to_owned(),
        what: what.to_owned(),
    }
}

/// Makes the folder (0700) where it is not there yet.
pub(super) fn create_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| cannot(folder, &e.to_string()))
}

/// Makes the folder and an empty file (0600): never, not even for a moment, readable by others.
pub(super) fn create_private(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        create_folder(folder)?;
    }
    let mut options = File::options();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|e| cannot(path, &e.to_string()))?;
    Ok(())
}

/// A connection with everything set that holds for one connection only.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(|e| classify(e, path))?;
    db.busy_timeout(PATIENCE).map_err(|e| classify(e, path))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan never depends on the values bound: otherwise SQLite (as it is bundled, with STAT4) prepares nearly every statement
    // anew at each use, which is two thirds of the time it takes to read a person.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|e| classify(e, path))?;
    let settings = "pragma foreign_keys = on; pragma synchronous = full; pragma temp_store = memory; pragma mmap_size = 0;";
    db.execute_batch(settings).map_err(|e| classify(e, path))?;
    Ok(db)
}

fn connected(path: &Path) -> Result<(Connection, i64)> {
    let db = connect(path)?;
    let version = version_of(&db).map_err(|e| e.at(path))?;
    Ok((db, version))
}

/// The write-ahead log beside a book.
fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// A connection that takes the file for one that never changes.
fn connect_as_it_lies(path: &Path) -> Result<Connection> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if plain(byte) {
            uri.push(char::from(*byte));
        } else {
            uri.extend(["%", &format!("{byte:02X}")]);
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(uri, flags).map_err(|e| classify(e, path))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// How many migrations a book has had.
pub(super) fn version_of(db: &Connection) -> Result<i64> {
    Ok(db.query_row("pragma user_version", [], |row| row.get(0))?)
}

/// Write-ahead logging where its locks can be trusted; on a network file system one program at a time, and a word about it.
fn settle_mode(db: &Connection, path: &Path, writable: bool) -> Result<Option<String>> {
    if !writable {
        return Ok(Some(format!(
            "{} is read-only: nothing can be changed",
            path.display()
        )));
    }
    if on_network(path) {
        db.execute_batch("pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive; commit;")?;
        return Ok(Some(
            "the book lies on a network file system: only one program can have it open".to_owned(),
        ));
    }
    let mode: String = db.query_row("pragma journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        db.query_row("pragma journal_mode = wal", [], |row| {
            row.get::<_, String>(0)
        })?;
    }
    Ok(None)
}

#[cfg(target_os = "linux")]
fn on_network(path: &Path) -> bool {
    // statfs(2) magic numbers of NFS, SMB, CIFS, SMB2, FUSE (sshfs, bindfs), 9p, AFS, Ceph.
    const NETWORK: [u32; 8] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x6573_5546,
        0x0102_1997,
        0x5346_414F,
        0x00C3_6400,
    ];
    rustix::fs::statfs(path).is_ok_and(|fs| NETWORK.contains(&(fs.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn on_network(_path: &Path) -> bool {
    false
}

/// The whole schema in one transaction, in rollback mode, so that the file names itself before write-ahead logging begins.
fn initialise(db: &mut Connection) -> Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    if version_of(&transaction)? == 0 {
        transaction.execute_batch(&format!("pragma application_id = {APPLICATION_ID};"))?;
        run_migrations(&transaction, 0)?;
    }
    transaction.commit()?;
    Ok(())
}

fn migrate(db: &mut Connection, path: &Path, from: usize) -> Result<()> {
    super::backup::before_migration(db, path, from)?;
    bring_up_to_date(db).map_err(|e| e.at(path))
}

/// Runs the migrations that a book has not had, in one transaction; another program may have run them meanwhile.
pub(super) fn bring_up_to_date(db: &mut Connection) -> Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    let from = version_of(&transaction)? as usize;
    if from < MIGRATIONS.len() {
        // The journal's inverses speak of the old tables.
        super::journal::forget_all(&transaction)?;
        run_migrations(&transaction, from)?;
    }
    transaction.commit()?;
    Ok(())
}

/// A connection to a book that stays as it is, and whether it is of this version.
pub(super) fn connect_to_another(path: &Path) -> Result<(Connection, bool)> {
    if look_at(path)? {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    let (db, version) = connected(path)?;
    Ok((db, version as usize == MIGRATIONS.len()))
}

fn run_migrations(db: &Connection, from: usize) -> Result<()> {
    for sql in MIGRATIONS.iter().skip(from) {
        db.execute_batch(sql)?;
    }
    db.execute_batch(&format!("pragma user_version = {};", MIGRATIONS.len()))?;
    Ok(())
}

fn file_id(path: &Path) -> Result<FileId> {
    let metadata = fs::metadata(path).map_err(|e| cannot(path, &e.to_string()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Ok(FileId(metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        Ok(FileId(0, u64::from(metadata.is_file())))
    }
}

/// Refuses to save into a file that is no longer the book: it was deleted, or another one was put in its place.
pub(super) fn still_there(path: &Path, opened: &FileId) -> Result<()> {
    match file_id(path) {
        Ok(now) if now == *opened => Ok(()),
        _ => Err(Error::Moved {
            path: path.to_owned(),
        }),
    }
}

/// The folder where a book's backups lie.
pub(super) fn backups_of(path: &Path) -> PathBuf {
    path.with_file_name("backups")
}
