//! A local stand-in for DingTalk, driven by the contract.
