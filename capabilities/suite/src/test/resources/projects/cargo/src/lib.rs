//! A fixture.

/// Adds.
///
/// ```
/// assert_eq!(fixture::add(1, 1), 2);
/// ```
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_empty() {}

    #[test]
    fn fails() {
        assert_eq!(1, 2);
    }

    #[test]
    #[ignore = "later"]
    fn is_skipped() {}

    #[test]
    fn passes_the_second_time() {
        let seen = std::env::var("SEEN").unwrap();
        if !std::path::Path::new(&seen).exists() {
            std::fs::write(&seen, "").unwrap();
            panic!("not yet");
        }
    }
}
