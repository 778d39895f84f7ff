import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../lib/warehouse/settings'
import { copyOptions } from '../redshift-local/copy/options'
import { functionRules } from '../redshift-local/dialect/functions'
import {
  nodeRefusals,
  readerRefusals,
  statementRefusals,
  wordRefusals,
} from '../redshift-local/dialect/refusals'
import { knownDifferences } from '../redshift-local/known-differences'

const introduction = `# Redshift's SQL, as the local Redshift takes it

Written by \`npm run docs\` from the entries of [redshift-local/](../redshift-local/README.md); a test runs the
example of each. A letter in the last column is a section of [the facts](redshift-facts.md), a name a page of AWS's
guide. What is not listed is the same in both languages, and goes to the engine as it stands.
`

interface Entry {
  example: string
  sqlstate: string
  message: unknown
  answer?: string
  fact: string
}

/** The page that documents what is carried out, what is refused, and what is known to differ, as Markdown. */
export function redshiftSqlPage(): string {
  const refusals: Entry[] = [
    ...statementRefusals,
    ...Object.values(readerRefusals),
    ...wordRefusals,
    ...nodeRefusals,
  ]
  const isLacking = (entry: Entry) => answerTo(entry).includes('local Redshift')
  const refused = refusals.filter((entry) => !isLacking(entry))
  return [
    introduction,
    '## Carried out\n',
    '### Functions whose calls are rewritten\n',
    table(
      ['Function', 'Example', 'Fact'],
      functionRules.map(({ names, example, fact }) => [
        names.map(code).join(', '),
        code(example),
        text(fact),
      ]),
    ),
    '### Functions made in the engine\n',
    functionsOfCatalog().map(code).join(', ') + '.\n',
    '### Options of COPY\n',
    copyOptions.map(({ example }) => code(example)).join(', ') + '.\n',
    "## Refused by name: Redshift's, and not carried out here\n",
    table(
      ['Example', 'Answer', 'Fact'],
      refusals
        .filter(isLacking)
        .map((one) => [code(one.example), text(answerTo(one)), text(one.fact)]),
    ),
    '## Refused as Redshift refuses\n',
    table(
      ['Example', 'SQLSTATE', 'Answer', 'Fact'],
      refused.map((one) => [code(one.example), one.sqlstate, text(answerTo(one)), text(one.fact)]),
    ),
    '## Known to differ\n',
    table(
      ['Here', 'Why'],
      knownDifferences.map(({ here, why }) => [text(here), text(why)]),
    ),
  ].join('\n')
}

function answerTo({ message, answer }: Entry): string {
  return answer ?? (typeof message === 'string' ? message : '')
}

/** Those that users call; what is in the server's own schema stands for something above. */
function functionsOfCatalog(): string[] {
  const folder = join(projectFolder, 'redshift-local', 'catalog')
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  const names = files.flatMap((file) => {
    const made = /create or replace (?:function|aggregate) pg_catalog\.(\w+)\s*\(/g
    return [...readFileSync(join(folder, file), 'utf8').matchAll(made)].map(([, name]) => name!)
  })
  return [...new Set(names)].sort()
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return lines.join('\n') + '\n'
}

function code(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``
}

function text(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[|<>*_`\\]/g, '\\$&')
}
