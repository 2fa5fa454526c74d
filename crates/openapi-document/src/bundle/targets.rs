//! What references lead to, and the places that targets get.

use serde_json::Value;

use super::address::{self, Address, Target};
use super::{Bundler, Cause, Failure, MAX_FILES, MAX_HOPS, Placed, only_reference, slots};
use crate::{Source, pointer};

impl Bundler<'_> {
    /// A copy of what stands at an address; copied since reading more files moves the others.
    pub(super) fn value(&self, (file, at): &Address) -> Option<Value> {
        self.peek(*file, at).cloned()
    }

    pub(super) fn peek(&self, file: usize, at: &str) -> Option<&Value> {
        self.file(file)?.value().pointer(at)
    }

    fn file(&self, number: usize) -> Option<&Source> {
        match number.checked_sub(1) {
            None => Some(self.root),
            Some(index) => self.parts.files.get(index),
        }
    }

    pub(super) fn path(&self, number: usize) -> String {
        self.paths.get(number).cloned().unwrap_or_default()
    }

    /// The number of the file at a path, which is read when it is asked for first.
    fn number(&mut self, path: &str) -> Result<usize, Failure> {
        if let Some(number) = self.numbers.get(path) {
            return number.clone();
        }
        let number = if self.parts.files.len() >= MAX_FILES {
            Err(Failure::new(
                Cause::Limit,
                format!("more than {MAX_FILES} files; bundle the document into one file before"),
            ))
        } else {
            match self.files.read(path) {
                Ok(source) => {
                    self.parts.files.push(source);
                    self.paths.push(path.to_owned());
                    Ok(self.parts.files.len())
                }
                Err(reason) if address::is_url(path) => Err(Failure::new(Cause::Url, reason)),
                Err(reason) => Err(Failure::new(Cause::File, reason)),
            }
        };
        self.numbers.insert(path.to_owned(), number.clone());
        number
    }

    /// What a reference in a file leads to, through all that is nothing but a reference.
    pub(super) fn follow(&mut self, file: usize, reference: &str) -> Result<Address, Failure> {
        let mut at = (file, reference.to_owned());
        for _ in 0..MAX_HOPS {
            let Target { path, fragment } = address::parse(&at.1, &self.path(at.0));
            let number = match path {
                Some(path) => self.number(&path)?,
                None => at.0,
            };
            let found = self.file(number).and_then(|file| file.resolve(&fragment));
            let Some(found) = found else {
                // What the document itself has may come from other files: that is seen in the end.
                if number == 0 && fragment.starts_with("#/") {
                    return Ok((0, pointer::decode(&fragment[1..]).into_owned()));
                }
                let path = self.path(number);
                return Err(Failure::new(
                    Cause::Nothing,
                    format!("`{path}` has nothing at `{fragment}`; correct one of them"),
                ));
            };
            match only_reference(found.value) {
                Some(next) if number != 0 => at = (number, next.to_owned()),
                _ => return Ok((number, found.pointer)),
            }
        }
        Err(Failure::new(
            Cause::Nothing,
            format!(
                "it leads in a circle, or through more than {MAX_HOPS} references to references; \
                 refer to the target itself"
            ),
        ))
    }

    /// The place of a target of another file: one that it has, or a component of its own.
    pub(super) fn place(&mut self, address: Address, slot: &str) -> String {
        for outer in pointer::outwards(&address.1) {
            if let Some(place) = self.places.get(&(address.0, outer.to_owned())) {
                let below = address.1.get(outer.len()..).unwrap_or_default();
                return format!("{place}{below}");
            }
        }
        let section = slots::section(slot);
        let path = self.path(address.0);
        let taken = self.taken.entry(section).or_default();
        let name = slots::name(&path, &address.1, taken);
        taken.insert(name.clone());
        let mount = pointer::join(&format!("/components/{section}"), &name);
        self.places.insert(address.clone(), mount.clone());
        self.queue.push(Placed {
            address,
            section,
            name,
            mount: mount.clone(),
        });
        mount
    }
}
