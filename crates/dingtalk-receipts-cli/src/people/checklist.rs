//! A list of people who should read the message, ticked off as they are met.

use std::collections::HashMap;

use dingtalk_receipts::Reader;

use crate::list::Place;

/// A person by one or two ids. A text that does not say which kind of id it is counts as either.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Person {
    pub(crate) user_id: Option<String>,
    pub(crate) union_id: Option<String>,
}

impl Person {
    /// The id that the person is called by: the user id, or else the union id.
    pub(crate) fn id(&self) -> &str {
        let id = self.user_id.as_deref().or(self.union_id.as_deref());
        id.unwrap_or_default()
    }

    fn ids(&self) -> impl Iterator<Item = &String> {
        [&self.user_id, &self.union_id].into_iter().flatten()
    }
}

/// People, each once, and who of them was met.
#[derive(Debug, Default)]
pub(crate) struct Checklist {
    people: Vec<Person>,
    /// The person that goes by an id.
    by_id: HashMap<String, usize>,
    met: Vec<bool>,
    missing: usize,
}

impl Checklist {
    /// Adds a person, or an id to a person who is there already.
    ///
    /// # Errors
    ///
    /// The two ids belong to two people of the list, or an entry before gives the person another id of one kind.
    pub(super) fn add(&mut self, place: Place, person: Person) -> Result<(), String> {
        let known = person.ids().find_map(|id| self.by_id.get(id).copied());
        let at = known.unwrap_or(self.people.len());
        if person
            .ids()
            .any(|id| self.by_id.get(id).is_some_and(|other| *other != at))
        {
            return Err(format!(
                "{place} gives one person the ids of two: {}",
                person.ids().cloned().collect::<Vec<_>>().join(" and ")
            ));
        }
        if known.is_none() {
            self.people.push(Person::default());
            self.met.push(false);
            self.missing += 1;
        }
        for id in person.ids() {
            self.by_id.insert(id.clone(), at);
        }
        let Some(there) = self.people.get_mut(at) else {
            return Ok(());
        };
        let is_new = |id: &Option<String>| {
            id.clone()
                .filter(|id| known.is_none() || !there.ids().any(|other| other == id))
        };
        for (id, slot) in [is_new(&person.user_id), is_new(&person.union_id)]
            .into_iter()
            .zip([&mut there.user_id, &mut there.union_id])
        {
            let Some(id) = id else { continue };
            match slot {
                Some(other) => {
                    return Err(format!(
                        "{place} gives one person a second id: {id} besides {other}"
                    ));
                }
                None => *slot = Some(id),
            }
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How many people it has.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// How many of them were not met yet.
    pub(crate) fn missing(&self) -> usize {
        self.missing
    }

    /// Ticks off the people who go by an id of `reader`.
    pub(crate) fn meet(&mut self, reader: &Reader) {
        for id in [&reader.user_id, &reader.union_id].into_iter().flatten() {
            if let Some(met) = self.by_id.get(id).and_then(|at| self.met.get_mut(*at))
                && !std::mem::replace(met, true)
            {
                self.missing -= 1;
            }
        }
    }

    /// What those are called who were met, or those who were not, in the order of the list.
    pub(crate) fn who(&self, met: bool) -> impl Iterator<Item = &str> {
        let everybody = self.people.iter().zip(&self.met);
        everybody
            .filter(move |(_, was)| **was == met)
            .map(|(person, _)| person.id())
    }

    /// What all of them are called.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.people.iter().map(Person::id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(user: &str, union: &str) -> Person {
        let given = |id: &str| Some(id.to_owned()).filter(|id| !id.is_empty());
        Person {
            user_id: given(user),
            union_id: given(union),
        }
    }

    fn list(people: &[(&str, &str)]) -> Result<Checklist, String> {
        let mut list = Checklist::default();
        for (line, (user, union)) in (1..).zip(people) {
            list.add(Place::Line(line), person(user, union))?;
        }
        Ok(list)
    }

    #[test]
    fn a_person_with_two_ids_is_one_and_met_by_either() {
        let people = [("a", "A"), ("", "B"), ("a", ""), ("b", "B"), ("c", "")];
        let mut list = list(&people).unwrap();
        assert_eq!(list.ids().collect::<Vec<_>>(), ["a", "b", "c"]);
        list.meet(&Reader::new(None, Some("A".to_owned())));
        list.meet(&Reader::new(Some("a".to_owned()), Some("A".to_owned())));
        list.meet(&Reader::new(Some("b".to_owned()), None));
        assert_eq!((list.len(), list.missing()), (3, 1));
        assert_eq!(list.who(false).collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn ids_that_contradict_each_other_are_refused() {
        for (people, said) in [
            (
                &[("a", "A"), ("b", "B"), ("a", "B")][..],
                "line 3 gives one person the ids of two",
            ),
            (&[("a", "A"), ("a", "X")], "X besides A"),
        ] {
            let error = list(people).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
