import { expect } from 'chai'
import type { Knex } from 'knex'
import { silentFaults } from '../../../lib/doctor/silent'
import { useWarehouse } from '../../warehouse'
import { putFile } from './files'

describe('what a COPY does silently', () => {
  const warehouse = useWarehouse({ migrated: false })

  beforeEach(() => warehouse.knex.raw('create table scratch (user_id integer, name varchar(4))'))
  afterEach(() => warehouse.knex.raw('drop table scratch'))

  it('a key in another spelling leaves its column empty', async () => {
    const found = await copied(warehouse, [{ userId: 7, name: 'Ada' }])
    expect(found).to.have.length(1)
    expect(found[0]).to.include({ column: 'user_id', count: 1 })
    expect(found[0]!.examples).to.deep.equal([
      { url: 's3://sparkify/scratch/1.json', line: 1, value: '7' },
    ])
    expect(found[0]!.remedy.paste).to.equal(`"$['userId']"`)
  })

  it('TRUNCATECOLUMNS cuts texts', async () => {
    const found = await copied(warehouse, [{ user_id: 7, name: 'Größe' }], 'truncatecolumns')
    expect(found).to.have.length(1)
    expect(found[0]).to.include({ column: 'name', needed: 'varchar(7)' })
    expect(found[0]!.remedy.paste).to.include('alter column name type varchar(7)')
  })

  it('nothing is found where values are missing in the files, too, or just fit', async () => {
    expect(await copied(warehouse, [{ user_id: '', name: 'Anna' }])).to.deep.equal([])
  })
})

async function copied(
  { knex, buckets }: { knex: Knex; buckets: string },
  records: object[],
  options = '',
) {
  const text = records.map((record) => JSON.stringify(record)).join('\n')
  putFile(buckets, 'scratch/1.json', text)
  await knex.raw(
    `copy scratch from 's3://sparkify/scratch/' iam_role default format json 'auto' ${options}`,
  )
  return silentFaults(knex, {
    table: 'scratch',
    columns: ['user_id', 'name'],
    json: 'auto',
    files: [{ url: 's3://sparkify/scratch/1.json', etag: '1', size: text.length }],
    isOfLoad: 'true',
  })
}
