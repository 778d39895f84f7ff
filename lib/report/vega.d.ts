/** Loads Vega, on first use only: it takes a quarter of a second. */
export function loadVega(): Promise<{
  vega: typeof import('vega')
  lite: typeof import('vega-lite')
}>
