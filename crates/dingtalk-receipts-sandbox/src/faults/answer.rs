//! Answers on demand: what to say instead of the truth, and how to get it wrong on the wire.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::faults::gate::Gate;
use crate::http::delivery::{Delivery, Framing};
use crate::http::gzip;

/// What an answer consists of.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Whatever the sandbox would say.
    Default,
    /// An error of the contract's catalogue, perhaps with another status.
    Error {
        code: String,
        status: Option<u16>,
        message: Option<String>,
    },
    /// This.
    Fixed { status: u16, body: Bytes },
    /// These bytes on the wire, status line and all.
    Raw(Bytes),
}

/// An answer for a [script](crate::Script) or for [random faults](crate::Chaos).
///
/// It starts from what to say ([`genuine`](Self::genuine), [`error`](Self::error), [`status`](Self::status),
/// [`json`](Self::json), ...) and is bent from there:
///
/// ```
/// use std::time::Duration;
/// use dingtalk_receipts_sandbox::Answer;
/// use serde_json::json;
///
/// Answer::error("system.error");
/// Answer::status(503).header("retry-after", "1");
/// Answer::genuine().set("hasMore", json!("true")).delayed(Duration::from_secs(2));
/// Answer::genuine().truncated_after(10);
/// Answer::json(200, &json!({ "errcode": 40014 }));
/// ```
///
/// Answers that are delivered whole keep the connection open; those with a fault of the wire end it.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) content: Content,
    pub(crate) headers: Vec<(String, Bytes)>,
    pub(crate) omitted_headers: Vec<String>,
    pub(crate) edits: Vec<(String, Option<Value>)>,
    pub(crate) delay: Duration,
    pub(crate) gate: Option<Gate>,
    pub(crate) delivery: Delivery,
}

/// What to say.
impl Answer {
    const fn of(content: Content) -> Self {
        Self {
            content,
            headers: Vec::new(),
            omitted_headers: Vec::new(),
            edits: Vec::new(),
            delay: Duration::ZERO,
            gate: None,
            delivery: Delivery::WHOLE,
        }
    }

    /// What the sandbox would say without a script. The call is executed, whatever becomes of its answer.
    #[must_use]
    pub const fn genuine() -> Self {
        Self::of(Content::Default)
    }

    /// An error, with the status and message that the contract gives its code. An unknown code gets status 400.
    pub fn error(code: impl Into<String>) -> Self {
        Self::of(Content::Error {
            code: code.into(),
            status: None,
            message: None,
        })
    }

    /// An error with a status and a message of its own.
    pub fn error_with(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let (status, message) = (Some(status), Some(message.into()));
        Self::of(Content::Error {
            code: code.into(),
            status,
            message,
        })
    }

    /// A status without a body.
    #[must_use]
    pub const fn status(status: u16) -> Self {
        Self::of(Content::Fixed {
            status,
            body: Bytes::new(),
        })
    }

    /// Bytes of some content type.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self::of(Content::Fixed {
            status,
            body: body.into(),
        })
        .header("content-type", content_type)
    }

    /// A JSON body.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::bytes(status, JSON, body.to_string())
    }

    /// An HTML page, as proxies answer.
    pub fn html(status: u16, page: impl Into<String>) -> Self {
        Self::bytes(status, "text/html; charset=utf-8", page.into())
    }

    /// A gateway's error page in HTML.
    #[must_use]
    pub fn gateway_page(status: u16) -> Self {
        let title = format!("{status} gateway error");
        Self::html(
            status,
            format!("<html><head><title>{title}</title></head><body>{title}</body></html>"),
        )
    }

    /// The answer to a banned address, as JSON. The vendor does not say with which status.
    #[must_use]
    pub fn address_ban(status: u16) -> Self {
        Self::json(
            status,
            &json!({ "status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "xxx" }),
        )
    }

    /// The answer to a banned address, as a page.
    #[must_use]
    pub fn address_ban_page(status: u16) -> Self {
        Self::html(
            status,
            "<!DOCTYPE html><html><body>Access denied</body></html>",
        )
    }

    /// A redirect.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// These bytes on the wire, status line and all; then the connection is closed.
    pub fn raw(bytes: impl Into<Bytes>) -> Self {
        let answer = Self::of(Content::Raw(bytes.into()));
        Self {
            delivery: Delivery {
                framing: Framing::AsIs,
                ..Delivery::CLOSED
            },
            ..answer
        }
    }

    /// A body that never ends, in chunks.
    #[must_use]
    pub fn endless() -> Self {
        let answer = Self::bytes(
            200,
            JSON,
            &b"{\"sendStatus\":\"SUCCESS\",\"readUserIds\":["[..],
        );
        Self {
            delivery: Delivery {
                framing: Framing::Endless,
                ..Delivery::CLOSED
            },
            ..answer
        }
    }

    /// A gzip body that is small on the wire and `size` bytes of blanks when unpacked.
    #[must_use]
    pub fn gzip_bomb(size: u64) -> Self {
        Self::bytes(200, JSON, gzip::bomb(size)).header("content-encoding", "gzip")
    }

    /// A body that claims to be gzip and is not.
    #[must_use]
    pub fn corrupt_gzip() -> Self {
        Self::bytes(200, JSON, gzip::corrupt()).header("content-encoding", "gzip")
    }

    /// A JSON body, packed with gzip.
    #[must_use]
    pub fn gzip(status: u16, body: &Value) -> Self {
        let packed = gzip::pack(body.to_string().as_bytes());
        Self::bytes(status, JSON, packed).header("content-encoding", "gzip")
    }
}

/// How to bend it.
impl Answer {
    /// One more header. Bytes that no header may hold are left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers
            .push((name.to_owned(), Bytes::copy_from_slice(value.as_ref())));
        self
    }

    /// Leaves a header out that the sandbox would send: `x-acs-request-id`, for instance.
    #[must_use]
    pub fn omit_header(mut self, name: impl Into<String>) -> Self {
        self.omitted_headers.push(name.into());
        self
    }

    /// Writes a field of the JSON body, whatever the contract says of it.
    #[must_use]
    pub fn set(mut self, field: impl Into<String>, value: Value) -> Self {
        self.edits.push((field.into(), Some(value)));
        self
    }

    /// Leaves a field of the JSON body out.
    #[must_use]
    pub fn omit(mut self, field: impl Into<String>) -> Self {
        self.edits.push((field.into(), None));
        self
    }

    /// Executes the call at once, and answers after this time.
    #[must_use]
    pub fn delayed(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// Executes the call at once, and answers when the gate is open.
    #[must_use]
    pub fn held_by(self, gate: &Gate) -> Self {
        Self {
            gate: Some(gate.clone()),
            ..self
        }
    }

    /// Resets the connection when the head of the request has arrived; the call is not executed.
    #[must_use]
    pub fn reset_before_request(self) -> Self {
        Self {
            delivery: Delivery {
                before_request: true,
                silent: true,
                ..Delivery::RESET
            },
            ..self
        }
    }

    /// Resets the connection instead of answering; the call is executed.
    #[must_use]
    pub fn reset_after_request(self) -> Self {
        Self {
            delivery: Delivery {
                silent: true,
                ..Delivery::RESET
            },
            ..self
        }
    }

    /// Closes the connection instead of answering; the call is executed.
    #[must_use]
    pub fn closed_without_answer(self) -> Self {
        Self {
            delivery: Delivery {
                silent: true,
                ..Delivery::CLOSED
            },
            ..self
        }
    }

    /// Says nothing at all, and keeps the connection open.
    #[must_use]
    pub fn hanging(self) -> Self {
        Self {
            delivery: Delivery {
                silent: true,
                ..Delivery::STALLED
            },
            ..self
        }
    }

    /// Sends the head and this many bytes of the body, then closes the connection.
    #[must_use]
    pub fn truncated_after(self, bytes: usize) -> Self {
        Self {
            delivery: Delivery {
                cut: Some(bytes),
                ..Delivery::CLOSED
            },
            ..self
        }
    }

    /// Sends the head and this many bytes of the body, then resets the connection.
    #[must_use]
    pub fn reset_after(self, bytes: usize) -> Self {
        Self {
            delivery: Delivery {
                cut: Some(bytes),
                ..Delivery::RESET
            },
            ..self
        }
    }

    /// Sends the head and this many bytes of the body, then nothing, and keeps the connection open.
    #[must_use]
    pub fn stalled_after(self, bytes: usize) -> Self {
        Self {
            delivery: Delivery {
                cut: Some(bytes),
                ..Delivery::STALLED
            },
            ..self
        }
    }

    /// Sends the body this many bytes at a time, with a pause before each piece.
    #[must_use]
    pub fn dripping(self, bytes: usize, pause: Duration) -> Self {
        Self {
            delivery: Delivery {
                drip: Some((bytes.max(1), pause)),
                ..Delivery::CLOSED
            },
            ..self
        }
    }

    /// Claims another `Content-Length` than the body has, then closes the connection.
    #[must_use]
    pub fn content_length(self, claimed: u64) -> Self {
        let framing = Framing::Length(claimed);
        Self {
            delivery: Delivery {
                framing,
                ..Delivery::CLOSED
            },
            ..self
        }
    }

    /// Says that the body comes in chunks, and sends it without.
    #[must_use]
    pub fn chunked_garbage(self) -> Self {
        Self {
            delivery: Delivery {
                framing: Framing::BrokenChunks,
                ..Delivery::CLOSED
            },
            ..self
        }
    }

    /// Answers in full and in order, then closes the connection without having said so.
    #[must_use]
    pub fn closed_afterwards(self) -> Self {
        Self {
            delivery: Delivery::CLOSED,
            ..self
        }
    }
}

/// The content type of everything the vendor answers.
pub(crate) const JSON: &str = "application/json;charset=utf-8";
