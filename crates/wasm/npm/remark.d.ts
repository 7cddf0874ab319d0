import type { QuoteOptions } from "requote";

export interface RemarkOptions extends Omit<QuoteOptions, "from" | "request" | "files"> {
  /** Targets of fences that name none, in the order of the tabs. */
  targets?: string[];
}

/** A plug-in of remark: a fence with `requote` becomes code of each target. */
export default function requoteRemark(options?: RemarkOptions): (tree: unknown, file: unknown) => void;
