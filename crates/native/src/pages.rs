//! A process that sleeps for days need not hold the code in memory that it ran once.

#[cfg(target_os = "linux")]
use std::fs;

/// Gives the memory back that holds program code and constants as they stand in their files: of this program and of the
/// libraries it has loaded. What is needed later comes from the file again (in practice from the system's cache of it),
/// a few pages at a time. Nothing that was ever written to is touched. Best effort.
///
/// On Linux; elsewhere it does nothing. It is for processes that sleep long: each waking then costs some dozens of page faults, well under a millisecond.
pub fn give_back_code() {
    #[cfg(target_os = "linux")]
    give_back();
}

#[cfg(target_os = "linux")]
fn give_back() {
    use rustix::mm::{Advice, madvise};

    let Ok(text) = fs::read_to_string("/proc/self/smaps") else { return };
    for range in unwritten(&text) {
        let length = range.end - range.start;
        // SAFETY: the range is a private mapping of a file, not writable, and not one page of it differs from the file
        // (neither in memory nor in swap). Dropping such pages changes nothing that a program can read: the next access
        // brings the same bytes from the file.
        let _ = unsafe { madvise(std::ptr::with_exposed_provenance_mut(range.start), length, Advice::LinuxDontNeed) };
    }
}

/// The mappings that are private, of a file, not writable, and as they stand in the file (proc(5), `smaps`).
#[cfg(any(target_os = "linux", test))]
fn unwritten(smaps: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut here = None;
    for line in smaps.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        if let Some((start, end)) = first.split_once('-') {
            let (Ok(start), Ok(end)) = (usize::from_str_radix(start, 16), usize::from_str_radix(end, 16)) else {
                here = None;
                continue;
            };
            let kept = matches!(words.next(), Some("r-xp" | "r--p"));
            let file = words.nth(3).is_some_and(|path| path.starts_with('/'));
            // With the number of counters that said "nothing of our own".
            here = (kept && file).then_some((start..end, 0));
        } else if matches!(first, "Anonymous:" | "Swap:") {
            let Some((range, clean)) = here.as_mut() else { continue };
            if words.next() != Some("0") {
                here = None;
                continue;
            }
            *clean += 1;
            if *clean == 2 {
                found.push(range.clone());
                here = None;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that was just installed: its file is not on the disk yet, so its pages count as dirty.
    fn mapping(head: &str, anonymous: &str, swap: &str) -> String {
        format!(
            "{head}\nSize: 8 kB\nRss: 8 kB\nPrivate_Dirty: 8 kB\nAnonymous: {anonymous} kB\nSwap: {swap} kB\n\
             VmFlags: rd ex mr mw me\n"
        )
    }

    #[test]
    fn only_what_stands_in_a_file_is_given_back() {
        let code = "1000-3000 r-xp 00000000 08:01 7 /usr/bin/sameside";
        let names = [
            (mapping(code, "0", "0"), 1),
            (mapping(code, "4", "0"), 0),
            (mapping(code, "0", "4"), 0),
            (mapping("1000-3000 rw-p 00000000 08:01 7 /usr/bin/sameside", "0", "0"), 0),
            (mapping("1000-3000 r-xs 00000000 08:01 7 /usr/bin/sameside", "0", "0"), 0),
            (mapping("1000-3000 r-xp 00000000 00:00 0 [vdso]", "0", "0"), 0),
            (mapping("1000-3000 r--p 00000000 00:00 0", "0", "0"), 0),
            ("1000-3000 r-xp 00000000 08:01 7 /usr/bin/sameside\nRss: 8 kB\n".to_owned(), 0),
            ("nonsense\n\nAnonymous: 0 kB\n".to_owned(), 0),
        ];
        for (text, count) in names {
            assert_eq!(unwritten(&text).len(), count, "{text}");
        }
        let two = mapping(code, "0", "0") + &mapping("3000-4000 r--p 00002000 08:01 7 /lib/b", "0", "0");
        assert_eq!(unwritten(&two), [0x1000..0x3000, 0x3000..0x4000]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn code_and_constants_are_there_again_afterwards() {
        let resident = || {
            let status = fs::read_to_string("/proc/self/status").unwrap();
            let line = status.lines().find(|line| line.starts_with("RssFile")).unwrap().to_owned();
            line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
        };
        let before = resident();
        give_back_code();
        let after = resident();
        assert!(after < before, "{after} kB of {before} kB");
        // Code that ran before runs again, and reads the constants it read before.
        assert_eq!(unwritten(&mapping("1000-3000 r-xp 00000000 08:01 7 /a", "0", "0")).len(), 1);
    }
}
