//! The native engine of downloads against a server that does wrong, over real connections and files.
//!
//! Every kind of file, fault and end is a case of a table (`faults`); what must become of it follows
//! from what the three are, by one rule. Whole means: the hash is equal. Nothing else looks whole.

#![cfg(target_os = "linux")]

mod around;
mod beside;
mod faults;
mod full_disk;
mod resume;
mod s3;
mod s3_folder;
mod s3_upload;
mod stand_in;
