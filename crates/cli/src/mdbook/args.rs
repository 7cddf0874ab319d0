//! The command line of `requote mdbook`.

use clap::{Args, Subcommand};

/// Write snippets into the chapters of a book, as a preprocessor of mdBook.
///
/// mdBook runs this command itself, for each renderer. A fence of a chapter whose first line is
/// "http requote" becomes a set of tabs with a snippet for each target, and a region between two
/// comments `requote:begin` and `requote:end` is written anew. A renderer that does not write HTML gets
/// plain blocks.
#[derive(Debug, Args)]
#[command(after_long_help = OPTIONS)]
pub struct MdbookArgs {
    #[command(subcommand)]
    pub question: Option<Question>,
}

/// What mdBook asks before it hands over a book.
#[derive(Debug, Clone, Subcommand)]
pub enum Question {
    /// Say whether the preprocessor is for a renderer: it is for all of them
    Supports {
        /// The name of the renderer, such as html
        renderer: String,
    },
}

const OPTIONS: &str = "\
In book.toml:
  [preprocessor.requote]
  command = \"requote mdbook\"
  after = [\"links\"]
  targets = [\"curl\", \"python\", \"fetch\"]

More keys of this table:
  tabs = \"...\"      builtin (the default): tabs that need no other file; mdbook-tabs: for the
                    preprocessor of that name, which runs after this one; plain: one block below
                    the other
  strict = true     a snippet that differs from its request, or that is missing, is an error
  body = \"...\"      auto, exact, text or native, as --body of `requote to`
  secrets = \"...\"   keep or env, as --secrets of `requote to`
  scheme = \"...\"    http or https, as --scheme of `requote to`
  attachments = \"...\"  refuse (the default) or carry, as --attachments of `requote docs`

`file=` in a fence or a marker is a path from the folder of the chapter. Templates are those of the
nearest requote.toml and of REQUOTE_TEMPLATES.

Exit status: 0 on success; 1 if a region has no snippet of a target; 2 if book.toml is wrong.";
