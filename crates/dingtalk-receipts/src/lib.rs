//! Who has read this message? An async client for DingTalk robot messages in groups.
