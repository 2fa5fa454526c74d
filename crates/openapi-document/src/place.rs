//! Where values stand, in a document of several files.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::{Location, Source};

/// Where a value stands: in which file, and where in it.
///
/// Displays as `name:line:column`, the form editors and CI systems turn into links.
#[derive(Debug, Clone, Copy)]
pub struct Place<'s> {
    /// The file: the document itself, or one that it refers to.
    pub file: &'s Source,
    /// The line and the column.
    pub location: Location,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Location { line, column } = self.location;
        write!(f, "{}:{line}:{column}", self.file.name())
    }
}

impl Source {
    /// Where the value at `pointer` stands, or the nearest whole around it that exists: in this
    /// file, or in the file that it came from.
    pub fn place(&self, pointer: &str) -> Place<'_> {
        let (file, inside) = self.origin(pointer);
        Place {
            file,
            location: file.locate_nearest(&inside),
        }
    }

    /// [`Source::place`] for many pointers in one walk of each file.
    pub fn place_all(&self, pointers: &[&str]) -> Vec<Place<'_>> {
        let start = Location { line: 1, column: 1 };
        let mut places = vec![
            Place {
                file: self,
                location: start
            };
            pointers.len()
        ];
        let mut files: HashMap<*const Source, Asked<'_, '_>> = HashMap::new();
        for (index, pointer) in pointers.iter().enumerate() {
            let (file, inside) = self.origin(pointer);
            let asked = files.entry(std::ptr::from_ref(file)).or_insert(Asked {
                file,
                indices: Vec::new(),
                pointers: Vec::new(),
            });
            asked.indices.push(index);
            asked.pointers.push(inside);
        }
        for asked in files.into_values() {
            let pointers: Vec<&str> = asked.pointers.iter().map(Cow::as_ref).collect();
            let locations = asked.file.locate_nearest_all(&pointers);
            for (index, location) in asked.indices.into_iter().zip(locations) {
                if let Some(place) = places.get_mut(index) {
                    *place = Place {
                        file: asked.file,
                        location,
                    };
                }
            }
        }
        places
    }

    /// The file that the value at `pointer` came from, and its pointer there.
    pub fn origin<'p>(&self, pointer: &'p str) -> (&Source, Cow<'p, str>) {
        let Some((number, inside)) = self.parts().origin(pointer) else {
            return (self, Cow::Borrowed(pointer));
        };
        let file = number
            .checked_sub(1)
            .and_then(|index| self.files().get(index));
        (file.unwrap_or(self), Cow::Owned(inside))
    }
}

/// The pointers of one file that places are asked for.
struct Asked<'s, 'p> {
    file: &'s Source,
    indices: Vec<usize>,
    pointers: Vec<Cow<'p, str>>,
}
