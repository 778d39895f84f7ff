import { expect } from 'chai'
import { documentedTables } from '../../lib/load/tables'
import { rowsOf, useWarehouse } from '../warehouse'

/** A declared type in the words of the catalog. */
const spelling = (type: string) =>
  type
    .replace(/^varchar/, 'character varying')
    .replace(/^timestamp$/, 'timestamp without time zone')

describe('documented tables', () => {
  const warehouse = useWarehouse()

  it('are those that the migrations make', async () => {
    const live = await rowsOf(
      warehouse.knex,
      "select tablename from pg_tables where schemaname = 'public' and tablename not like 'knex%'",
    )
    expect(live.map(({ tablename }) => tablename)).to.have.members(
      documentedTables.map(({ name }) => name),
    )
  })

  for (const { name, columns, grain, key = [] } of documentedTables) {
    it(`${name}: columns and types are those of the live table, in order`, async () => {
      const live = await rowsOf(
        warehouse.knex,
        `select "column", type from pg_table_def where tablename = '${name}'`,
      )
      expect(live.map(({ column, type }) => [column, type])).to.deep.equal(
        Object.entries(columns).map(([column, [type]]) => [column, spelling(type)]),
      )
      expect(Object.keys(columns)).to.include.members(key)
    })

    it(`${name}: says what it is and what each column means, in a catalog's length`, () => {
      expect(grain).to.match(/^(one row per|no rows:) /)
      for (const text of [grain, ...Object.values(columns).map(([, meaning]) => meaning)]) {
        expect(text).to.match(/^\S.*[^\s.]$/)
        expect(Buffer.byteLength(text)).to.be.at.most(256)
      }
    })
  }
})
