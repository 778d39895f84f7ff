import { expect } from 'chai'
import { rows, useDialect } from '../dialect/warehouse'

describe('COMMENT', () => {
  useDialect()

  before(async () => {
    await rows('create table sales (salesid integer, eventid integer)')
    await rows("comment on table sales is 'This table stores tickets sales data'")
    await rows("comment on column sales.eventid is 'It''s a \\\\ in the EVENT table.'")
  })

  const said = {
    table: 'This table stores tickets sales data',
    column: "It's a \\ in the EVENT table.",
  }

  for (const [place, sql] of [
    ["the functions of Redshift's manual", described()],
    ['svv_tables and svv_columns', remarked()],
    ['pg_description', catalogued()],
  ] as const) {
    it(`is told by ${place}`, async () => {
      expect(await rows(sql)).to.deep.equal([said])
    })
  }

  it('goes with its transaction, and with NULL', async () => {
    await rows('begin')
    await rows("comment on table sales is 'Another'")
    await rows('rollback')
    expect(await rows(described())).to.deep.equal([said])
    await rows('comment on table sales is null')
    expect(await rows(described())).to.deep.equal([{ ...said, table: null }])
  })
})

function described(): string {
  return `select obj_description('public.sales'::regclass) as "table",
    col_description('public.sales'::regclass, 2) as "column"`
}

function remarked(): string {
  return `select t.remarks as "table", c.remarks as "column"
    from svv_tables as t join svv_columns as c on c.table_name = t.table_name
    where t.table_name = 'sales' and c.column_name = 'eventid'`
}

function catalogued(): string {
  return `select t.description as "table", c.description as "column"
    from pg_description as t join pg_description as c on c.objoid = t.objoid
    where t.objoid = 'public.sales'::regclass and t.objsubid = 0 and c.objsubid = 2`
}
