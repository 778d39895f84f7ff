import { expect } from 'chai'
import { documentedTables } from '../../../lib/load/tables'
import { writeComments } from '../../../lib/warehouse/tables'
import { useCommands } from '../../scripts/command'
import { rowsOf, useWarehouse } from '../../warehouse'

const declared = documentedTables.flatMap(({ name, grain, columns }) => [
  { table: name, column: null, comment: grain },
  ...Object.entries(columns).map(([column, [, comment]]) => ({ table: name, column, comment })),
])

const comments = `
  select relname as "table", attname as "column", description as comment
  from pg_description
  join pg_class on pg_class.oid = objoid
  join pg_namespace on pg_namespace.oid = relnamespace
  left join pg_attribute on attrelid = objoid and attnum = objsubid
  where classoid = 'pg_class'::regclass and nspname = 'public'`

describe('comments in the warehouse', () => {
  const warehouse = useWarehouse()
  const write = (tables = documentedTables) =>
    warehouse.knex.transaction((transaction) => writeComments(transaction, tables))
  const live = () => rowsOf(warehouse.knex, comments)

  it('are written once, and are what is declared', async () => {
    expect(await write()).to.equal(declared.length)
    expect(await live()).to.have.deep.members(declared)
    expect(await write()).to.equal(0)
  })

  it('follow a changed description, whatever it holds, and nothing else is written', async () => {
    const text = `it's "so" \\ isn't it? $1 -- ; 日本`
    const [first, ...others] = documentedTables
    const [column, [type]] = Object.entries(first!.columns)[0]!
    const columns = { ...first!.columns, [column]: [type, text] as [string, string] }
    expect(await write([{ ...first!, grain: text, columns }, ...others])).to.equal(2)
    const found = (await live()).filter(({ comment }) => comment === text)
    expect(found).to.have.deep.members([
      { table: first!.name, column: null, comment: text },
      { table: first!.name, column, comment: text },
    ])
    expect(await write()).to.equal(2)
    expect(await live()).to.have.deep.members(declared)
  })

  it('go with their transaction', async () => {
    const transaction = await warehouse.knex.transaction()
    const [first] = documentedTables
    await writeComments(transaction, [{ ...first!, grain: 'another' }])
    await transaction.rollback()
    expect(await live()).to.have.deep.members(declared)
  })

  it('are asked for once where all are as declared', async () => {
    const said: string[] = []
    const listen = ({ sql }: { sql: string }) => said.push(sql)
    await warehouse.knex.transaction(async (transaction) => {
      transaction.on('query', listen)
      await writeComments(transaction, documentedTables)
    })
    expect(said.filter((sql) => !/^(begin|commit)/i.test(sql))).to.have.length(1)
  })
})

describe('a load', () => {
  const commands = useCommands()

  before(async () => {
    await commands.keepEngine()
    const sample = ['--events', '50', '--songs', '10', '--days', '1']
    await commands.sparkify(['generate', ...sample, '--out', `${commands.buckets}/sparkify`])
  })

  it('says in the warehouse what tables and columns mean', async () => {
    const { code, stderr } = await commands.sparkify(['run'])
    expect(code, stderr).to.equal(0)
    expect(await commands.rows(comments)).to.have.deep.members(declared)
  })

  it('says it again where it was changed, also when there is nothing new to load', async () => {
    await commands.rows("comment on table users is 'people'")
    await commands.rows('comment on column songs.year is null')
    const { code, stderr } = await commands.knex(['seed:run'])
    expect(code, stderr).to.equal(0)
    expect(await commands.rows(comments)).to.have.deep.members(declared)
  })
})
