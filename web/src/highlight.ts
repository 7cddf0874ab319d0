// The colours of code: a mode of CodeMirror for each language that has one, loaded when it is shown.

import { StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

type Parser = StreamParser<unknown>;
const as = (parser: unknown): Parser => parser as Parser;
const clike = (name: string) => async () => as((await import("@codemirror/legacy-modes/mode/clike"))[name as "c"]);

/** By the name of a language in fences of Markdown. The others are shown in one colour. */
const MODES: Record<string, () => Promise<Parser>> = {
  bash: async () => as((await import("@codemirror/legacy-modes/mode/shell")).shell),
  c: clike("c"),
  clojure: async () => as((await import("@codemirror/legacy-modes/mode/clojure")).clojure),
  cpp: clike("cpp"),
  crystal: async () => as((await import("@codemirror/legacy-modes/mode/crystal")).crystal),
  csharp: clike("csharp"),
  dart: clike("dart"),
  erlang: async () => as((await import("@codemirror/legacy-modes/mode/erlang")).erlang),
  go: async () => as((await import("@codemirror/legacy-modes/mode/go")).go),
  haskell: async () => as((await import("@codemirror/legacy-modes/mode/haskell")).haskell),
  http: async () => as((await import("@codemirror/legacy-modes/mode/http")).http),
  java: clike("java"),
  javascript: async () => as((await import("@codemirror/legacy-modes/mode/javascript")).javascript),
  julia: async () => as((await import("@codemirror/legacy-modes/mode/julia")).julia),
  kotlin: clike("kotlin"),
  lua: async () => as((await import("@codemirror/legacy-modes/mode/lua")).lua),
  matlab: async () => as((await import("@codemirror/legacy-modes/mode/octave")).octave),
  objectivec: clike("objectiveC"),
  ocaml: async () => as((await import("@codemirror/legacy-modes/mode/mllike")).oCaml),
  perl: async () => as((await import("@codemirror/legacy-modes/mode/perl")).perl),
  powershell: async () => as((await import("@codemirror/legacy-modes/mode/powershell")).powerShell),
  python: async () => as((await import("@codemirror/legacy-modes/mode/python")).python),
  r: async () => as((await import("@codemirror/legacy-modes/mode/r")).r),
  ruby: async () => as((await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  rust: async () => as((await import("@codemirror/legacy-modes/mode/rust")).rust),
  scala: clike("scala"),
  swift: async () => as((await import("@codemirror/legacy-modes/mode/swift")).swift),
  tcl: async () => as((await import("@codemirror/legacy-modes/mode/tcl")).tcl),
};

const loaded = new Map<string, Extension>();

/** The mode of a language; none where there is none. */
export async function modeOf(language: string): Promise<Extension> {
  const known = loaded.get(language);
  if (known) return known;
  const parser = await MODES[language]?.();
  const mode = parser ? StreamLanguage.define(parser) : [];
  loaded.set(language, mode);
  return mode;
}
