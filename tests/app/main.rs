//! The app end to end: the built programs on a machine of their own, with the demo cloud.
#![cfg(target_os = "linux")]

mod approved;
mod banner;
mod by_hand;
mod colours;
mod config_sources;
mod crash;
mod download_ends;
mod download_ways;
mod downloads;
mod guards;
mod hostile;
mod isolation;
mod keychain;
mod keys;
mod links;
mod lock;
mod looks;
mod network;
mod own_sites;
mod own_window;
mod panes;
mod partitions;
mod placement;
mod popups;
mod profiles;
mod read_only;
mod renewal;
mod rest;
mod s3_copies;
mod screen_reader;
mod sign_in;
mod sources;
mod start;
mod switcher;
mod ways_in;
