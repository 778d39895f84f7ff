import { expect } from 'chai'
import { readQuestions } from '../../lib/questions/question'
import { tablesReadBy } from '../../lib/questions/dependencies'
import { models } from '../../models/index'
import { answers } from '../oracle/answers/answers'
import type { Star } from '../oracle/star'
import { useWarehouse } from '../warehouse'
import { emptyStar, onePlay, onlyNulls, playsEverywhere, randomStar, upgradesAfter } from './stars'
import { differencesFrom, fill } from './warehouse'

const questions = readQuestions()
const answered = questions.filter(({ name }) => name in answers)

const stars: Record<string, Star> = {
  'the empty warehouse': emptyStar,
  'one play': onePlay,
  'NULL everywhere': onlyNulls,
  'plays in all time zones': playsEverywhere(),
  'upgrades after few and many days': upgradesAfter(0, 1, 7, 8, 14, 15, 30, 31),
}
for (let seed = 1; seed <= 12; seed++) stars[`random plays, seed ${seed}`] = randomStar(seed)

describe('the questions', () => {
  const warehouse = useWarehouse()

  it('are those that the oracle answers, and no fewer than fourteen', () => {
    expect(questions.map(({ name }) => name)).to.include.members(Object.keys(answers))
    expect(answered.length).to.be.at.least(14)
  })

  // Somebody's own, or one whose answer by other means is still to be written.
  for (const { name } of questions.filter((question) => !answered.includes(question)))
    it(`${name} is as the oracle says`)

  for (const question of questions) {
    it(`${question.name} reads the star only`, async () => {
      const star = models.map(({ name }) => name)
      const tables = await tablesReadBy(question)
      expect(star).to.include.members(tables)
      expect(tables).to.not.deep.equal([])
    })
  }

  for (const [what, star] of Object.entries(stars)) {
    describe(`on ${what}`, () => {
      before(() => fill(warehouse.knex, star))

      for (const question of answered) {
        it(`${question.name} is as the oracle says`, async () => {
          const rows = answers[question.name]!(star)
          expect(await differencesFrom(warehouse.knex, question, rows)).to.deep.equal([])
        })
      }
    })
  }
})
