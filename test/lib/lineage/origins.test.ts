import { expect } from 'chai'
import { originsOfModel, originsOfQuestion } from '../../../lib/lineage/origins'
import { readQuestions } from '../../../lib/questions/question'
import { models } from '../../../models/index'

const event = (...columns: string[]) => columns.map((column) => `staging_events.${column}`)
const record = (...columns: string[]) => columns.map((column) => `staging_songs.${column}`)

const star: Record<string, Record<string, string[]>> = {
  users: {
    user_id: event('user_id'),
    first_name: event('first_name'),
    last_name: event('last_name'),
    gender: event('gender'),
    level: event('level'),
  },
  songs: {
    song_id: record('song_id'),
    title: record('title'),
    artist_id: record('artist_id'),
    year: record('year'),
    duration: record('duration'),
  },
  artists: {
    artist_id: record('artist_id'),
    name: record('artist_name'),
    location: record('artist_location'),
    latitude: record('artist_latitude'),
    longitude: record('artist_longitude'),
  },
  songplays: {
    songplay_id: event('item_in_session', 'session_id', 'ts', 'user_id'),
    start_time: event('ts'),
    user_id: event('user_id'),
    level: event('level'),
    song_id: record('song_id'),
    artist_id: record('artist_id'),
    session_id: event('session_id'),
    location: event('location'),
    user_agent: event('user_agent'),
  },
  time: Object.fromEntries(
    ['start_time', 'hour', 'day', 'week', 'month', 'year', 'weekday'].map((column) => [
      column,
      ['songplays.start_time'],
    ]),
  ),
}

describe('column-level lineage', () => {
  for (const model of models) {
    it(`of ${model.name} is, column by column, what its query says`, async () => {
      const origins = Object.entries(await originsOfModel(model))
      expect(Object.fromEntries(origins.map(([column, { from }]) => [column, from]))).to.deep.equal(
        star[model.name],
      )
      expect(origins.filter(([, { unknown }]) => unknown !== undefined)).to.deep.equal([])
    })
  }

  it('is known of every column of every question', async () => {
    for (const question of readQuestions()) {
      for (const [column, { from, unknown }] of Object.entries(await originsOfQuestion(question))) {
        expect(unknown, `${question.name}.${column}`).to.equal(undefined)
        expect(from, `${question.name}.${column}`).to.not.deep.equal([])
      }
    }
  })

  const columns: Record<string, [string, string]> = { one: ['integer', ''], two: ['integer', ''] }
  for (const [sql, why] of [
    ['select 1', 'its query gives 1 columns, and 2 are declared'],
    ['select from from a', 'the query cannot be parsed: syntax error at or near "from"'],
  ]) {
    it(`says that ${why}`, async () => {
      const unknown = { from: [], unknown: why }
      const origins = await originsOfModel({ columns, rows: () => sql! })
      expect(origins).to.deep.equal({ one: unknown, two: unknown })
    })
  }
})
