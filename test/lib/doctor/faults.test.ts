import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { rowsOf, useWarehouse } from '../../warehouse'
import { type InjectedFault, faults } from './faults'
import { putFile, putGoodFiles } from './files'
import { failureOf } from './told'

const tables = ['staging_events', 'staging_songs', 'songplays', 'loads', 'load_files']

describe('a load that meets', () => {
  const warehouse = useWarehouse()

  for (const fault of faults) {
    it(`${fault.name} says where and what to do, and changes nothing`, async () => {
      const { knex, buckets } = warehouse
      putGoodFiles(buckets)
      const path = inject(fault, buckets)
      const begin = ({ sql }: { sql: string }) => {
        if (sql.startsWith('copy staging_songs')) fault.meanwhile?.(path)
      }
      knex.on('query', begin)
      const { told } = await failureOf(knex).finally(() => knex.removeListener('query', begin))

      expect(told).to.include(`s3://sparkify/${fault.file}`)
      if (fault.line) expect(told).to.include(`s3://sparkify/${fault.file}, line ${fault.line}`)
      if (fault.column) expect(told).to.match(new RegExp(`^\\d\\. ${fault.column}: `, 'm'))
      expect(told).to.match(fault.remedy)
      for (const table of tables) {
        expect(await rowsOf(knex, `select * from ${table}`), table).to.deep.equal([])
      }
    })
  }
})

function inject({ file, contents }: InjectedFault, buckets: string): string {
  if (contents !== undefined) return putFile(buckets, file, contents)
  const path = join(buckets, 'sparkify', file)
  rmSync(path)
  return path
}
