import { isSystem } from '../../../../redshift-local/dialect/names'

/** What a page has done so far, as far as the answers to its later statements depend on it. */
export class Page {
  /** Names of objects that a statement of the page was to make, and did not. */
  readonly missing = new Set<string>()
  /** Relations whose rows are ours, or nobody's, and not those of the guide. */
  readonly #ownRows: Set<string>
  readonly #samples: Set<string>

  constructor(samples: string[]) {
    this.#samples = new Set(samples)
    this.#ownRows = new Set(samples)
  }

  /** Whether a statement reads rows that are others than the guide's. */
  readsOwnRows(sql: string): boolean {
    return namesReadBy(sql).some((name) => this.#ownRows.has(name) || isSystem(undefined, name))
  }

  /** Notes what a statement means for those after it. */
  note(sql: string, failed: boolean): void {
    if (failed) for (const name of functionsNamedIn(sql)) this.missing.add(name)
    const made = nameMadeBy(sql)
    const target = made ?? nameWrittenBy(sql)
    if (target === undefined) return
    if (made !== undefined && failed) this.missing.add(made)
    else this.missing.delete(target)
    const isFilled = made === undefined || /\b(as|for)\b|\(\s*select/i.test(sql)
    const rest = namesReadBy(sql).filter((name) => name !== target)
    const isOurs = rest.some((name) => this.#ownRows.has(name) || isSystem(undefined, name))
    if (failed || !isFilled || isOurs || /^\s*copy\b/i.test(sql)) this.#ownRows.add(target)
    else if (made !== undefined || (/^\s*insert\b/i.test(sql) && !this.#samples.has(target)))
      this.#ownRows.delete(target)
  }
}

/** The name of what a statement makes. */
export function nameMadeBy(sql: string): string | undefined {
  return bare(making.exec(sql)?.[1])
}

const kindsOfObjects =
  'table|view|function|procedure|schema|user|group|role|model|datashare|database|library|policy'
const making = new RegExp(
  `^\\s*(?:create\\b.*?\\b(?:${kindsOfObjects})\\s+(?:if\\s+not\\s+exists\\s+)?|declare\\s+|prepare\\s+)([\\w$#."]+)`,
  'is',
)

function nameWrittenBy(sql: string): string | undefined {
  const writing = /^\s*(?:insert\s+into|update|delete\s+from|merge\s+into|copy)\s+([\w$#."]+)/i
  return bare(writing.exec(sql)?.[1])
}

/** Those of CREATE FUNCTION, and those that CREATE MODEL makes beside its model. */
function functionsNamedIn(sql: string): string[] {
  if (!/^\s*create\b/i.test(sql)) return []
  return [...sql.matchAll(/\bfunction\s+([\w.]+)/gi)].map(([, name]) => bare(name)!)
}

/** What stands where relations are read, without their schemas; rather too many names than too few. */
function namesReadBy(sql: string): string[] {
  const words = sql
    .replace(/--.*|\/\*[\s\S]*?\*\//g, ' ')
    .matchAll(/(?:\b(?:from|join|update|into|using|table|like|view)\b|,)\s*\(*\s*("?[\w$#.]+"?)/gi)
  return [...words].map(([, name]) => bare(name)!)
}

function bare(name: string | undefined): string | undefined {
  return name?.replaceAll('"', '').toLowerCase().split('.').at(-1)
}
