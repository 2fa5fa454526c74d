//! The run over all messages: answers flow into the output until the last, a hopeless failure, or Ctrl-C.

use dingtalk_receipts::{Answer, ReadMany};

use super::Writer;
use crate::args::Limits;
use crate::failure::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::messages::Row;
use crate::print::{count, thousands};
use crate::progress::Bar;
use crate::run::Context;

/// The run itself.
pub(crate) struct Run<'a> {
    rows: &'a [Row],
    writer: Writer<'a>,
    failed: u64,
    /// The exit code and the text of the first failure.
    first: Option<(Exit, String)>,
    /// Whether a journal keeps what was answered.
    journaled: bool,
}

impl<'a> Run<'a> {
    /// A run over `rows`, whose answers go to `writer`.
    pub(crate) fn new(rows: &'a [Row], writer: Writer<'a>, journaled: bool) -> Self {
        Self {
            rows,
            writer,
            failed: 0,
            first: None,
            journaled,
        }
    }

    /// Takes all answers.
    pub(crate) async fn finish(
        mut self,
        answers: &mut ReadMany<'_>,
        interrupt: &mut Interrupt,
        context: &Context,
        limits: &Limits,
    ) -> Result<(), Failure> {
        let total = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let bar = Bar::new(context.progress, total, limits.quota.unwrap_or_default());
        let mut stopped = None;
        let deadline = async {
            match limits.deadline {
                Some(limit) => tokio::time::sleep(limit).await,
                None => std::future::pending().await,
            }
        };
        let mut deadline = std::pin::pin!(deadline);
        loop {
            let answer = if stopped.is_some() {
                at_once(answers).await
            } else {
                tokio::select! {
                    biased;
                    () = interrupt.wait() => {
                        stopped = Some((Exit::Interrupted, "interrupted"));
                        continue;
                    }
                    () = &mut deadline => {
                        stopped = Some((Exit::Network, "out of time"));
                        continue;
                    }
                    answer = answers.next() => answer,
                }
            };
            let Some(answer) = answer else { break };
            let fatal = self.take(&answer)?;
            bar.at(&answers.progress());
            if let Some(exit) = fatal {
                bar.clear();
                let text = self.first.take().map(|(_, text)| text).unwrap_or_default();
                return Err(self.unfinished(exit, &text, answers));
            }
        }
        bar.clear();
        if let Some((exit, why)) = stopped {
            return Err(self.unfinished(exit, why, answers));
        }
        let progress = answers.progress();
        match self.first.take() {
            Some((exit, text)) => {
                let failed = format!("{} of {}", thousands(self.failed), count(total, "message"));
                let text = format!("{failed} failed; the first: {text}");
                Err(Failure::Unfinished {
                    exit,
                    text,
                    advice: advice(self.journaled).to_owned(),
                })
            }
            None => {
                context.note(&format!(
                    "{} with {}.",
                    count(progress.answered, "message"),
                    count(progress.calls, "call")
                ));
                Ok(())
            }
        }
    }

    /// Writes an answer. Gives an exit code if no further message can have a better one.
    fn take(&mut self, answer: &Answer) -> Result<Option<Exit>, Failure> {
        let row = usize::try_from(answer.index)
            .ok()
            .and_then(|index| self.rows.get(index));
        let Some(row) = row else { return Ok(None) };
        self.writer
            .answer(row, &answer.result)
            .map_err(Failure::output)?;
        let Err(error) = &answer.result else {
            return Ok(None);
        };
        let exit = Exit::of(error);
        self.failed += 1;
        if self.first.is_none() {
            self.first = Some((exit, format!("{}: {error}", row.process_query_key)));
        }
        let hopeless = error.is_auth() || error.is_quota_exhausted() || error.is_invalid_input();
        if hopeless {
            self.first = Some((exit, error.to_string()));
        }
        Ok(hopeless.then_some(exit))
    }

    fn unfinished(&self, exit: Exit, why: &str, answers: &ReadMany<'_>) -> Failure {
        let total = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let answered = thousands(answers.progress().answered);
        let text = format!("{why}, after {answered} of {}", count(total, "message"));
        Failure::Unfinished {
            exit,
            text,
            advice: advice(self.journaled).to_owned(),
        }
    }
}

/// The next answer, if it is here already.
async fn at_once(answers: &mut ReadMany<'_>) -> Option<Answer> {
    tokio::select! {
        biased;
        answer = answers.next() => answer,
        () = std::future::ready(()) => None,
    }
}

fn advice(journaled: bool) -> &'static str {
    match journaled {
        true => {
            "Run the same command again: what is done is in the journal and not asked for again."
        }
        false => "Give --output or --journal, and the next run asks only for what is missing.",
    }
}
