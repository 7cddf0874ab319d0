/** A request in any format that requote reads: text, or the bytes of a file. */
export type Input = string | Uint8Array;

/** What an input is; `auto` lets its content decide. */
export type Format =
  | "auto"
  | "message"
  | "curl"
  | "har"
  | "http-file"
  | "fetch"
  | "burp"
  | "cmd"
  | "powershell"
  | "postman";

export type BodyMode = "auto" | "exact" | "text" | "native";

export type Outcome = "exact" | "semantic" | "lossy" | "unsupported";

export type Severity = "note" | "warning" | "error";

/** How an input is read. */
export interface ReadOptions {
  from?: Format;
  /** Of several requests the one of this number (from 1), of this name, or with this text in the URL. */
  request?: string | number;
  /** `host` or `host:port` of a request that names none. */
  host?: string;
  /** Values of variables that the input refers to. */
  variables?: Record<string, string>;
  /** Files that the input refers to, by the name that it gives. */
  files?: Record<string, Input>;
}

/** What the code does. An option that is absent has the default of the program. */
export interface QuoteOptions extends ReadOptions {
  body?: BodyMode;
  scheme?: "http" | "https";
  /** `env`: the code reads credentials from its environment. */
  secrets?: "keep" | "env";
  /** Texts of the request that the code reads from its environment, by the name of the variable. */
  env?: Record<string, string>;
  /** Options of the target, as {@link Target.options} lists them: `{ timeout: 10, fragment: true }`. */
  options?: Record<string, string | number | boolean | string[]>;
  /** Files of templates laid over the built-in ones: `{ "python/mine.tera": "…" }`. */
  templates?: Record<string, string>;
}

/** Something to say about a request, with its place in the input. */
export interface Diagnostic {
  severity: Severity;
  /** The stable name of its kind. */
  code: string;
  /** The parts of the request that arrive differently: `header:cookie`. */
  affects: string[];
  /** What arrives in place of what the message has, where that is known. */
  arrives: string | null;
  message: string;
  help: string | null;
  /** Offsets in the bytes of the input, the end not included. */
  span: { start: number; end: number } | null;
  /** Of the place, from 1. */
  line: number | null;
  /** Of the place, in characters, from 1. */
  column: number | null;
}

/** A file that the code reads from the folder in which it runs. */
export interface Attachment {
  name: string;
  base64: string;
}

/** A line of `requote to --json`. */
export interface Snippet {
  schema: 1;
  file: null;
  /** The request's name or number, where the input has several. */
  request: string | null;
  from: Exclude<Format, "auto">;
  /** `language/client`; null where the input holds no request. */
  target: string | null;
  /** A short name for a tab. */
  label: string | null;
  /** The language's name in a fence of Markdown. */
  highlight: string | null;
  outcome: Outcome | null;
  /** Of a file with the code, without the dot. */
  extension: string | null;
  /** Null where the outcome is `unsupported`, or there is no request. */
  code: string | null;
  /** The line that installs the client, where it is not part of the language. */
  install: string | null;
  attachments: Attachment[];
  /** What the code reads from its environment. */
  environment: { name: string; source: string }[];
  /** Fields that the client adds to this request by itself. */
  adds: string[];
  diagnostics: Diagnostic[];
}

/** An option of a target. */
export interface TargetOption {
  name: string;
  /** `flag`, `seconds`, `choice`, `text`, … */
  type: string;
  /** Of a choice. */
  values: string[];
  default: string | null;
  help: string;
  /** Where the client's documentation has it. */
  source: string | null;
}

/** A line of `requote targets --json`. */
export interface Target {
  id: string;
  language: string;
  client: string;
  aliases: string[];
  title: string;
  label: string;
  highlight: string;
  extension: string;
  default: boolean;
  proven: boolean;
  adds: string[];
  docs: string;
  install: string | null;
  version: string | null;
  options: TargetOption[];
}

/** A target, and what it makes of a request. */
export interface AssessedTarget extends Target {
  outcome: Outcome;
  diagnostics: Diagnostic[];
}

/** A line of `requote check --json`, with what the request is called in a list. */
export interface Checked {
  file: null;
  request: string | null;
  from: Exclude<Format, "auto">;
  diagnostics: Diagnostic[];
  /** Method and URL; empty for a raw message. */
  title: string;
}

/** How a page becomes documentation. */
export interface ExpandOptions extends QuoteOptions {
  /** Targets of regions that name none, in the order of the tabs. */
  targets?: string[];
  /** How the documentation tool shows tabs: `vitepress`, `mkdocs`, `details`, … */
  style?: string;
  /** `carry`: a command behind the snippets makes each file that they read; else such a snippet is an error. */
  attachments?: "refuse" | "carry";
  /** `build` expands fences too, and is the default; `update` writes between markers; `clean` empties them. */
  mode?: "build" | "update" | "clean";
}

/** A page with its snippets. */
export interface Page {
  text: string;
  regions: {
    line: number;
    style: string | null;
    /** The file of the request, where the page names one. */
    source: string | null;
    targets: { target: string; outcome: Outcome; diagnostics: Diagnostic[] }[];
    changed: boolean;
    diagnostics: Diagnostic[];
  }[];
  /** What is wrong with the page beside its regions. */
  diagnostics: Diagnostic[];
}

/** What cannot be done as it is asked: an unknown target, a value that an option does not take. */
export class RequoteError extends Error {
  readonly code: string;
  readonly diagnostics: Diagnostic[];
}

/**
 * Loads the module. In a browser every other function needs it first; in Node.js it has nothing to do.
 *
 * That of `requote` is small. That of `requote/full` loads the module which also has `expand` and the option
 * `templates`; all else gives the same with both.
 *
 * @param module where the module is, if not beside the package's files
 */
export function init(module?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Quotes the request of an input as code. A message that does not parse gives a snippet whose target is null.
 *
 * @param target an id (`python/requests`), a language, or a client that only one language has
 * @throws RequoteError
 */
export function quote(input: Input, target: string, options?: QuoteOptions): Snippet;

/** All targets, sorted by id. */
export function targets(input?: null, options?: QuoteOptions): Target[];

/** All targets, and what each makes of the request of an input; only the targets where it holds none. */
export function targets(input: Input, options?: QuoteOptions): (Target | AssessedTarget)[];

/** What is odd about each request of an input, before any target. */
export function check(input: Input, options?: QuoteOptions): Checked[];

/** A page of documentation with its snippets. */
export function expand(page: string, format: "markdown" | "mdx" | "rst" | "asciidoc", options?: ExpandOptions): Page;

/**
 * The input with `*` in place of its credentials, byte for byte; null where it does not parse, as then it
 * is not known where they are.
 */
export function withoutSecrets(input: Input, options?: ReadOptions): Uint8Array | null;
