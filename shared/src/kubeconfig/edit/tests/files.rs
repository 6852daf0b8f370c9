//! Several files, and files that are not plain.
