import { expect } from 'chai'
import type { Knex } from 'knex'
import { enterFiles } from '../../../lib/load/file-entries'
import { undo } from '../../../lib/load/undo'
import { objectStoreOf, settingsOf } from '../../../lib/warehouse/connect'
import { listAll } from '../../../object-store/index'
import { useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { load } from '../doctor/run-load'

/** What is sent to the server while `work` runs: each is one round trip. */
async function sentBy(knex: Knex, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const note = ({ sql }: { sql: string }) => sent.push(sql)
  knex.on('query', note)
  try {
    await work()
    return sent
  } finally {
    knex.off('query', note)
  }
}

/** A statement without its values, of which a longer list may have more. */
const shape = (sql: string) => sql.replaceAll(/\d+/g, '0').replaceAll(/\(\$0[$0, ()]*\)/g, '($0)')

describe('The statements of a load', () => {
  const warehouse = useWarehouse()
  let moment = 1541106106796

  /** Puts new files with rows of their own, and loads them. */
  const loadNew = (files: number, rows: number) => {
    const { knex, buckets } = warehouse
    for (let file = 0; file < files; file++) {
      const id = `${++moment}`
      const lines = Array.from({ length: rows }, (_, row) => ({
        id: `SO${id}x${row}`,
        ts: moment++,
      }))
      putFile(
        buckets,
        `song_data/N/${id}`,
        lines.map(({ id }) => song({ song_id: id, title: id })).join('\n'),
      )
      putFile(
        buckets,
        `log_data/N/${id}`,
        lines.map(({ ts, id }) => event({ ts, song: id })).join('\n'),
      )
    }
    return sentBy(knex, () => load(knex))
  }

  before(async () => {
    putGoodFiles(warehouse.buckets)
    await load(warehouse.knex)
  })

  const few = [
    ['one file, after one load', 1, 1],
    ['ten files', 10, 1],
    ['one file, of ten times the rows', 1, 10],
    ['one file, after four loads', 1, 1],
  ] as const
  const many = [
    ['a thousand and one files', 1001, 1],
    ['eleven hundred files', 1100, 1],
  ] as const

  it('are as many whatever files, rows and history it has, with one COPY for each staging table', async () => {
    const { knex } = warehouse
    const sent = new Map<string, string[]>()
    for (const [what, files, rows] of [...few, ...many])
      sent.set(what, (await loadNew(files, rows)).map(shape))
    for (const [what, statements] of sent) {
      const copies = statements.filter((sql) => /^copy staging_/.test(sql))
      expect(
        copies.map((sql) => sql.split(' ')[1]),
        what,
      ).to.deep.equal(['staging_events', 'staging_songs'])
    }
    for (const [first, ...others] of [few, many])
      for (const [what] of others) expect(sent.get(what), what).to.deep.equal(sent.get(first[0]))
    // A long list of files is written to WORK_DATA, under the warehouse's name, and copied.
    expect(sent.get(many[0][0])!.length - sent.get(few[0][0])!.length).to.equal(2)

    const undone = []
    for (let load = few.length + many.length; load > 0; load--) {
      const statements = await sentBy(knex, async () =>
        expect(await undo(knex)).to.not.equal(undefined),
      )
      undone.push(statements.map(shape))
    }
    for (const statements of undone) expect(statements).to.deep.equal(undone[0])
  })

  it('leave in WORK_DATA what the load before left, and no more', async () => {
    const { knex } = warehouse
    const store = await objectStoreOf(knex)
    const work = async () =>
      (await listAll(store, `${settingsOf(knex).WORK_DATA}/`)).map(({ url }) => url)
    await load(knex)
    const before = await work()
    expect(before.filter((url) => url.endsWith('-files.jsonl'))).to.have.length(1)
    await loadNew(1, 1)
    expect(await work()).to.deep.equal(before)
  })

  it('are as many whatever number of files leaves quarantine', async () => {
    const { knex } = warehouse
    await load(knex)
    const sent = []
    for (const files of [1, 10, 1001, 1100]) {
      const bad = Array.from({ length: files }, (_, file) => ({
        url: `s3://sparkify/song_data/gone/${file}`,
        ...{ etag: 'e', size: 1, reason: 'bad' },
      }))
      await knex.transaction((transaction) => enterFiles(transaction, 'staging_songs', bad))
      sent.push((await sentBy(knex, () => load(knex))).length)
    }
    const [few] = sent
    expect(sent).to.deep.equal([few, few, few! + 1, few! + 1])
  })
})
