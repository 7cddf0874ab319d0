import type { QuoteOptions } from "requote";

/** What is asked of every page. A page's own words come before these. */
export interface PageOptions extends Omit<QuoteOptions, "from" | "request" | "files"> {
  /** Targets of regions that name none, in the order of the tabs. */
  targets?: string[];
  /** How tabs are written. */
  style?: string;
  /** `carry`: a command behind the snippets makes each file that they read; else such a snippet is an error. */
  attachments?: "refuse" | "carry";
  /** The folder of the files that pages name; the folder of the page where there is none. */
  root?: string;
  /** Takes each warning, in place of the tool's own log. */
  warn?: (line: string) => void;
}

/** The plug-in, for `vite: { plugins: [requote()] }` in the configuration of VitePress. */
export default function requote(options?: PageOptions): {
  name: string;
  enforce: "pre";
  transform(code: string, id: string): { code: string; map: null } | undefined;
};
