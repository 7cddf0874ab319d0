//! Gives what the fuzzer makes to `requote_fuzz::read_back`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| requote_fuzz::read_back(bytes));
