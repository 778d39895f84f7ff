import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readTableDesigns } from '../../lib/warehouse/tables'
import { documentedTables } from '../../lib/load/tables'
import { tablesPage } from '../../tools/tables-page'
import { projectFolder } from '../scripts/command'
import { rowsOf, useWarehouse } from '../warehouse'

describe('the designs of tables', () => {
  const warehouse = useWarehouse()

  it('are those of the migrations, also without rows', async () => {
    const designs = await readTableDesigns(warehouse.knex)
    expect([...designs.keys()]).to.include.members(documentedTables.map(({ name }) => name))
    expect(designs.get('songplays')).to.deep.include({
      distribution: 'KEY(start_time)',
      sortKey: ['start_time'],
    })
    expect(designs.get('songplays')!.columns.level).to.deep.equal({
      encoding: 'bytedict',
      notNull: false,
    })
    expect(designs.get('staging_events')).to.include({ distribution: 'EVEN' })
    expect(designs.get('load_files')).to.deep.include({
      distribution: 'ALL',
      sortKey: ['table_name', 'url'],
    })
  })

  it('are found where Redshift chooses, and in the order of the sort key', async () => {
    const { knex } = warehouse
    await rowsOf(knex, 'create table chosen (a integer, b integer)')
    await rowsOf(knex, 'create table woven (a integer, b integer) interleaved sortkey (b, a)')
    const designs = await readTableDesigns(knex)
    await rowsOf(knex, 'drop table chosen, woven')
    expect(designs.get('chosen')).to.deep.include({ distribution: 'AUTO(ALL)', sortKey: [] })
    expect(designs.get('woven')!.sortKey).to.deep.equal(['b', 'a'])
  })
})

describe('docs/tables.md', () => {
  const warehouse = useWarehouse()

  it('is what the declarations and the migrations say: `npm run docs` writes it', async () => {
    const page = await tablesPage(await readTableDesigns(warehouse.knex))
    expect(readFileSync(join(projectFolder, 'docs', 'tables.md'), 'utf8')).to.equal(page)
  })
})
