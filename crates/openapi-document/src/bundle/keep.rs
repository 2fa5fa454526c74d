//! Components and paths that are nothing but a reference to another file keep their places.

use serde_json::Value;

use super::address::Address;
use super::{Bundler, only_reference, slots};
use crate::pointer;

impl Bundler<'_> {
    /// Gives what each component and path refers to the place of the reference, and takes note of
    /// the names that components have already.
    pub(super) fn keep_places(&mut self) {
        let (file, at) = self.container((0, "/components".to_owned()), "/components");
        let sections: Vec<String> = self
            .peek(file, &at)
            .and_then(Value::as_object)
            .map(|components| components.keys().cloned().collect())
            .unwrap_or_default();
        let mut containers: Vec<(Address, String)> = ["/paths", "/webhooks"]
            .map(|at| ((0, at.to_owned()), at.to_owned()))
            .into();
        containers.extend(sections.into_iter().map(|section| {
            let mount = pointer::join("/components", &section);
            ((file, pointer::join(&at, &section)), mount)
        }));
        for (address, mount) in containers {
            self.keep_entries(address, &mount);
        }
    }

    fn keep_entries(&mut self, address: Address, mount: &str) {
        let (file, at) = self.container(address, mount);
        let entries: Vec<(String, Option<String>)> = self
            .peek(file, &at)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), only_reference(value).map(str::to_owned)))
            .collect();
        let section = pointer::last(mount).unwrap_or_default().into_owned();
        for (name, reference) in entries {
            let place = pointer::join(mount, &name);
            if mount.starts_with("/components/") {
                let taken = self.taken.entry(slots::section(&section)).or_default();
                taken.insert(name);
            }
            let Some(reference) = reference else { continue };
            if let Ok(target) = self.follow(file, &reference)
                && target.0 != 0
            {
                self.places.entry(target).or_insert(place);
            }
        }
    }

    /// The mapping that stands at an address: of another file, if there is but a reference.
    fn container(&mut self, address: Address, mount: &str) -> Address {
        let reference = self.peek(address.0, &address.1).and_then(only_reference);
        let Some(reference) = reference.map(str::to_owned) else {
            return address;
        };
        match self.follow(address.0, &reference) {
            Ok(target) => {
                if target.0 != 0 {
                    let place = self.places.entry(target.clone());
                    place.or_insert(mount.to_owned());
                }
                target
            }
            Err(_) => address,
        }
    }
}
