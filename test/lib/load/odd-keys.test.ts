import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { exitCodeOf } from '../../../lib/warehouse/errors'
import { rowsOf, useWarehouse } from '../../warehouse'
import { putFile, putGoodFiles, song } from '../doctor/files'
import { failureOf, load } from '../doctor/run-load'

const names = [
  ...['back\\slash', '\\', 'new\nline', 'quo\'te"', 'a?b*c%20+&#', ' blanks ', 'tab\t', '$(x);`y`'],
  ...[
    '..b',
    '.hidden',
    'e\u0301',
    '\u{1f600}',
    'A',
    'a',
    '{"url":1}',
    "'); drop table loads; --",
    '?',
  ],
]

describe('keys of any characters', () => {
  const warehouse = useWarehouse()

  it('are loaded once each, by prefix and by manifest; what is no file is refused by name', async () => {
    const { knex, buckets } = warehouse
    const songs = () => rowsOf(knex, 'select song_id from staging_songs')
    putGoodFiles(buckets)
    const put = (folder: string) =>
      names.forEach((name, index) =>
        putFile(buckets, `song_data/${folder}/${name}`, song({ song_id: `${folder}${index}` })),
      )
    put('P')
    expect(await load(knex)).to.equal('')
    expect(await songs()).to.have.length(1 + names.length)
    put('M')
    expect(await load(knex)).to.equal('')
    expect(await load(knex)).to.equal('')
    expect(await songs()).to.have.length(1 + 2 * names.length)

    const fifo = join(buckets, 'sparkify/song_data/fifo')
    expect(spawnSync('mkfifo', [fifo]).status).to.equal(0)
    putFile(buckets, 'song_data/new', song({ song_id: 'new' }))
    const error = await failureOf(knex)
    expect(error.message).to.contain(`${fifo} is a FIFO`)
    expect(exitCodeOf(error)).to.equal(3)
    expect(await songs()).to.have.length(1 + 2 * names.length)
  })
})
