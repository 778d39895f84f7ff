import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { readQuestions } from '../../../lib/questions/question'
import { tablesReadBy } from '../../../lib/questions/dependencies'

const [someQuestion] = readQuestions()
const tablesIn = (sql: string) => tablesReadBy({ ...someQuestion!, sql })

const queries: Record<string, string[]> = {
  'select 1': [],
  'select * from users, songs as s join public.artists using (artist_id)': [
    'artists',
    'songs',
    'users',
  ],
  'select * from (select * from time) as t where exists (select 1 from songplays)': [
    'songplays',
    'time',
  ],
  'with a as (select * from songs), b as (select * from a) select * from b join users on true': [
    'songs',
    'users',
  ],
  // A name of WITH hides the table behind it, and not in its own query.
  'with songs as (select * from songs), a as (select * from songs) select * from a': ['songs'],
  'with songs as (select 1) select * from songs': [],
  'with songs as (select 1) select * from public.songs': ['songs'],
  'select * from (with songs as (select 1) select * from songs) as a join songs on true': ['songs'],
  'select 1 from users union select 1 from songs': ['songs', 'users'],
  // As Redshift has it, and PostgreSQL has not.
  "select top 3 'é', title from songs minus select distinct top 2 'é', name from artists": [
    'artists',
    'songs',
  ],
  'select "minus", \'top 1\' from (select 1 as "minus") as t join users on true': ['users'],
}

describe('the tables that a question reads', () => {
  for (const [sql, tables] of Object.entries(queries)) {
    it(`are ${tables.join(', ') || 'none'} in ${sql}`, async () => {
      expect(await tablesIn(sql)).to.deep.equal(tables)
    })
  }

  it('are not known where the query cannot be parsed, which is told by file and line', async () => {
    const error = await tablesIn('select 1\nfrom from users').catch((thrown: unknown) => thrown)
    const { file, lines } = someQuestion!
    expect(error).to.be.instanceOf(UsageError)
    expect(String(error)).to.contain(`${file}:${lines.sql + 1}:6: syntax error at or near "from"`)
    const open = await tablesIn("select 'x").catch((thrown: unknown) => thrown)
    expect(open).to.be.instanceOf(UsageError)
    expect(String(open)).to.contain('unterminated quoted string')
  })
})
