//! `requote verify` on the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::args::{Body, TemplatesArgs};

/// Run the snippets and compare what they send with the message.
///
/// Each message is addressed to a capture server on this machine, quoted, run, and held against
/// what arrived and against what requote said would arrive. Nothing is sent anywhere else.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Files with one HTTP message each; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "fuzz")]
    pub files: Vec<PathBuf>,

    /// The targets to verify; all whose toolchain is there by default
    #[arg(short, long, value_name = "TARGET", value_delimiter = ',', default_value = "all")]
    pub target: Vec<String>,

    /// How many runs go side by side; as many as there are cores by default
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// Print one JSON object per run, and one with the totals
    #[arg(long)]
    pub json: bool,

    /// Leave snippets, messages and captured requests in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Targets whose missing toolchain is a failure; `all` is every proven one
    #[arg(long, value_name = "TARGET", value_delimiter = ',')]
    pub require: Vec<String>,

    /// Also verify this many random hostile requests per target
    #[arg(long, value_name = "N")]
    pub fuzz: Option<u32>,

    /// Where the random requests start; the same seed gives the same requests
    #[arg(long, value_name = "S", default_value_t = 1, requires = "fuzz")]
    pub seed: u64,

    /// Also check syntax, layout and style with the language's own tools
    #[arg(long)]
    pub format_check: bool,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// How bodies are written: auto, exact or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    /// The time limit of one snippet in seconds, instead of the language's own
    #[arg(long, value_name = "SECS", value_parser = read_seconds)]
    pub timeout: Option<Duration>,
}

fn read_seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds")?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a number of seconds above 0"),
    }
}
