//! The run over all messages: answers flow into the output until the last, a hopeless failure, or Ctrl-C.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use dingtalk_receipts::{Answer, ReadMany};

use super::failures::{Failures, is_hopeless};
use super::{Listed, Writer};
use crate::advice::what_to_do;
use crate::args::Limits;
use crate::failure::{Exit, Failure, Unfinished};
use crate::interrupt::Interrupt;
use crate::print::{count, thousands};
use crate::progress::Bar;
use crate::run::Context;

/// The run itself.
pub(crate) struct Run<'a> {
    listed: &'a Listed,
    writer: Writer<'a>,
    settings: Settings,
    failures: Failures,
    /// In order: the next row to write, and the answers that later rows need.
    next: usize,
    waiting: HashMap<usize, Rc<Answer>>,
}

/// What a run does besides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Whether a journal keeps what was answered. The answers then come in the order of the list.
    pub(crate) journaled: bool,
    /// Whether a failure that all messages would meet does not end the run.
    pub(crate) keep_going: bool,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct End {
    /// Whether every message has its answer, be it a refusal.
    whole: bool,
    failure: Option<Failure>,
}

impl End {
    fn failed(failure: Failure) -> Self {
        Self {
            whole: false,
            failure: Some(failure),
        }
    }

    /// Whether the output is whole, and nothing is left to be asked by a later run.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// The result; `partial` is where what was received is, if it is not in its place.
    pub(crate) fn result(self, partial: Option<&Path>) -> Result<(), Failure> {
        match (self.failure, partial) {
            (None, _) => Ok(()),
            (Some(Failure::Unfinished(mut end)), Some(partial)) => {
                let where_to = format!(
                    " The output is as it was; what was received is in {}.",
                    partial.display()
                );
                end.advice.push_str(&where_to);
                Err(Failure::Unfinished(end))
            }
            (Some(failure), _) => Err(failure),
        }
    }
}

/// Why no further answer is waited for.
enum Stop {
    Interrupted,
    Deadline,
    /// The failure that all messages would meet.
    Hopeless(Rc<Answer>),
}

impl<'a> Run<'a> {
    /// A run over the messages of `listed`, whose answers go to `writer`.
    pub(crate) fn new(listed: &'a Listed, writer: Writer<'a>, settings: Settings) -> Self {
        Self {
            listed,
            writer,
            settings,
            failures: Failures::default(),
            next: 0,
            waiting: HashMap::new(),
        }
    }

    /// Takes all answers.
    pub(crate) async fn finish(
        mut self,
        answers: &mut ReadMany<'_>,
        interrupt: &mut Interrupt,
        context: &Context,
        limits: &Limits,
    ) -> End {
        let total = self.listed.len();
        let bar = Bar::new(
            context.progress,
            total,
            limits.rate_limit.unwrap_or_default(),
        );
        let stop = match self.take_all(answers, interrupt, &bar, limits).await {
            Ok(stop) => stop,
            Err(failure) => {
                bar.clear();
                return End::failed(failure);
            }
        };
        bar.clear();
        if let Err(cause) = self.writer.end() {
            return End::failed(Failure::output(cause));
        }
        let progress = answers.progress();
        if let Some(stop) = stop {
            return End::failed(self.stopped(stop, progress.answered));
        }
        if self.failures.count > 0 {
            let whole = self.failures.passing == 0;
            let failure = Some(self.failed(whole));
            return End { whole, failure };
        }
        context.note(&format!(
            "{} with {}.",
            count(progress.answered, "message"),
            count(progress.calls, "call")
        ));
        End {
            whole: true,
            failure: None,
        }
    }

    async fn take_all(
        &mut self,
        answers: &mut ReadMany<'_>,
        interrupt: &mut Interrupt,
        bar: &Bar,
        limits: &Limits,
    ) -> Result<Option<Stop>, Failure> {
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
                        stopped = Some(Stop::Interrupted);
                        continue;
                    }
                    () = &mut deadline => {
                        stopped = Some(Stop::Deadline);
                        continue;
                    }
                    answer = answers.next() => answer,
                }
            };
            let Some(answer) = answer else {
                return Ok(stopped);
            };
            let answer = Rc::new(answer);
            self.take(&answer).map_err(Failure::output)?;
            bar.at(&answers.progress());
            let hopeless = answer.result.as_ref().is_err_and(is_hopeless);
            let is_journal = answer
                .result
                .as_ref()
                .is_err_and(|error| error.is_journal());
            if hopeless && (is_journal || !self.settings.keep_going) {
                return Ok(Some(Stop::Hopeless(answer)));
            }
        }
    }

    /// Writes an answer to all rows that wait for it.
    fn take(&mut self, answer: &Rc<Answer>) -> std::io::Result<()> {
        if let Err(error) = &answer.result {
            self.failures.add(answer, error);
        }
        let Ok(message) = usize::try_from(answer.index) else {
            return Ok(());
        };
        if !self.settings.journaled {
            for row in self.listed.rows(message) {
                self.writer.answer(row, answer)?;
            }
            return Ok(());
        }
        self.waiting.insert(message, Rc::clone(answer));
        while let Some((row, message)) = self.listed.row(self.next) {
            let Some(answer) = self.waiting.get(&message) else {
                break;
            };
            self.writer.answer(row, answer)?;
            if self.listed.is_last(self.next, message) {
                self.waiting.remove(&message);
            }
            self.next += 1;
        }
        Ok(())
    }

    /// All were asked, and some failed.
    fn failed(mut self, whole: bool) -> Failure {
        let total = count(self.listed.len(), "message");
        let failed = thousands(self.failures.count);
        let first = self.failures.first.take();
        let (text, exit, advice) = match first.as_deref().and_then(error_of) {
            None => (String::new(), Exit::Unexpected, String::new()),
            Some((answer, error)) => {
                let exit = Exit::of(error);
                let text = format!("; the first: {}: {error}", answer.process_query_key);
                let advice = match whole {
                    true => what_to_do(error, exit),
                    false => self.again(),
                };
                (text, exit, advice)
            }
        };
        Failure::Unfinished(Box::new(Unfinished {
            exit,
            text: format!("{failed} of {total} failed{text}"),
            advice,
            first,
            causes: self.failures.causes(),
            in_full: false,
        }))
    }

    /// The run was ended before all were asked.
    fn stopped(mut self, stop: Stop, answered: u64) -> Failure {
        let total = count(self.listed.len(), "message");
        let after = format!("after {} of {total}", thousands(answered));
        let (exit, why, advice, first, in_full) = match stop {
            Stop::Interrupted => (
                Exit::Interrupted,
                "interrupted".to_owned(),
                self.again(),
                self.failures.first.take(),
                false,
            ),
            Stop::Deadline => (
                Exit::Network,
                "out of time".to_owned(),
                self.again(),
                self.failures.first.take(),
                false,
            ),
            Stop::Hopeless(answer) => {
                let error = answer.result.as_ref().err();
                let exit = error.map_or(Exit::Unexpected, Exit::of);
                let why = error.map(|error| error.summary().to_owned());
                let advice = error
                    .map(|error| what_to_do(error, exit))
                    .unwrap_or_default();
                let then = match self.settings.journaled {
                    true => {
                        " Then run the same command again: what is done is in the journal. The other messages were \
                         not asked for; --keep-going would."
                    }
                    false => " The other messages were not asked for; --keep-going would.",
                };
                let advice = match exit {
                    Exit::Local | Exit::Usage => advice,
                    _ => format!("{advice}{then}"),
                };
                (exit, why.unwrap_or_default(), advice, Some(answer), true)
            }
        };
        Failure::Unfinished(Box::new(Unfinished {
            exit,
            text: format!("{why}, {after}"),
            advice: advice.trim_start().to_owned(),
            first,
            causes: self.failures.causes(),
            in_full,
        }))
    }

    /// How to go on where that helps.
    fn again(&self) -> String {
        match self.settings.journaled {
            true => {
                "Run the same command again: what is done is in the journal and not asked for again."
            }
            false => "Give --output or --journal, and the next run asks only for what is missing.",
        }
        .to_owned()
    }
}

fn error_of(answer: &Answer) -> Option<(&Answer, &dingtalk_receipts::Error)> {
    answer.result.as_ref().err().map(|error| (answer, error))
}

/// The next answer, if it is here already.
async fn at_once(answers: &mut ReadMany<'_>) -> Option<Answer> {
    tokio::select! {
        biased;
        answer = answers.next() => answer,
        () = std::future::ready(()) => None,
    }
}
