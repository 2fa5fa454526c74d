//! `token`: whose the access token is, and when it expires.

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use comfy_table::{ContentArrangement, Table, presets};
use dingtalk_receipts::{TokenInfo, TokenOrigin};
use serde::Serialize;

use crate::args::{PlainFormat, Token};
use crate::connect::connect;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::print::printable;

/// What may be said of a token; the token itself only on request.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    kind: String,
    app_key: Option<String>,
    corp_id: Option<String>,
    base_url: String,
    expires_at: Option<String>,
    expires_in_seconds: Option<u64>,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
}

/// Runs the command.
pub(crate) async fn run(args: &Token, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interrupt = Interrupt::install()?;
    let connected = connect(&args.connection).await?;
    interrupt.hold();
    let info = connected.client.token_info();
    let info = tokio::select! {
        biased;
        () = interrupt.wait() => return Err(Failure::Interrupted(None)),
        info = info => info?,
    };
    let said = Said::of(&info, args.reveal);
    match args.format {
        PlainFormat::Text => said.text(out),
        PlainFormat::Json => serde_json::to_writer(&mut *out, &said)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out)),
    }
    .map_err(Failure::output)
}

impl Said {
    fn of(info: &TokenInfo, reveal: bool) -> Self {
        Self {
            kind: info.kind().to_owned(),
            app_key: info.app_key().map(str::to_owned),
            corp_id: info.corp_id().map(str::to_owned),
            base_url: info.base_url().to_owned(),
            expires_at: info.expires_at().and_then(time),
            expires_in_seconds: info.expires_in().map(|left| left.as_secs()),
            origin: match info.origin() {
                TokenOrigin::Issued => "issued",
                TokenOrigin::Stored => "cache",
                _ => "given",
            },
            access_token: reveal.then(|| info.token().expose().to_owned()),
        }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let left = self.expires_in_seconds.map(Duration::from_secs);
        let expires = match (left, &self.expires_at) {
            (Some(left), Some(at)) => format!("in {}, at {at}", humantime::format_duration(left)),
            (Some(left), None) => format!("in {}", humantime::format_duration(left)),
            (None, _) => "nobody knows; a token lives for two hours".to_owned(),
        };
        let origin = match self.origin {
            "issued" => "issued just now",
            "cache" => "from an earlier command, by the token cache",
            _ => "given as it is",
        };
        let rows = [
            ("kind", Some(self.kind.clone())),
            ("app key", self.app_key.clone()),
            ("corp", self.corp_id.clone()),
            ("valid at", Some(self.base_url.clone())),
            ("expires", Some(expires)),
            ("origin", Some(origin.to_owned())),
            (
                "token",
                Some(
                    self.access_token
                        .clone()
                        .unwrap_or("hidden; --reveal shows it".to_owned()),
                ),
            ),
        ];
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled);
        table.add_rows(rows.iter().filter_map(|(name, text)| {
            let text = printable(text.as_deref()?).into_owned();
            Some([(*name).to_owned(), text])
        }));
        if let Some(column) = table.column_mut(0) {
            column.set_padding((0, 1));
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A time as RFC 3339 has it, in UTC. One that no calendar has is left out.
fn time(at: SystemTime) -> Option<String> {
    let year_10000 = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    (at < year_10000).then(|| humantime::format_rfc3339_seconds(at).to_string())
}
