// The two editors: the request, and the code that comes of it.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic as Mark } from "@codemirror/lint";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Diagnostic } from "requote";
import { modeOf } from "./highlight";
import { shownOf, toEditor, type Source } from "./source";

/** Marks a change that the page makes, not the reader. */
const byPage = Annotation.define<boolean>();

const common = (label: string): Extension => [
  lineNumbers(),
  drawSelection(),
  // Tab leaves the editor, as it leaves any field.
  keymap.of([...defaultKeymap, ...historyKeymap]),
  syntaxHighlighting(classHighlighter),
  EditorView.lineWrapping,
  EditorView.cspNonce.of("requote"),
  EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
];

export class InputEditor {
  private readonly view: EditorView;
  /** What is marked, where the editor has moved it to. */
  private marks: Mark[] = [];
  private readonly editable = new Compartment();
  private readonly mode = new Compartment();

  constructor(parent: Element, onEdit: (text: string) => void) {
    const listener = EditorView.updateListener.of((update) => {
      const moved = (place: number, side: number) => update.changes.mapPos(place, side);
      this.marks = this.marks.map((mark) => ({ ...mark, from: moved(mark.from, 1), to: moved(mark.to, -1) }));
      const isEdited = update.docChanged && !update.transactions.some((change) => change.annotation(byPage));
      if (isEdited) onEdit(update.state.doc.toString());
    });
    this.view = new EditorView({
      parent,
      extensions: [common("Request"), history(), lintGutter(), listener, this.editable.of([]), this.mode.of([])],
    });
    void modeOf("http").then((mode) => {
      this.view.dispatch({ effects: this.mode.reconfigure(mode) });
    });
  }

  /** Shows an input. */
  show(source: Source): void {
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: shownOf(source) },
      annotations: byPage.of(true),
      effects: this.editable.reconfigure(EditorState.readOnly.of(source.kind === "bytes")),
    });
  }

  /** Marks the places of diagnostics. Where they are marked already, nothing is done: the browser would lay out anew. */
  mark(source: Source, diagnostics: Diagnostic[]): void {
    const placed = diagnostics.filter((diagnostic) => diagnostic.span !== null);
    const ends = toEditor(source, placed.flatMap(({ span }) => [span!.start, span!.end]));
    const length = this.view.state.doc.length;
    const marks = placed.map(({ severity, code, message }, index): Mark => ({
      from: Math.min(ends[2 * index]!, length),
      to: Math.min(ends[2 * index + 1]!, length),
      severity: severity === "note" ? "info" : severity,
      message: `${code}: ${message}`,
    }));
    if (JSON.stringify(marks) === JSON.stringify(this.marks)) return;
    this.view.dispatch(setDiagnostics(this.view.state, marks));
    this.marks = marks;
  }

  /** Selects the place of a diagnostic. */
  select(source: Source, span: { start: number; end: number }): void {
    const [anchor, head] = toEditor(source, [span.start, span.end]);
    this.view.dispatch({ selection: { anchor: anchor!, head: head! }, scrollIntoView: true });
    this.view.focus();
  }
}

export class OutputEditor {
  private readonly view: EditorView;
  private readonly mode = new Compartment();
  private language = "";

  constructor(parent: Element) {
    this.view = new EditorView({
      parent,
      extensions: [common("Code"), EditorState.readOnly.of(true), this.mode.of([])],
    });
  }

  /** Shows code in the colours of its language. */
  show(code: string, language: string): void {
    const shown = this.view.state.doc.toString();
    if (shown !== code) this.view.dispatch({ changes: differenceOf(shown, code) });
    if (language === this.language) return;
    this.language = language;
    void modeOf(language).then((mode) => {
      if (language === this.language) this.view.dispatch({ effects: this.mode.reconfigure(mode) });
    });
  }
}

/** The change that makes one text of another, without what they begin and end with alike. */
function differenceOf(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
