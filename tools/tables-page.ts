import { format, resolveConfig } from 'prettier'
import { documentedTables, tableGroups } from '../lib/load/tables'
import type { Table, TableDesign } from '../lib/warehouse/tables'

const introduction = `# The tables

What each table and column of the warehouse means, and how the cluster keeps it. Written by
\`npm run docs\` from the declarations in \`models/\` and \`lib/\` and from the tables that the
[migrations](../migrations/) make, which also say why each is kept as it is. The same words stand as
comments in the warehouse.
`

/** The page that documents all tables, as Markdown. @param designs of the tables that the migrations make */
export async function tablesPage(designs: Map<string, TableDesign>): Promise<string> {
  const groups = tableGroups.map(({ title, about, tables }) =>
    [
      `## ${title}\n\n${about}`,
      ...tables.map((table) => sectionOf(table, designs.get(table.name)!)),
    ].join('\n\n'),
  )
  const page = [introduction, ...groups].join('\n')
  return format(page, { ...(await resolveConfig(__filename)), parser: 'markdown' })
}

function sectionOf(table: Table, { distribution, sortKey, columns }: TableDesign): string {
  const facts: [name: string, value: string][] = [
    ['Key', codes(table.key ?? [])],
    ['Made from', (table.from ?? []).map(reference).join(', ')],
    ['Read by', readersOf(table).map(reference).join(', ')],
    ['Distribution', code(distribution)],
    ['Sort key', codes(sortKey)],
  ]
  const rows = Object.entries(table.columns).map(([name, [type, meaning]]) => {
    const { encoding, notNull } = columns[name]!
    return [code(name), type, notNull ? 'no' : 'yes', encoding, meaning.replaceAll('|', '\\|')]
  })
  return [
    `### ${table.name}`,
    `${capital(table.grain)}.`,
    facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join('\n'),
    [
      ['column', 'type', 'NULL', 'encoding', 'meaning'],
      Array.from({ length: 5 }, () => '---'),
      ...rows,
    ]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ].join('\n\n')
}

/** A table of this page, or a setting that names a folder of files. */
function reference(name: string): string {
  const isTable = documentedTables.some((table) => table.name === name)
  return isTable ? `[${code(name)}](#${name})` : `the files of ${code(name)}`
}

function readersOf({ name }: Table): string[] {
  return documentedTables.filter(({ from }) => from?.includes(name)).map((table) => table.name)
}

function codes(names: string[]): string {
  return names.map(code).join(', ')
}

function code(text: string): string {
  return `\`${text}\``
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1)
}
