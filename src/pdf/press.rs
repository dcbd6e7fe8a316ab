//! The typst machinery that every document shares: templates and fonts from
//! inside the program, data as values in `sys.inputs`, never as markup. No file,
//! no package, no clock; tagged PDF/UA-1 that is PDF/A-2a as well.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::fonts::FONTS;
use super::{Diagnostics, PdfError};

/// Renders that a memoised part may lie unused before it is dropped; without
/// eviction the cache only grows.
const CACHE_AGE: usize = 10;

static TEMPLATES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    [
        (
            "sheet/sheet.typ",
            include_str!("../../templates/sheet/sheet.typ"),
        ),
        (
            "sheet/paper.typ",
            include_str!("../../templates/sheet/paper.typ"),
        ),
        (
            "sheet/cover.typ",
            include_str!("../../templates/sheet/cover.typ"),
        ),
        (
            "sheet/request.typ",
            include_str!("../../templates/sheet/request.typ"),
        ),
        (
            "sheet/worker.typ",
            include_str!("../../templates/sheet/worker.typ"),
        ),
        (
            "sheet/week.typ",
            include_str!("../../templates/sheet/week.typ"),
        ),
        (
            "report/accesses.typ",
            include_str!("../../templates/report/accesses.typ"),
        ),
        (
            "report/outcomes.typ",
            include_str!("../../templates/report/outcomes.typ"),
        ),
        (
            "paper/blank.typ",
            include_str!("../../templates/paper/blank.typ"),
        ),
    ]
    .into_iter()
    .map(|(path, text)| Source::new(file_id(path), text.to_owned()))
    .collect()
});

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the template paths are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Prints `template` with `inputs`. `identifier` names the document for good:
/// it is hashed into the PDF's own identifier.
pub(super) fn print(template: &str, inputs: Dict, identifier: String) -> Result<Vec<u8>, PdfError> {
    let world = Press {
        // header cells of a row have no other way to be marked yet
        library: LazyHash::new(
            Library::builder()
                .with_inputs(inputs)
                .with_features([Feature::A11yExtras].into_iter().collect())
                .build(),
        ),
        main: file_id(template),
    };
    let bytes = compile(&world, identifier);
    typst::comemo::evict(CACHE_AGE);
    bytes
}

fn compile(world: &Press, identifier: String) -> Result<Vec<u8>, PdfError> {
    let document = typst::compile::<PagedDocument>(world)
        .output
        .map_err(|problems| PdfError::Template(Diagnostics::read(world, &problems)))?;
    let options = PdfOptions {
        ident: Smart::Custom(identifier),
        creator: Smart::Custom(Some("DOM".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .expect("the two standards share a PDF version"),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|problems| PdfError::Export(Diagnostics::read(world, &problems)))
}

struct Press {
    library: LazyHash<Library>,
    main: FileId,
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATES
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
