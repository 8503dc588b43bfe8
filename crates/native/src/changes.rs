//! What changes in a few folders, told to a Tokio runtime.

use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::{cell::Cell, fs::File, io::Read, path::Path};

#[cfg(target_os = "linux")]
use tokio::io::unix::AsyncFd;

/// Files that are renamed into one of a few folders, written there or deleted. Systems other than Linux are not asked:
/// there it stays silent.
#[derive(Debug)]
pub struct Changes {
    #[cfg(target_os = "linux")]
    queue: Option<AsyncFd<File>>,
    #[cfg(target_os = "linux")]
    folders: Vec<PathBuf>,
    /// How many of the folders were there when they were last looked for.
    #[cfg(target_os = "linux")]
    there: Cell<usize>,
}

impl Changes {
    /// In `folders`. One that is not there yet counts from its coming on. To be called inside a Tokio runtime with I/O.
    #[must_use]
    pub fn of(folders: Vec<PathBuf>) -> Self {
        #[cfg(target_os = "linux")]
        {
            let changes = Self { queue: queue(), folders, there: Cell::new(0) };
            changes.there.set(changes.look());
            changes
        }
        #[cfg(not(target_os = "linux"))]
        {
            drop(folders);
            Self {}
        }
    }

    /// Ends when something changed since the last call, or since the beginning.
    pub async fn next(&self) {
        #[cfg(target_os = "linux")]
        if let Some(queue) = &self.queue {
            // What lies in a folder that has come meanwhile has come with it.
            let there = self.look();
            if self.there.replace(there) != there {
                return;
            }
            if let Ok(mut ready) = queue.readable().await {
                // What changed is read again anyway; here it is enough to empty the queue.
                let mut events = [0; 4096];
                while queue.get_ref().read(&mut events).is_ok_and(|read| read > 0) {}
                ready.clear_ready();
                return;
            }
        }
        std::future::pending().await
    }

    /// Asks for news of all folders, or of the folder above where one is missing; how many are there.
    #[cfg(target_os = "linux")]
    fn look(&self) -> usize {
        use rustix::fs::inotify::{WatchFlags, add_watch};

        let Some(queue) = &self.queue else { return 0 };
        let wanted = WatchFlags::MOVED_TO | WatchFlags::CLOSE_WRITE | WatchFlags::DELETE | WatchFlags::ONLYDIR;
        // A folder that is asked for again goes on as before.
        let asked = |folder: &Path, flags| add_watch(queue.get_ref(), folder, flags).is_ok();
        let there = self.folders.iter().filter(|folder| {
            let there = asked(folder, wanted);
            if !there {
                folder.ancestors().skip(1).find(|above| asked(above, wanted | WatchFlags::CREATE));
            }
            there
        });
        there.count()
    }
}

/// Where the system tells of changes.
#[cfg(target_os = "linux")]
fn queue() -> Option<AsyncFd<File>> {
    use rustix::fs::inotify::{CreateFlags, init};

    let queue = init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok()?;
    crate::ready::wait_for(queue)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_comes_is_noticed_once_and_in_a_folder_that_comes_later_too() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let later = folder.path().join("one/later");
            let changes = Changes::of(vec![later.clone(), folder.path().to_owned()]);
            let soon = Duration::from_millis(20);
            assert!(tokio::time::timeout(soon, changes.next()).await.is_err(), "nothing has happened");
            std::fs::write(folder.path().join("a.tmp"), "a").unwrap();
            std::fs::rename(folder.path().join("a.tmp"), folder.path().join("a.ron")).unwrap();
            assert!(tokio::time::timeout(Duration::from_secs(60), changes.next()).await.is_ok());
            assert!(tokio::time::timeout(soon, changes.next()).await.is_err(), "it was told already");
            std::fs::create_dir_all(&later).unwrap();
            std::fs::write(later.join("b.ron"), "b").unwrap();
            assert!(tokio::time::timeout(Duration::from_secs(60), changes.next()).await.is_ok());
            while tokio::time::timeout(soon, changes.next()).await.is_ok() {}
            std::fs::write(later.join("c.ron"), "c").unwrap();
            assert!(tokio::time::timeout(Duration::from_secs(60), changes.next()).await.is_ok(), "it counts now");
        });
    }
}
