import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkAgainst, checkAnswers } from '../../../lib/questions/check'
import { loadedData, noteDataset } from '../../../lib/questions/dataset'
import { readQuestions } from '../../../lib/questions/question'
import { useWarehouse } from '../../warehouse'

describe('a check of the answers', () => {
  const warehouse = useWarehouse()
  const folder = mkdtempSync(join(tmpdir(), 'expected-'))
  after(() => rmSync(folder, { recursive: true }))

  const questions = readQuestions()
  const perHour = questions.filter(({ name }) => name === 'plays_per_hour')
  const expectHours = (rows: string[]) =>
    writeFileSync(
      join(folder, 'mine', 'plays_per_hour.csv'),
      ['hour,plays,percent_of_plays,listeners', ...rows].join('\n'),
    )

  before(() => mkdirSync(join(folder, 'mine')))

  it('is none where what is loaded is no known data set', async () => {
    expect(await checkAnswers(warehouse.knex, folder)).to.equal(undefined)
  })

  it('leaves questions unchecked of which no answer is expected', async () => {
    await warehouse.knex('load_files').insert({
      url: 's3://sparkify/log_data/1.json',
      etag: '1',
      size: 1,
      table_name: 'staging_events',
      loaded_at: '2018-11-01 00:00:00',
    })
    noteDataset('mine', (await loadedData(warehouse.knex))!, folder)
    expectHours([])
    const { dataset, comparisons } = (await checkAnswers(warehouse.knex, folder))!
    expect(dataset).to.equal('mine')
    const states = Object.fromEntries(comparisons.map(({ question, state }) => [question, state]))
    expect(states).to.deep.equal({
      ...Object.fromEntries(questions.map(({ name }) => [name, 'unchecked'])),
      plays_per_hour: 'equal',
    })
  })

  it('keeps a few dozen differences, and counts the others', async () => {
    expectHours(Array.from({ length: 100 }, (_, hour) => `${hour},1,1,1`))
    const { comparisons } = await checkAgainst(warehouse.knex, 'mine', perHour, folder)
    expect(comparisons).to.have.length(1)
    expect(comparisons[0]).to.deep.include({ state: 'different', rows: 0, count: 100 })
    expect(comparisons[0]!.differences).to.have.length(30)
  })
})
