//! The cache and its state, under paused time and under every order of events.

mod cache;
mod interleavings;
mod state;
