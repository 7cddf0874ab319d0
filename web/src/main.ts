// The page: what is chosen, what comes of it, and what is shown.

import "./style.css";
import { check, init, quote, RequoteError, targets, withoutSecrets } from "requote";
import type { BodyMode, Diagnostic, Format, QuoteOptions, Snippet, Target } from "requote";
import { saveSnippet } from "./download";
import { InputEditor, OutputEditor } from "./editors";
import { examples } from "./examples";
import { writeFields, type Values } from "./option-fields";
import { readFragment, writeFragment } from "./permalink";
import { bytesOf, sourceOf, type Source } from "./source";
import { commandOf, listAdded, markCode, summarise } from "./words";

const FORMATS = ["auto", "message", "curl", "har", "http-file", "fetch", "burp", "cmd", "powershell", "postman"];

/** The diagnostics that come first. */
const SEVERITIES = ["error", "warning", "note"];

const find = <E extends Element = HTMLElement>(id: string) => document.getElementById(id) as unknown as E;
const select = (id: string) => find<HTMLSelectElement>(id);

// The module is fetched and compiled while the editors are made.
const loaded = init();

let source: Source = sourceOf(new TextEncoder().encode(examples[0]![1]));
let all: Target[] = [];
let snippet: Snippet | undefined;
const values: Values = {};

const input = new InputEditor(find("input"), (text) => {
  if (source.kind === "text") source = { ...source, text };
  select("example").value = "";
  update();
});
const output = new OutputEditor(find("output"));

const target = () => `${select("language").value}/${select("client").value}`;

/** The options that the chosen client has: others are kept for when another is chosen. */
function chosenOptions(): Values {
  const known = all.find(({ id }) => id === target())?.options ?? [];
  return Object.fromEntries(known.flatMap(({ name }) => (name in values ? [[name, values[name]!]] : [])));
}

function asked(): QuoteOptions {
  const scheme = select("scheme").value as "http" | "https" | "";
  return {
    from: select("from").value as Format,
    ...(select("request-label").hidden ? {} : { request: select("request").value }),
    body: select("body").value as BodyMode,
    secrets: select("secrets").value as "keep" | "env",
    ...(scheme ? { scheme } : {}),
    options: chosenOptions(),
  };
}

/** What the module gives, or what it says of the options. */
function quoteNow(): { snippet?: Snippet; diagnostics: Diagnostic[] } {
  try {
    const quoted = quote(bytesOf(source), target(), asked());
    return { snippet: quoted, diagnostics: quoted.diagnostics };
  } catch (error) {
    if (error instanceof RequoteError) return { diagnostics: error.diagnostics };
    throw error;
  }
}

let later = 0;

/** Writes the code anew. What takes longer than a key follows when the reader pauses. */
function update(): void {
  performance.mark("requote-begin");
  listRequests();
  const quoted = quoteNow();
  snippet = quoted.snippet;
  output.show(snippet?.code ?? "", snippet?.highlight ?? "");
  show(quoted.diagnostics);
  performance.measure("requote-update", "requote-begin");
  clearTimeout(later);
  if (find<HTMLDetailsElement>("all").open) later = window.setTimeout(assessAll, 200);
}

/** The choice of a request, where the input has several. */
function listRequests(): void {
  const requests = check(bytesOf(source), { from: select("from").value as Format });
  const field = select("request");
  const isNeeded = requests.length > 1;
  find("request-label").hidden = !isNeeded;
  write("read-as", requests[0] ? `read as ${requests[0].from}` : "");
  const titles = requests.map((request, index) => request.title || request.request || String(index + 1));
  if (!isNeeded || titles.join("\n") === [...field.options].map((option) => option.text).join("\n")) return;
  const before = field.value;
  field.replaceChildren(...titles.map((title, index) => new Option(title, String(index + 1))));
  field.value = Number(before) <= titles.length && before ? before : "1";
}

/** Sets a text that differs: what is set anew is laid out anew, and read out anew where it is a live region. */
function write(id: string, text: string): void {
  const element = find(id);
  if (element.textContent !== text) element.textContent = text;
}

/** The diagnostics that are shown, as JSON. */
let shown = "";
let nextFrame = 0;

function show(diagnostics: Diagnostic[]): void {
  // The code comes first: to mark places now would have the browser lay out the page twice.
  cancelAnimationFrame(nextFrame);
  nextFrame = requestAnimationFrame(() => input.mark(source, diagnostics));
  write("outcome", snippet?.outcome ?? "no request");
  find("outcome").dataset.outcome = snippet?.outcome ?? "none";
  write("summary", snippet ? summarise(snippet) : "These options cannot be used.");
  write("adds", snippet ? listAdded(snippet) : "");
  const order = (diagnostic: Diagnostic) => SEVERITIES.indexOf(diagnostic.severity);
  const sorted = [...diagnostics].sort((a, b) => order(a) - order(b));
  if (shown !== JSON.stringify(sorted)) {
    shown = JSON.stringify(sorted);
    find("diagnostics").replaceChildren(...sorted.map(writeDiagnostic));
  }
  const isText = source.kind === "text";
  find("bytes-bar").hidden = isText;
  select("eol").disabled = !isText;
  if (source.kind === "text") select("eol").value = source.lineEnd === "\n" ? "lf" : "crlf";
  const { value: from } = select("from");
  const chosen = {
    from: from === "auto" ? "" : from,
    request: find("request-label").hidden ? "" : select("request").value,
    body: select("body").value === "auto" ? "" : select("body").value,
    secrets: select("secrets").value === "keep" ? "" : select("secrets").value,
    scheme: select("scheme").value,
  };
  write("command", commandOf(target(), chosen, chosenOptions()));
  write("install", snippet?.install ? `The code needs: ${snippet.install}` : "");
  for (const id of ["copy", "download"]) find<HTMLButtonElement>(id).disabled = !snippet?.code;
}

function writeDiagnostic(diagnostic: Diagnostic): HTMLElement {
  const item = document.createElement("li");
  item.dataset.severity = diagnostic.severity;
  const head = document.createElement("strong");
  head.textContent = diagnostic.severity;
  item.append(head, " ", ...markCode(diagnostic.message), " ");
  if (diagnostic.arrives !== null) {
    const arrives = document.createElement("code");
    arrives.textContent = diagnostic.arrives;
    item.append("(arrives as ", arrives, ") ");
  }
  const { span, line, column } = diagnostic;
  if (span && line !== null) {
    const place = document.createElement("button");
    place.type = "button";
    place.textContent = `line ${line}, column ${column}`;
    place.addEventListener("click", () => input.select(source, span));
    item.append(place);
  }
  const code = document.createElement("span");
  code.className = "muted";
  code.textContent = diagnostic.code;
  item.append(code);
  if (diagnostic.help) {
    const help = document.createElement("div");
    help.append("Help: ", ...markCode(diagnostic.help));
    item.append(help);
  }
  return item;
}

/** What each target makes of the request. */
function assessAll(): void {
  const rows = targets(bytesOf(source), { ...asked(), options: {} });
  find("targets").replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = row.title;
      button.addEventListener("click", () => {
        choose(row.id);
        update();
      });
      const outcome = document.createElement("span");
      outcome.className = "badge";
      outcome.textContent = "outcome" in row ? row.outcome : "no request";
      outcome.dataset.outcome = "outcome" in row ? row.outcome : "none";
      item.append(button, outcome);
      return item;
    }),
  );
}

/** Chooses a target, whose language has its clients in the second list. */
function choose(id: string): void {
  const [language, client] = id.split("/");
  const clients = all.filter((known) => known.language === language);
  if (clients.length === 0) return;
  select("language").value = language!;
  const options = clients.map((known) => new Option(nameOf(known), known.client));
  select("client").replaceChildren(...options);
  const usual = clients.find((known) => known.default) ?? clients[0]!;
  const chosen = clients.find((known) => known.client === client) ?? usual;
  select("client").value = chosen.client;
  writeFields(find("options"), chosen.options, values, update);
}

const languageOf = (target: Target) => target.label.split(" · ")[0]!;
const nameOf = (target: Target) => (target.proven ? target.client : `${target.client} (not run by our tests)`);

function listTargets(): void {
  all = targets();
  const languages = all.filter((target) => target.default);
  select("language").replaceChildren(...languages.map((target) => new Option(languageOf(target), target.language)));
}

function take(bytes: Uint8Array): void {
  source = sourceOf(bytes);
  input.show(source);
  update();
}

async function takeFile(file: File | undefined | null): Promise<void> {
  if (!file) return;
  select("example").value = "";
  take(new Uint8Array(await file.arrayBuffer()));
}

/** Tells in a word or two that something is done. */
function tell(words: string): void {
  find("done").textContent = words;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell("Copied");
  } catch {
    tell("The browser does not let this page copy");
  }
}

async function copyLink(): Promise<void> {
  const masked = withoutSecrets(bytesOf(source), { from: select("from").value as Format });
  if (!masked) {
    tell("There is no link to what is no request: where its credentials are is not known");
    return;
  }
  const { from, body, secrets, scheme } = { ...asked() } as Record<string, string>;
  const choices = { t: target(), from: from!, body: body!, secrets: secrets!, scheme: scheme ?? "" };
  const fragment = await writeFragment({ bytes: masked, choices });
  history.replaceState(null, "", `#${fragment}`);
  await copy(location.href);
}

/** Takes the request of the address; `false` where it has none. */
async function takeFragment(): Promise<boolean> {
  const link = await readFragment(location.hash.slice(1));
  if (!link) return false;
  for (const id of ["from", "body", "secrets", "scheme"]) {
    const field = select(id);
    const value = link.choices[id] ?? "";
    field.value = [...field.options].some((option) => option.value === value) ? value : field.options[0]!.value;
  }
  choose(link.choices.t ?? "");
  select("example").value = "";
  take(link.bytes);
  return true;
}

function listen(): void {
  for (const id of ["from", "body", "secrets", "scheme", "request"]) select(id).addEventListener("change", update);
  select("eol").addEventListener("change", () => {
    if (source.kind === "text") source = { ...source, lineEnd: select("eol").value === "lf" ? "\n" : "\r\n" };
    update();
  });
  select("language").addEventListener("change", () => {
    choose(select("language").value);
    update();
  });
  select("client").addEventListener("change", () => {
    choose(target());
    update();
  });
  select("example").addEventListener("change", () => {
    const example = examples.find(([title]) => title === select("example").value);
    if (example) take(new TextEncoder().encode(example[1]));
  });
  const file = find<HTMLInputElement>("file");
  find("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => void takeFile(file.files?.[0]));
  find("as-text").addEventListener("click", () => {
    const text = new TextDecoder().decode(bytesOf(source)).replace(/\r\n?/g, "\n");
    source = { kind: "text", text, lineEnd: "\n" };
    input.show(source);
    update();
  });
  find("copy").addEventListener("click", () => void copy(snippet?.code ?? ""));
  find("copy-command").addEventListener("click", () => void copy(find("command").textContent ?? ""));
  find("link").addEventListener("click", () => void copyLink());
  find("download").addEventListener("click", () => snippet && saveSnippet(snippet));
  find<HTMLDetailsElement>("all").addEventListener("toggle", () => {
    if (find<HTMLDetailsElement>("all").open) assessAll();
  });
  window.addEventListener("hashchange", () => void takeFragment());
  listenToDrops();
}

function listenToDrops(): void {
  const shown = (isShown: boolean) => document.body.classList.toggle("dropping", isShown);
  // Before the editor, which would insert the text of the file.
  const options = { capture: true };
  window.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    shown(true);
  }, options);
  window.addEventListener("dragleave", (event) => event.relatedTarget === null && shown(false), options);
  window.addEventListener("drop", (event) => {
    shown(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    void takeFile(file);
  }, options);
}

async function start(): Promise<void> {
  select("from").append(...FORMATS.map((name) => new Option(name)));
  select("example").append(new Option("your own", ""), ...examples.map(([title]) => new Option(title)));
  select("example").value = examples[0]![0];
  input.show(source);
  await loaded;
  listTargets();
  choose("python/requests");
  listen();
  if (!(await takeFragment())) update();
  document.body.dataset.ready = "";
}

start().catch((error: unknown) => {
  find("summary").textContent = `The page cannot start: ${String(error)}`;
});
