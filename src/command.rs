//! The command line: arguments in, what to run out; and the verbs that need no window.

mod choose;
pub mod moments;
mod therapists;
mod wording;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use jiff::Zoned;

use crate::directory::import::{Choice, Fields, is_state};
use crate::exercise;
use crate::locale::{Language, Texts};
use crate::store::data::faults_of;
use crate::store::settings::Theme;
use crate::store::{self, Problem};

/// What to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The data folder.
    pub root: PathBuf,
    /// The verb.
    pub verb: Verb,
}

/// A verb of the command line.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// The window, perhaps at a page.
    Window {
        /// Name of the page to open at.
        at: Option<String>,
    },
    /// The background reminder.
    Watch {
        /// Handle what is due and end.
        once: bool,
    },
    /// When the reminder would speak.
    Moments {
        /// From then on; from now if none.
        from: Option<moments::From>,
        /// For so many days.
        days: u16,
        /// In this language; the one of the settings if none.
        language: Option<Language>,
    },
    /// Therapists from files.
    Import {
        /// The files.
        files: Vec<PathBuf>,
        /// Only say what would happen.
        dry_run: bool,
        /// What to take out of a registry's file.
        choice: Choice,
    },
    /// Therapists to a file.
    Export {
        /// The file.
        file: PathBuf,
        /// The language of a sheet; the one of the settings if none.
        language: Option<Language>,
    },
    /// The rule alone.
    Choose {
        /// A RON file of two people's marks.
        marks: PathBuf,
    },
    /// The wording check on a text.
    Words {
        /// The file; standard input if none.
        file: Option<PathBuf>,
        /// In this language; the one of the settings if none.
        language: Option<Language>,
    },
    /// Read every file and print each problem.
    Check,
    /// Every screen as a picture.
    Pictures {
        /// Where to.
        folder: PathBuf,
        /// How.
        options: PictureOptions,
    },
    /// The help text.
    Help,
    /// The version.
    Version,
}

/// How to draw the pictures. `None` means: all that make sense.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PictureOptions {
    /// Width and height in logical pixels at 100 %.
    pub size: Option<(u16, u16)>,
    /// The theme.
    pub theme: Option<Theme>,
    /// The language.
    pub language: Option<Language>,
    /// The text zoom in percent.
    pub zoom: u16,
    /// Every step of every exercise instead of the screens.
    pub exercises: bool,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The command line is wrong: exit code 2.
    #[error("{0}\nTry `sameside --help`.")]
    Usage(String),
    /// The input or the data is: exit code 1.
    #[error("{0}")]
    Input(String),
    /// `check` found problems: exit code 1. They are the output.
    #[error("{0}")]
    Found(String),
}

impl CommandError {
    /// The exit code: 1 for input and data, 2 for the command line.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Found(_) => 1,
        }
    }
}

/// The help text. It is English on every system, like the verbs themselves.
pub const HELP: &str = "\
Sameside helps a couple in which one would like couples therapy and the other is not sure.

sameside                       open the window (a second start brings the first to the front)
sameside watch [--once]        the background reminder, without a window
sameside moments [--from T] [--days N] [--lang en|fr]
                               when the reminder would speak, and why not
sameside import FILE… [--dry-run] [--state ST] [--taxonomy couples|all|CODE,…]
                               therapists from CSV, vCard, JSON (NPI Registry, schema.org), NPPES and RON files
sameside export FILE [--lang en|fr]
                               therapists to a .csv, .vcf, .json or .ron file, or an .html sheet to print
                               (`-`: CSV to standard output)
sameside choose --marks FILE   the rule alone, on a RON file of two people's marks
sameside words [--lang en|fr] [FILE]
                               the wording check on a text (standard input if no FILE): `start-end  kind  why`,
                               in characters counted from 0, the end not included
sameside check                 read every file and print each problem as file:line:column: what
sameside pictures DIR [--size WxH] [--theme light|dark|high-contrast] [--lang en|fr] [--zoom PERCENT]
                               [--exercises]
                               every screen as a PNG, or every step of every exercise, drawn without a display

All take --data DIR (or the variable SAMESIDE_DATA) for the data folder.
Exit codes: 0 done, 1 the input or the data is at fault, 2 the command line is.
";

/// The data folder when none is named: `SAMESIDE_DATA`, else the system's place for a program's data.
fn default_root() -> Result<PathBuf, CommandError> {
    if let Some(folder) = std::env::var_os("SAMESIDE_DATA").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    directories::ProjectDirs::from("app", "Sameside", "Sameside")
        .map(|folders| folders.data_dir().to_owned())
        .ok_or_else(|| CommandError::Usage("there is no home folder; name a data folder with --data DIR".to_owned()))
}

/// Reads the arguments (without the program's name).
///
/// # Errors
/// [`CommandError::Usage`] with what is wrong.
pub fn parse(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Command, CommandError> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut words: Vec<PathBuf> = Vec::new();
    let mut given = Given { days: 14, ..Given::default() };
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            lexopt::Arg::Value(word) => words.push(word.into()),
            lexopt::Arg::Short('h') => given.help = true,
            lexopt::Arg::Short('V') => given.version = true,
            lexopt::Arg::Long(name) => {
                let name = name.to_owned();
                given.take(&name, &mut parser)?;
            }
            lexopt::Arg::Short(_) => return Err(usage(argument.unexpected())),
        }
    }
    let verb = given.verb(words)?;
    let root = match given.root {
        Some(root) => root,
        None => default_root()?,
    };
    Ok(Command { root, verb })
}

fn usage(error: impl std::fmt::Display) -> CommandError {
    CommandError::Usage(error.to_string())
}

/// The options as they were given.
#[derive(Debug, Default)]
struct Given {
    root: Option<PathBuf>,
    at: Option<String>,
    from: Option<moments::From>,
    days: u16,
    language: Option<Language>,
    marks: Option<PathBuf>,
    size: Option<(u16, u16)>,
    theme: Option<Theme>,
    zoom: u16,
    once: bool,
    dry_run: bool,
    choice: Choice,
    exercises: bool,
    help: bool,
    version: bool,
}

impl Given {
    fn take(&mut self, name: &str, parser: &mut lexopt::Parser) -> Result<(), CommandError> {
        let mut text = || -> Result<String, CommandError> {
            let value = parser.value().map_err(usage)?;
            value.into_string().map_err(|_| usage(format!("--{name}: this is not text")))
        };
        let wrong = |what: &str| usage(format!("--{name}: {what}"));
        match name {
            "help" => self.help = true,
            "version" => self.version = true,
            "once" => self.once = true,
            "dry-run" => self.dry_run = true,
            "exercises" => self.exercises = true,
            "data" => self.root = Some(parser.value().map_err(usage)?.into()),
            "marks" => self.marks = Some(parser.value().map_err(usage)?.into()),
            "at" => self.at = Some(text()?),
            "from" => {
                let from = moments::From::read(&text()?);
                self.from = Some(from.ok_or_else(|| {
                    wrong("write a day such as 2026-11-28, or a time such as 2026-11-28T09:00 or 2026-11-28T09:00[America/Toronto]")
                })?);
            }
            "days" => {
                let days = text()?.parse().ok().filter(|days| (1..=3660).contains(days));
                self.days = days.ok_or_else(|| wrong("write a number from 1 to 3660"))?;
            }
            "lang" => {
                self.language = Some(Language::from_tag(&text()?).ok_or_else(|| wrong("write en or fr"))?);
            }
            "state" => {
                for state in text()?.split(',').map(|state| state.trim().to_uppercase()) {
                    if !is_state(&state) {
                        return Err(wrong("write the two letters of a US state, such as NY"));
                    }
                    self.choice.states.push(state);
                }
            }
            "taxonomy" => {
                let fields = Fields::parse(&text()?);
                self.choice.fields = fields.ok_or_else(|| wrong("write couples, all, or codes such as 106H00000X"))?;
            }
            "zoom" => {
                let zoom = text()?.trim_end_matches('%').parse().ok().filter(|zoom| (50..=300).contains(zoom));
                self.zoom = zoom.ok_or_else(|| wrong("write a number from 50 to 300"))?;
            }
            "size" => self.size = Some(size(&text()?).ok_or_else(|| wrong("write a size such as 360x640"))?),
            "theme" => {
                self.theme = Some(match text()?.as_str() {
                    "light" => Theme::Light,
                    "dark" => Theme::Dark,
                    "high-contrast" => Theme::HighContrast,
                    _ => return Err(wrong("write light, dark or high-contrast")),
                });
            }
            _ => return Err(usage(format!("--{name}: there is no such option"))),
        }
        Ok(())
    }

    fn verb(&mut self, words: Vec<PathBuf>) -> Result<Verb, CommandError> {
        if self.help {
            return Ok(Verb::Help);
        }
        if self.version {
            return Ok(Verb::Version);
        }
        let mut words = words.into_iter();
        let Some(verb) = words.next() else { return Ok(Verb::Window { at: self.at.take() }) };
        let verb = verb.to_string_lossy().into_owned();
        let rest: Vec<PathBuf> = words.collect();
        let one = |what: &str| match rest.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(usage(format!("{verb}: name {what}"))),
            _ => Err(usage(format!("{verb}: name only one"))),
        };
        let none = || if rest.is_empty() { Ok(()) } else { Err(usage(format!("{verb}: takes no file"))) };
        Ok(match verb.as_str() {
            "watch" => none().map(|()| Verb::Watch { once: self.once })?,
            "moments" => {
                none().map(|()| Verb::Moments { from: self.from.take(), days: self.days, language: self.language })?
            }
            "import" if rest.is_empty() => return Err(usage("import: name one file or more")),
            "import" => Verb::Import { files: rest, dry_run: self.dry_run, choice: std::mem::take(&mut self.choice) },
            "export" => Verb::Export { file: one("the file to write")?, language: self.language },
            "choose" => match self.marks.take() {
                Some(marks) => none().map(|()| Verb::Choose { marks })?,
                None => return Err(usage("choose: name a file with --marks FILE")),
            },
            "words" => match rest.as_slice() {
                [] => Verb::Words { file: None, language: self.language },
                [file] if file.as_os_str() == "-" => Verb::Words { file: None, language: self.language },
                _ => Verb::Words { file: Some(one("one text")?), language: self.language },
            },
            "check" => none().map(|()| Verb::Check)?,
            "pictures" => Verb::Pictures {
                folder: one("a folder to draw into")?,
                options: PictureOptions {
                    size: self.size,
                    theme: self.theme,
                    language: self.language,
                    zoom: self.zoom,
                    exercises: self.exercises,
                },
            },
            _ => return Err(usage(format!("{verb}: there is no such verb"))),
        })
    }
}

fn size(text: &str) -> Option<(u16, u16)> {
    let (width, height) = text.split_once(['x', 'X', '×'])?;
    let side = |text: &str| text.trim().parse::<u16>().ok().filter(|side| (100..=4000).contains(side));
    Some((side(width)?, side(height)?))
}

/// Runs a verb that needs no window and gives what it prints. `now` is the time.
///
/// # Errors
/// [`CommandError`] with what a person can do about it.
pub fn run(root: &Path, verb: &Verb, now: &Zoned) -> Result<String, CommandError> {
    match verb {
        Verb::Moments { from, days, language } => moments::run(root, from.clone(), *days, *language, now),
        Verb::Import { files, dry_run, choice } => therapists::import(root, files, *dry_run, choice),
        Verb::Export { file, language } => therapists::export(root, file, *language),
        Verb::Choose { marks } => choose::run(marks, &Texts::new(Language::of_system())),
        Verb::Words { file, language } => wording::run(root, file.as_deref(), *language),
        Verb::Check => check(root),
        Verb::Help => Ok(HELP.to_owned()),
        Verb::Version => Ok(format!("sameside {}\n", env!("CARGO_PKG_VERSION"))),
        Verb::Window { .. } | Verb::Watch { .. } | Verb::Pictures { .. } => Ok(String::new()),
    }
}

fn check(root: &Path) -> Result<String, CommandError> {
    if !root.is_dir() {
        return Err(CommandError::Input(format!("there is no data folder at {}", root.display())));
    }
    let advice = RefCell::new(Vec::new());
    let exercises = |path: &Path, text: &str| {
        let (problems, more) = exercise_problems(path, text);
        advice.borrow_mut().extend(more);
        problems
    };
    let problems = store::check::check(root, &|_, kind, values| faults_of(kind, values), &exercises);
    let mut advice = advice.into_inner();
    advice.sort_unstable();
    let advice: String = advice.iter().map(|problem| format!("{problem}\n")).collect();
    if problems.is_empty() {
        return Ok(format!("Everything can be read.\n{advice}"));
    }
    let problems: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    Err(CommandError::Found(problems + &advice))
}

/// What is wrong in a person's own exercise, and what could be better in it.
fn exercise_problems(path: &Path, text: &str) -> (Vec<Problem>, Vec<Problem>) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let problem = |fault: exercise::Fault, what: String| Problem {
        path: path.to_owned(),
        line: fault.line,
        column: fault.column,
        what,
    };
    let library = exercise::Library::new(Language::En, &[(name.clone(), text.to_owned())]);
    let faults = library.faults.into_iter().map(|(_, fault)| problem(fault.clone(), fault.what)).collect();
    let advice = exercise::parse(&name, text).map(|own| exercise::audit::advice(text, &own)).unwrap_or_default();
    (
        faults,
        advice.into_iter().map(|fault| problem(fault.clone(), format!("advice: {}", fault.what))).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Command, CommandError> {
        parse(line.split_whitespace().map(Into::into))
    }

    #[test]
    fn verbs_and_options_are_read() {
        let command = words("--data /tmp/x moments --from 2026-11-28 --days 3 --lang fr").unwrap();
        assert_eq!(command.root, PathBuf::from("/tmp/x"));
        let from = Some(moments::From::Wall(jiff::civil::date(2026, 11, 28).into()));
        assert_eq!(command.verb, Verb::Moments { from, days: 3, language: Some(Language::Fr) });
        let command = words("--data x pictures out --size 360x640 --theme dark --zoom 200%").unwrap();
        let options = PictureOptions {
            size: Some((360, 640)),
            theme: Some(Theme::Dark),
            language: None,
            zoom: 200,
            exercises: false,
        };
        assert_eq!(command.verb, Verb::Pictures { folder: "out".into(), options });
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, says) in [
            ("--data x fly", "fly: there is no such verb"),
            ("--data x moments --days 0", "--days: write a number"),
            ("--data x import", "name one file"),
            ("--data x choose", "--marks FILE"),
            ("--data x --blue", "--blue: there is no such option"),
            ("--data x check more", "takes no file"),
        ] {
            let error = words(line).unwrap_err();
            assert!(error.to_string().contains(says), "{line}: {error}");
            assert_eq!(error.code(), 2);
        }
    }
}
