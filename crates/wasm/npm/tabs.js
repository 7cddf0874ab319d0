// <requote-tabs>: sections of code as tabs. A choice is kept, and holds for all of the page.
//
// With `targets="curl,python"` and a request in a <pre>, it writes the sections itself: for pages without a build.

import { init, quote } from "./browser.js";

const KEY = "requote-target";
const STYLE = `requote-tabs [role=tablist]{display:flex;flex-wrap:wrap;gap:.25rem;margin-bottom:.25rem}
requote-tabs [role=tab]{font:inherit;padding:.25rem .75rem;cursor:pointer}
requote-tabs [role=tab][aria-selected=true]{font-weight:bold;text-decoration:underline}
requote-tabs pre{overflow:auto}`;

let count = 0;

/** What the reader chose before; storage may be forbidden. */
const storage = {
  read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write(target) {
    try {
      localStorage.setItem(KEY, target);
    } catch {
      // The choice holds for this page only.
    }
  },
};

class RequoteTabs extends HTMLElement {
  connectedCallback() {
    if (this.isSet) return;
    this.isSet = true;
    const targets = this.getAttribute("targets");
    if (targets === null) this.#show();
    else this.#quote(targets.split(",")).catch((error) => this.#tell(error));
  }

  #tell(error) {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent = `requote: ${error.message}`;
    this.append(note);
  }

  /** Writes the sections of the request that is in the element. */
  async #quote(targets) {
    await init();
    const message = this.querySelector("pre")?.textContent ?? this.textContent;
    const body = this.getAttribute("body") ?? "auto";
    for (const target of targets) {
      const snippet = quote(message, target.trim(), { body });
      const section = document.createElement("section");
      section.dataset.label = snippet.label ?? target;
      section.dataset.target = snippet.target ?? target;
      const pre = document.createElement("pre");
      const code = document.createElement("code");
      code.className = `language-${snippet.highlight}`;
      code.textContent = snippet.code ?? snippet.diagnostics.map((told) => told.message).join("\n");
      pre.append(code);
      section.append(pre);
      this.append(section);
    }
    this.#show();
  }

  #show() {
    const sections = [...this.querySelectorAll(":scope > section")];
    if (sections.length === 0) return;
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Languages");
    this.tabs = sections.map((section) => this.#tab(section));
    list.append(...this.tabs.map(({ tab }) => tab));
    list.addEventListener("keydown", (event) => this.#move(event));
    sections[0].before(list);
    const chosen = storage.read();
    const known = this.tabs.find(({ target }) => target === chosen) ?? this.tabs[0];
    this.choose(known.target);
  }

  #tab(section) {
    const [number, target] = [(count += 1), section.dataset.target];
    const tab = document.createElement("button");
    tab.type = "button";
    tab.textContent = section.dataset.label;
    tab.id = `requote-tab-${number}`;
    section.id = `requote-panel-${number}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", section.id);
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", tab.id);
    section.tabIndex = 0;
    tab.addEventListener("click", () => {
      // A file is of one request, and no choice of a language.
      if (target.startsWith("file/")) return this.choose(target);
      storage.write(target);
      document.querySelectorAll("requote-tabs").forEach((tabs) => tabs.choose(target));
    });
    return { tab, section, target };
  }

  #move(event) {
    const at = this.tabs.findIndex(({ tab }) => tab === document.activeElement);
    const last = this.tabs.length - 1;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const { tab } = this.tabs[(next + last + 1) % (last + 1)];
    tab.click();
    tab.focus();
  }

  /** Shows a target, where this element has it. */
  choose(target) {
    if (!this.tabs?.some((known) => known.target === target)) return;
    for (const { tab, section, target: known } of this.tabs) {
      tab.setAttribute("aria-selected", String(known === target));
      tab.tabIndex = known === target ? 0 : -1;
      section.hidden = known !== target;
    }
  }
}

if (!customElements.get("requote-tabs")) {
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  customElements.define("requote-tabs", RequoteTabs);
}
