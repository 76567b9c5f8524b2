//! The test machine itself, proved before anything is proved on it. Of our programs only the demo cloud is used.
#![cfg(target_os = "linux")]

mod aws_config;
mod demo_cloud;
mod display;
mod emulators;
mod fault_server;
mod keychain;
mod leaks;
mod processes;
mod regions;
