// The fields for the options of a target.

import type { TargetOption } from "requote";

/** Values of options by their name; an option without a value has an empty one. */
export type Values = Record<string, string>;

/** Writes a field for each option into `parent`. Values are kept for the options that another target has too. */
export function writeFields(parent: Element, options: TargetOption[], values: Values, onChange: () => void): void {
  parent.replaceChildren(
    ...options.map((option) => {
      const label = document.createElement("label");
      const field = fieldOf(option, values, onChange);
      label.append(`${option.name} `, field);
      label.title = option.help;
      return label;
    }),
  );
  if (options.length === 0) parent.textContent = "This client has none.";
}

function fieldOf(option: TargetOption, values: Values, onChange: () => void): HTMLElement {
  const { name } = option;
  const set = (value: string | undefined) => {
    if (value === undefined) delete values[name];
    else values[name] = value;
    onChange();
  };
  if (option.type === "flag") {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = name in values;
    box.addEventListener("change", () => set(box.checked ? "" : undefined));
    return box;
  }
  if (option.values.length > 0) {
    const select = document.createElement("select");
    const usual = new Option(option.default ?? "usual", "");
    const others = option.values.filter((value) => value !== option.default).map((value) => new Option(value));
    select.append(usual, ...others);
    select.value = values[name] ?? "";
    select.addEventListener("change", () => set(select.value || undefined));
    return select;
  }
  const input = document.createElement("input");
  input.type = "text";
  input.size = 10;
  input.placeholder = option.type === "seconds" ? "seconds" : (option.default ?? "");
  input.value = values[name] ?? "";
  input.addEventListener("input", () => set(input.value || undefined));
  return input;
}
