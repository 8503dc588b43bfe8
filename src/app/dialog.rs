//! The system's own dialogs for files.

use std::path::PathBuf;

use iced::Task;

/// Asks for a file to read therapists from. `None`: nothing was chosen, or the system has no such dialog.
pub fn open_therapists(title: &str) -> Task<Option<PathBuf>> {
    let kinds = ["csv", "tsv", "txt", "vcf", "vcard", "json", "jsonld", "ron", "html", "htm"];
    let asked = rfd::AsyncFileDialog::new().set_title(title).add_filter("CSV, vCard, JSON, RON", &kinds);
    // Files are told by their content, so that any name will do.
    let asked = asked.add_filter("*", &["*"]).pick_file();
    Task::perform(asked, |chosen| chosen.map(|file| file.path().to_owned()))
}

/// Asks for a picture. `None` as in [`open_therapists`].
pub fn open_picture(title: &str) -> Task<Option<PathBuf>> {
    let kinds = ["jpg", "jpeg", "png", "webp", "gif"];
    let asked = rfd::AsyncFileDialog::new().set_title(title).add_filter("JPEG, PNG, WebP, GIF", &kinds);
    let asked = asked.add_filter("*", &["*"]).pick_file();
    Task::perform(asked, |chosen| chosen.map(|file| file.path().to_owned()))
}

/// Asks for a file of any kind to read. `None` as in [`open_therapists`].
pub fn open_any(title: &str) -> Task<Option<PathBuf>> {
    let asked = rfd::AsyncFileDialog::new().set_title(title).pick_file();
    Task::perform(asked, |chosen| chosen.map(|file| file.path().to_owned()))
}

/// Asks for a folder. `None` as in [`open_therapists`].
pub fn open_folder(title: &str) -> Task<Option<PathBuf>> {
    let asked = rfd::AsyncFileDialog::new().set_title(title).pick_folder();
    Task::perform(asked, |chosen| chosen.map(|folder| folder.path().to_owned()))
}

/// Asks where to write a file; the dialog itself asks before one is replaced. `None` as in [`open_therapists`].
pub fn save_as(title: &str, name: &str, extension: &str) -> Task<Option<PathBuf>> {
    let asked = rfd::AsyncFileDialog::new().set_title(title).add_filter(extension, &[extension]);
    let asked = asked.set_file_name(name).save_file();
    Task::perform(asked, |chosen| chosen.map(|file| file.path().to_owned()))
}

/// Asks where to write a text: Markdown, or plain first where that was chosen. `None` as in [`open_csv`].
pub fn save_text(title: &str, name: &str, plain: bool) -> Task<Option<PathBuf>> {
    let (markdown, text) = (("Markdown", &["md"]), ("Text", &["txt"]));
    let (first, second) = if plain { (text, markdown) } else { (markdown, text) };
    let dialog = rfd::AsyncFileDialog::new().set_title(title).set_file_name(name);
    let asked = dialog.add_filter(first.0, first.1).add_filter(second.0, second.1).save_file();
    Task::perform(asked, |chosen| chosen.map(|file| file.path().to_owned()))
}
