//! Conversions that are the same in all versions of WASI, for the types of each version.

/// Defines conversions of the types `Advice`, `DescriptorFlags`, `MetadataHashValue`, `OpenFlags` and `PathFlags` that are in
/// scope, those of one version of WASI.
macro_rules! conversions {
    () => {
        fn advice(advice: Advice) -> crate::fs::Advice {
            match advice {
                Advice::Normal => crate::fs::Advice::Normal,
                Advice::Sequential => crate::fs::Advice::Sequential,
                Advice::Random => crate::fs::Advice::Random,
                Advice::WillNeed => crate::fs::Advice::WillNeed,
                Advice::DontNeed => crate::fs::Advice::DontNeed,
                Advice::NoReuse => crate::fs::Advice::NoReuse,
            }
        }

        fn follows(flags: PathFlags) -> bool {
            flags.contains(PathFlags::SYMLINK_FOLLOW)
        }

        fn open(path_flags: PathFlags, open_flags: OpenFlags, flags: DescriptorFlags) -> crate::fs::Open {
            crate::fs::Open {
                follow: follows(path_flags),
                create: open_flags.contains(OpenFlags::CREATE),
                directory: open_flags.contains(OpenFlags::DIRECTORY),
                exclusive: open_flags.contains(OpenFlags::EXCLUSIVE),
                truncate: open_flags.contains(OpenFlags::TRUNCATE),
                mode: crate::fs::Mode {
                    read: flags.contains(DescriptorFlags::READ),
                    write: flags.contains(DescriptorFlags::WRITE),
                    file_sync: flags.contains(DescriptorFlags::FILE_INTEGRITY_SYNC),
                    data_sync: flags.contains(DescriptorFlags::DATA_INTEGRITY_SYNC),
                    read_sync: flags.contains(DescriptorFlags::REQUESTED_WRITE_SYNC),
                    mutate: flags.contains(DescriptorFlags::MUTATE_DIRECTORY),
                },
            }
        }

        fn flags(mode: crate::fs::Mode) -> DescriptorFlags {
            let flags = [
                (mode.read, DescriptorFlags::READ),
                (mode.write, DescriptorFlags::WRITE),
                (mode.file_sync, DescriptorFlags::FILE_INTEGRITY_SYNC),
                (mode.data_sync, DescriptorFlags::DATA_INTEGRITY_SYNC),
                (mode.read_sync, DescriptorFlags::REQUESTED_WRITE_SYNC),
                (mode.mutate, DescriptorFlags::MUTATE_DIRECTORY),
            ];
            flags.into_iter().filter_map(|(is_set, flag)| is_set.then_some(flag)).collect()
        }

        fn hash(stat: &crate::fs::Stat) -> MetadataHashValue {
            let (lower, upper) = stat.hash();
            MetadataHashValue { lower, upper }
        }
    };
}
pub(crate) use conversions;
