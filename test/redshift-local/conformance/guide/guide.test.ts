import { expect } from 'chai'
import { Served } from '../../wire/local-redshift'
import { explanations } from './explained'
import { type Figures, figuresOf } from './figures'
import { type Judged, runGuide } from './run'
import { haveGuide } from './statements'

/** What was reached: a change may better a figure, and then raises it here. */
const reached: Figures = { leaksOfStatements: 0, leaks: 0.1, differences: 0, accepted: 86 }

describe("the statements of AWS's guide", () => {
  const local = new Served()
  let judged: Judged[]
  let figures: Figures

  before(async function () {
    if (!haveGuide) return this.skip()
    this.timeout(300_000)
    await local.start()
    judged = await runGuide(local)
    figures = figuresOf(judged)
    console.log(`      ${JSON.stringify(figures)}`)
  })

  after(async () => {
    if (!haveGuide) return
    await local.leaveAll()
    await local.stop()
  })

  it('leak nothing of the engine on pages of functions, DDL, DML and queries', () => {
    expect(figures.leaksOfStatements).to.be.at.most(reached.leaksOfStatements)
  })

  it('leak next to nothing on all pages', () => {
    expect(figures.leaks).to.be.at.most(reached.leaks)
  })

  it('give the values that it prints', () => {
    expect(figures.differences).to.be.at.most(reached.differences)
  })

  it('are carried out where they can be', () => {
    expect(figures.accepted).to.be.at.least(reached.accepted)
  })

  it('are explained only where they are answered otherwise', () => {
    const answered = judged.filter(({ verdict }) => verdict === 'leak' || verdict === 'differs')
    const marks = new Set(answered.map(({ page, mark }) => `${page} ${mark}`))
    const idle = explanations.flatMap(({ page, marks: all = [] }) =>
      all.filter((mark) => !marks.has(`${page} ${mark}`)).map((mark) => `${page} ${mark}`),
    )
    expect(idle).to.deep.equal([])
  })
})
