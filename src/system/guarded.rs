//! What keeps the memory of the process to itself.

/// From here on no other program of the same person may look into this process, and a fault leaves no image of its
/// memory on the disk. Whoever administers the computer still can look. Best effort: where the system has no such
/// thing, nothing changes.
pub fn keep_memory() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    /// In a process of its own: the limits hold for good.
    #[test]
    fn memory_is_kept() {
        const CHILD: &str = "SAMESIDE_TEST_KEEPS_MEMORY";
        if std::env::var_os(CHILD).is_some() {
            super::keep_memory();
            let limits = std::fs::read_to_string("/proc/self/limits");
            // Where a process is not dumpable, its files in /proc belong to the superuser.
            let owner = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap());
            assert_eq!(owner, 0);
            let cores = limits.map(|text| text.lines().find(|line| line.starts_with("Max core")).map(str::to_owned));
            if let Ok(Some(line)) = cores {
                assert_eq!(line.split_whitespace().nth(4), Some("0"), "{line}");
            }
            return;
        }
        let test = ["--exact", "system::guarded::tests::memory_is_kept", "--nocapture"];
        let child = std::process::Command::new(std::env::current_exe().unwrap()).args(test).env(CHILD, "1").status();
        assert!(child.unwrap().success());
    }
}
