import type { QuoteOptions } from "requote";

/**
 * What `SwaggerUI({...})` takes to show the code of these targets. In a browser, `await init()` comes before.
 */
export function requoteSnippets(
  targets: string[],
  options?: Omit<QuoteOptions, "from" | "request">,
): { requestSnippetsEnabled: true; requestSnippets: object; plugins: object[] };
