//! SHA-256 as sha256sum and krew write it.

use ring::digest::{SHA256, digest};

/// Returns the checksum in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_what_sha256sum_prints() {
        let archive = "0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3";
        assert_eq!(super::sha256(b"archive"), archive);
    }
}
