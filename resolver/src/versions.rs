//! Compatible versions of a package (`Explainer.md#import-and-export-definitions`, canonical versions).

use alloc::string::String;

use semver::Version;

/// The part of a version that does not change between compatible releases: `1`, `0.2`, `0.0.3`; all of a prerelease.
pub(crate) fn canonical(version: &Version) -> String {
    let Version { major, minor, patch, pre, .. } = version;
    if !pre.is_empty() {
        alloc::format!("{major}.{minor}.{patch}-{pre}")
    } else if *major > 0 {
        alloc::format!("{major}")
    } else if *minor > 0 {
        alloc::format!("0.{minor}")
    } else {
        alloc::format!("0.0.{patch}")
    }
}

/// Whether two versions are releases of one line.
pub(crate) fn compatible(a: &Version, b: &Version) -> bool {
    canonical(a) == canonical(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_is_not_zero_decides() {
        let canonical = |version| canonical(&Version::parse(version).unwrap());
        assert_eq!(canonical("1.2.3"), "1");
        assert_eq!(canonical("0.2.3+build"), "0.2");
        assert_eq!(canonical("0.0.3"), "0.0.3");
        assert_eq!(canonical("0.3.0-rc-1+b"), "0.3.0-rc-1");
    }
}
