//! Decides whether one set of values lies in another, without saying why not.
//!
//! The questions that one leads to are a graph: a question holds if nothing at its own level speaks
//! against it, all questions below it hold, and of each list of alternatives at least one does.
//! Cycles need no end, so the greatest solution is wanted: every question holds unless it is
//! refuted. Refutations travel from a question to those that rely on it; a list of alternatives
//! relies on one of them at a time and turns to the next when that is refuted. Each pair of sets
//! is looked at once, and what is found out stays known.

use std::collections::{HashMap, VecDeque};

use super::inclusion::{Answer, Engine, Question};

/// What a step costs: a question that is looked at, a value that a validator checks, a schema that
/// is read, and a set that is looked into for a made-up value.
pub(super) const QUESTION_COST: usize = 16;
pub(super) const CHECK_COST: usize = 16;
const READ_COST: usize = 4;
pub(super) const EXAMPLE_COST: usize = 1;
/// What one decision may cost before it is given up.
const MAX_COST: usize = 20_000 * QUESTION_COST;
/// What all decisions of a comparison may cost before each gets little more.
const MAX_TOTAL: usize = 60_000 * QUESTION_COST;
const MAX_COST_AFTER_TOTAL: usize = 20 * QUESTION_COST;
/// How many questions are looked at for what else they may be good for, once the first is refuted.
const MAX_STEPS_AFTER_REFUTED: usize = 500;

/// What is known of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Holds,
    Refuted,
    /// The limit of steps was reached.
    Undecided,
}

/// Ways to satisfy a constraint, the likeliest first. Each is a list of questions that must all
/// hold.
pub(crate) type Clause = Vec<Vec<Question>>;

/// The questions looked at so far.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    numbers: HashMap<Question, usize>,
    nodes: Vec<Node>,
    /// What all decisions have cost.
    total: usize,
}

#[derive(Debug)]
struct Node {
    question: Question,
    state: State,
    clauses: Vec<Active>,
    dependents: Vec<Dependent>,
    /// A decision about this question reached the limit.
    given_up: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not looked at yet.
    New,
    /// Looked at, and nothing speaks against it so far.
    Open,
    /// Decided: as [`State::Open`], and so is all that it relies on.
    Holds,
    Refuted,
}

/// A clause, and the alternative that it relies on.
#[derive(Debug)]
struct Active {
    alternatives: Clause,
    current: usize,
}

/// A question that relies on another: as a whole, or with an alternative of one of its clauses.
#[derive(Debug, Clone, Copy)]
struct Dependent {
    node: usize,
    alternative: Option<(usize, usize)>,
}

impl Decisions {
    fn number(&mut self, question: Question) -> usize {
        let next = self.nodes.len();
        let number = *self.numbers.entry(question).or_insert(next);
        if number == next {
            self.nodes.push(Node {
                question,
                state: State::New,
                clauses: Vec::new(),
                dependents: Vec::new(),
                given_up: false,
            });
        }
        number
    }

    fn is_live(&self, dependent: Dependent) -> bool {
        let node = &self.nodes[dependent.node];
        node.state != State::Refuted
            && dependent.alternative.is_none_or(|(clause, alternative)| {
                node.clauses
                    .get(clause)
                    .is_some_and(|clause| clause.current == alternative)
            })
    }

    /// Makes a question rely on others. False if one of them is refuted already.
    fn rely(&mut self, dependent: Dependent, on: &[Question], todo: &mut VecDeque<usize>) -> bool {
        let numbers: Vec<usize> = on.iter().map(|&question| self.number(question)).collect();
        let refuted = |&number: &usize| self.nodes[number].state == State::Refuted;
        if numbers.iter().any(refuted) {
            return false;
        }
        for number in numbers {
            let node = &mut self.nodes[number];
            if node.state != State::Holds {
                node.dependents.push(dependent);
            }
            if node.state == State::New {
                todo.push_back(number);
            }
        }
        true
    }

    /// Turns a clause to its first alternative from `current` on that is not refuted. False if
    /// there is none.
    fn advance(&mut self, node: usize, clause: usize, todo: &mut VecDeque<usize>) -> bool {
        loop {
            let active = &self.nodes[node].clauses[clause];
            let current = active.current;
            let Some(questions) = active.alternatives.get(current).cloned() else {
                return false;
            };
            let dependent = Dependent {
                node,
                alternative: Some((clause, current)),
            };
            if self.rely(dependent, &questions, todo) {
                return true;
            }
            self.nodes[node].clauses[clause].current += 1;
        }
    }

    /// Refutes a question, and all that relied on it and have nothing else.
    fn refute(&mut self, number: usize, todo: &mut VecDeque<usize>) {
        let mut refuted = vec![number];
        while let Some(number) = refuted.pop() {
            if self.nodes[number].state == State::Refuted {
                continue;
            }
            self.nodes[number].state = State::Refuted;
            self.nodes[number].clauses = Vec::new();
            for dependent in std::mem::take(&mut self.nodes[number].dependents) {
                if !self.is_live(dependent) {
                    continue;
                }
                match dependent.alternative {
                    None => refuted.push(dependent.node),
                    Some((clause, _)) => {
                        self.nodes[dependent.node].clauses[clause].current += 1;
                        if !self.advance(dependent.node, clause, todo) {
                            refuted.push(dependent.node);
                        }
                    }
                }
            }
        }
    }

    /// Takes what was found at a question's own level.
    fn settle(&mut self, number: usize, answer: Answer, todo: &mut VecDeque<usize>) {
        self.nodes[number].state = State::Open;
        let below: Vec<Question> = answer.below.iter().map(|(_, below)| *below).collect();
        let whole = Dependent {
            node: number,
            alternative: None,
        };
        let mut holds = answer.gaps.is_empty() && !answer.refuted && self.rely(whole, &below, todo);
        for alternatives in answer.clauses {
            if !holds {
                break;
            }
            let clause = self.nodes[number].clauses.len();
            self.nodes[number].clauses.push(Active {
                alternatives,
                current: 0,
            });
            holds = self.advance(number, clause, todo);
        }
        if !holds {
            self.refute(number, todo);
        }
    }
}

impl<'d> Engine<'d> {
    /// Whether every value of a question's source belongs to its target, as far as the engine can
    /// tell: what it suspects counts as refuted.
    pub(crate) fn contained(&mut self, question: Question) -> Verdict {
        let root = self.decisions.number(question);
        match self.decisions.nodes[root].state {
            State::Holds => return Verdict::Holds,
            State::Refuted => return Verdict::Refuted,
            State::New | State::Open if self.decisions.nodes[root].given_up => {
                return Verdict::Undecided;
            }
            State::New | State::Open => {}
        }
        let mut todo = VecDeque::from([root]);
        let mut met = Vec::new();
        let limit = match self.decisions.total < MAX_TOTAL {
            true => MAX_COST,
            false => MAX_COST_AFTER_TOTAL,
        };
        let before = self.spent();
        while let Some(number) = todo.pop_front() {
            let node = &self.decisions.nodes[number];
            let needed = |&dependent: &Dependent| self.decisions.is_live(dependent);
            if node.state != State::New || !(number == root || node.dependents.iter().any(needed)) {
                continue;
            }
            let refuted = self.decisions.nodes[root].state == State::Refuted;
            if refuted && met.len() >= MAX_STEPS_AFTER_REFUTED {
                self.forget(&met);
                return Verdict::Refuted;
            }
            if self.spent() - before >= limit {
                self.decisions.total += self.spent() - before;
                self.forget(&met);
                self.decisions.nodes[root].given_up = true;
                return Verdict::Undecided;
            }
            met.push(number);
            self.cost += QUESTION_COST;
            let question = node.question;
            let answer = self.look(question);
            self.decisions.settle(number, answer, &mut todo);
        }
        self.decisions.total += self.spent() - before;
        for number in met {
            let node = &mut self.decisions.nodes[number];
            if node.state == State::Open {
                node.state = State::Holds;
                node.dependents = Vec::new();
            }
        }
        match self.decisions.nodes[root].state {
            State::Refuted => Verdict::Refuted,
            _ => Verdict::Holds,
        }
    }

    /// What was done so far.
    pub(super) fn spent(&self) -> usize {
        self.cost.saturating_add(self.pool.reads * READ_COST)
    }

    /// Forgets what was found out of questions that are not decided.
    fn forget(&mut self, numbers: &[usize]) {
        for &number in numbers {
            let node = &mut self.decisions.nodes[number];
            if node.state == State::Open {
                node.state = State::New;
                node.clauses = Vec::new();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use openapi_document::Source;
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::document::{Document, Side};
    use crate::finding::Class;
    use crate::{http, judge};

    fn reference(name: String) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn document(schemas: Map<String, Value>, root: &str) -> Source {
        let schema = reference(root.to_owned());
        let response = json!({"content": {"application/json": {"schema": schema}}});
        let document = json!({
            "openapi": "3.0.3",
            "paths": {"/things": {"get": {"responses": {"200": response}}}},
            "components": {"schemas": schemas},
        });
        Source::parse("test.json", document.to_string()).unwrap()
    }

    /// What a comparison costs, in questions, and the classes of what it finds on the wire.
    fn compared(base: &Source, revision: &Source) -> (usize, Vec<Class>) {
        let (old, new) = (
            Document::new(Side::Base, base),
            Document::new(Side::Revision, revision),
        );
        let mut engine = Engine::new(old, new);
        let noticed = http::operations::compare(&mut engine);
        let drafts = judge::judge(&mut engine, &noticed.pairs, true);
        let classes = drafts.iter().map(|draft| draft.class).collect();
        (engine.spent() / QUESTION_COST, classes)
    }

    /// Schemas whose properties are text or one of the other schemas.
    fn recursive(keyword: &str, schemas: usize, properties: usize, kind: &str) -> Source {
        let schema = |index: usize| {
            let mut all: Map<String, Value> = (0..properties)
                .map(|property| {
                    let other = format!("S{}", (index * 7 + property * 3 + 1) % schemas);
                    let either = json!({keyword: [{"type": "string"}, reference(other)]});
                    (format!("p{property}"), either)
                })
                .collect();
            let kind = if index == 0 { kind } else { "integer" };
            all.insert("value".to_owned(), json!({"type": kind}));
            json!({"type": "object", "properties": all})
        };
        let all = (0..schemas).map(|index| (format!("S{index}"), schema(index)));
        document(all.collect(), "S1")
    }

    #[test]
    fn recursive_unions_cost_what_their_pairs_cost() {
        for keyword in ["anyOf", "oneOf"] {
            for (schemas, properties) in [(4, 3), (20, 4), (80, 4)] {
                let base = recursive(keyword, schemas, properties, "integer");
                let revision = recursive(keyword, schemas, properties, "string");
                let (cost, classes) = compared(&base, &revision);
                assert_eq!(classes, [Class::Breaking], "{keyword} {schemas}");
                let places = schemas * properties;
                assert!(cost < places * 100, "{keyword} {schemas}: {cost}");
            }
        }
    }

    #[test]
    fn long_chains_of_schemas_are_decided() {
        let chain = |length: usize, kind: &str| {
            let next = |index: usize| json!({"properties": {"next": reference(format!("S{}", index + 1))}});
            let mut all: Map<_, _> = (0..length)
                .map(|index| (format!("S{index}"), next(index)))
                .collect();
            all.insert(format!("S{length}"), json!({"type": kind}));
            document(all, "S0")
        };
        let (cost, classes) = compared(&chain(10_000, "string"), &chain(10_000, "integer"));
        assert_eq!(classes, [Class::Breaking]);
        assert!(cost < 100_000, "{cost}");
    }

    #[test]
    fn many_tagged_branches_are_matched_by_their_tags() {
        let tagged = |kind: &str, prefix: &str| {
            let branch = |index: usize| {
                let kind = if index == 70 { kind } else { "string" };
                json!({
                    "type": "object",
                    "required": ["tag"],
                    "properties": {
                        "tag": {"type": "string", "enum": [format!("t{index}")]},
                        "value": {"type": kind},
                        "inner": reference("Any".to_owned()),
                    },
                })
            };
            let name = |index: usize| format!("{prefix}{index}");
            let mut all: Map<_, _> = (0..150).map(|index| (name(index), branch(index))).collect();
            let branches: Vec<Value> = (0..150).map(|index| reference(name(index))).collect();
            all.insert("Any".to_owned(), json!({"oneOf": branches}));
            document(all, "Any")
        };
        for prefix in ["A", "B"] {
            let (cost, classes) = compared(&tagged("string", "A"), &tagged("integer", prefix));
            assert_eq!(classes, [Class::Breaking]);
            assert!(cost < 150 * 150, "{prefix}: {cost}");
        }
    }
}
