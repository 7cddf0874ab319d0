import type { QuoteOptions } from "requote";

export interface RemarkOptions extends Omit<QuoteOptions, "from" | "request" | "files"> {
  /** Targets of fences that name none, in the order of the tabs. */
  targets?: string[];
  /** `carry`: a command behind the snippets makes each file that they read; else such a fence is an error. */
  attachments?: "refuse" | "carry";
}

/** A plug-in of remark: a fence with `requote` becomes code of each target. */
export default function requoteRemark(options?: RemarkOptions): (tree: unknown, file: unknown) => void;
