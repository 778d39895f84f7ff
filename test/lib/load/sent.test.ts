import { expect } from 'chai'
import type { Knex } from 'knex'
import { type SentBy, statementsOf } from '../../../lib/load/sent'
import { models } from '../../../models/index'
import { useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { load } from '../doctor/run-load'

async function sentByLoad(knex: Knex): Promise<string[]> {
  const sent: string[] = []
  const note = ({ sql }: { sql: string }) => sent.push(sql)
  knex.on('query', note)
  try {
    await load(knex)
    return sent.map(unbound)
  } finally {
    knex.off('query', note)
  }
}

/** A statement with bounds in time that are those of every load. */
const unbound = (sql: string) =>
  sql.replaceAll(/timestamp '[\d:. -]+'/g, "timestamp '…'").replaceAll(/\b\d{13}\b/g, '…')

/** What of a list is not there behind what of it was found before. */
function missingOf(expected: string[], found: string[]): string | undefined {
  let from = 0
  return expected.find((each) => {
    const at = found.indexOf(each, from)
    from = at + 1
    return at < 0
  })
}

describe('the statements that are shown of a model', () => {
  const warehouse = useWarehouse()
  const sent: Record<'full' | 'refresh', string[]> = { full: [], refresh: [] }

  before(async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    sent.full = await sentByLoad(knex)
    putFile(buckets, 'log_data/late', event({ ts: 1541106999796, userId: '9', song: 'New' }))
    putFile(buckets, 'song_data/late', song({ song_id: 'SO9', title: 'New' }))
    sent.refresh = await sentByLoad(knex)
  })

  const texts = (shown: SentBy, of: 'full' | 'refresh') =>
    shown[of].flatMap(({ statements }) => statements).map(unbound)

  for (const model of models) {
    it(`${model.name}: are those of a load, the first one and a later one, in their order`, async () => {
      const shown = await statementsOf(model)
      expect(shown.full.concat(shown.refresh).map(({ about }) => about)).to.include.members([
        'Built as a whole: what stands in the table is replaced.',
        ...model.from.map((name) => `A load notes the keys that it affects through ${name}.`),
      ])
      for (const of of ['full', 'refresh'] as const) {
        expect(texts(shown, of)).to.have.length.greaterThan(1)
        expect(missingOf(texts(shown, of), sent[of])).to.equal(undefined)
      }
      expect(missingOf(texts(shown, 'refresh'), sent.full), 'of a first load').to.not.equal(
        undefined,
      )
    })
  }
})
