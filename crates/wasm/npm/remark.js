// A plug-in of remark, for Astro and Next: a fence with `requote` becomes an element with a section of code
// for each target. `requote/tabs` makes tabs of it; without it the sections follow each other.

import { quote } from "./node.js";

/** The words behind the language of a fence: ``http requote="curl,python" body=native``. */
function readMeta(meta) {
  const words = [...(meta ?? "").matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S*)))?/g)];
  return Object.fromEntries(words.map(([, name, quoted, plain]) => [name, quoted ?? plain ?? ""]));
}

/** What mdast-util-to-hast makes an element of. */
const element = (name, properties, children) => ({
  type: "requote",
  data: { hName: name, hProperties: properties },
  children,
});

export default function requoteRemark({ targets = [], ...options } = {}) {
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
    const sections = quoted.map(({ target, label, highlight, code }) =>
      element("section", { dataLabel: label, dataTarget: target }, [
        { type: "code", lang: highlight, value: code.replace(/\n$/, "") },
      ]),
    );
    return element("requote-tabs", {}, sections);
  }
}
