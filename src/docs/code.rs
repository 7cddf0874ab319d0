//! The codes of this room's diagnostics.

crate::diagnostic::codes! {
    /// A marker that is not one comment in a line of its own.
    DOCS_MARKER_PLACE = "docs-marker-place";
    /// A begin without an end, or an end without a begin.
    DOCS_MARKER_UNPAIRED = "docs-marker-unpaired";
    /// A begin within a region.
    DOCS_MARKER_NESTED = "docs-marker-nested";
    /// A key that there is not, twice the same, or a value that it does not take.
    DOCS_KEY = "docs-key";
    /// Neither `file=` nor a fence right above, or nothing in it.
    DOCS_REQUEST_MISSING = "docs-request-missing";
    /// The file of `file=` cannot be read.
    DOCS_FILE_UNREADABLE = "docs-file-unreadable";
    /// No target is named or configured.
    DOCS_TARGETS_MISSING = "docs-targets-missing";
    /// There is no such target, or it does not load.
    DOCS_TARGET = "docs-target";
    /// There is no such style, it does not load, or it is not for pages of this format.
    DOCS_STYLE = "docs-style";
    /// The page lacks a line that its tabs need, and no region is where it may be.
    DOCS_LINE_MISSING = "docs-line-missing";
    /// The page cannot be read in its format.
    DOCS_PAGE_UNREADABLE = "docs-page-unreadable";
    /// The code has what the documentation tool would act on, and that cannot be made harmless.
    DOCS_DIRECTIVE = "docs-directive";
    /// The code reads a file, which a page does not have.
    DOCS_ATTACHMENT = "docs-attachment";
}
