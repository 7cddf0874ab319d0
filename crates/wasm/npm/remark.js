// A plug-in of remark, for Astro and Next: a fence with `requote` becomes an element with a section of code
// for each target. `requote/tabs` makes tabs of it; without it the sections follow each other.

import { quote } from "./node.js";

/** The words behind the language of a fence: ``http requote="curl,python" body=native``. */
function readMeta(meta) {
  const words = [...(meta ?? "").matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S*)))?/g)];
  return Object.fromEntries(words.map(([, name, quoted, plain]) => [name, quoted ?? plain ?? ""]));
}

/** The longest file that a page carries, in bytes, as in `expand`. */
const MAX_CARRIED = 32 * 1024;

/** The command of a shell that makes a file, as `expand` writes it. */
function carry(name, base64) {
  const lines = base64.match(/.{1,76}/g) ?? [];
  return [`base64 --decode > ${name} <<'END'`, ...lines, "END"].join("\n");
}

/** What mdast-util-to-hast makes an element of. */
const element = (name, properties, children) => ({
  type: "requote",
  data: { hName: name, hProperties: properties },
  children,
});

export default function requoteRemark({ targets = [], attachments = "refuse", ...options } = {}) {
  return (tree, file) => {
    const visit = (parent) => {
      parent.children?.forEach((node, index) => {
        const words = node.type === "code" ? readMeta(node.meta) : {};
        if ("requote" in words) parent.children[index] = expand(node, words, file);
        else visit(node);
      });
    };
    visit(tree);
  };

  function expand(node, words, file) {
    const wanted = words.requote ? words.requote.split(",") : targets;
    const settings = { ...options, ...(words.body ? { body: words.body } : {}) };
    // The lines of a fence, each with its end.
    const message = `${node.value}\n`;
    const quoted = wanted.map((target) => quote(message, target.trim(), settings));
    for (const { target, diagnostics } of quoted) {
      for (const { severity, code, message } of diagnostics) {
        const line = `${target ?? "request"}: ${message} [${code}]`;
        if (severity === "error") file.fail(line, node);
        if (severity === "warning") file.message(line, node);
      }
    }
    const shown = quoted.map(({ target, label, highlight, code }) => ({ target, label, highlight, code }));
    for (const [name, base64] of filesOf(quoted, words.attachments ?? attachments, node, file)) {
      shown.push({ target: `file/${name}`, label: name, highlight: "bash", code: carry(name, base64) });
    }
    const sections = shown.map(({ target, label, highlight, code }) =>
      element("section", { dataLabel: label, dataTarget: target }, [
        { type: "code", lang: highlight, value: code.replace(/\n$/, "") },
      ]),
    );
    return element("requote-tabs", {}, sections);
  }
}

/** The files that snippets read, each once, in base64; the page fails where it cannot have one. */
function filesOf(quoted, attachments, node, file) {
  const files = new Map();
  for (const { target, attachments: read } of quoted) {
    for (const { name, base64 } of read) {
      const fail = (why) => file.fail(`${target}: the code reads the file ${name}, ${why} [docs-attachment]`, node);
      if (attachments !== "carry") fail("which a page does not have; attachments=carry shows how to make it");
      const length = atob(base64).length;
      if (length > MAX_CARRIED) fail(`whose ${length} bytes are more than the ${MAX_CARRIED} that a page carries`);
      if (files.has(name) && files.get(name) !== base64) fail("and another a file of that name with other bytes");
      files.set(name, base64);
    }
  }
  return files;
}
