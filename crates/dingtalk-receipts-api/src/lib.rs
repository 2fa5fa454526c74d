//! Bindings generated from the contract of DingTalk's group-message read status.
