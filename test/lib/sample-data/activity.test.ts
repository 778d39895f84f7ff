import { expect } from 'chai'
import { dataSet, groupsOf, share, type LoggedEvent } from './data-set'

const isLoggedIn = (event: LoggedEvent): boolean => event.auth === 'Logged In'

describe('the sessions of the sample data', () => {
  let events: LoggedEvent[]

  before(async () => {
    ;({ events } = await dataSet())
  })

  it('count their events from 0, in order of time, for one user at most', () => {
    for (const session of groupsOf(events, (event) => event.sessionId)) {
      expect(session.map((event) => event.itemInSession)).to.deep.equal([...session.keys()])
      const users = new Set(session.map((event) => event.userId).filter((id) => id !== ''))
      expect(users.size).to.be.at.most(1)
    }
  })

  it('of one user never overlap, and a user stays the same but for the level', () => {
    for (const ofUser of groupsOf(events.filter(isLoggedIn), (event) => event.userId)) {
      const sessions = ofUser.map((event) => event.sessionId)
      const switches = sessions.filter((id, index) => id !== sessions[index - 1]).length
      expect(switches).to.equal(new Set(sessions).size)
      expect(new Set(ofUser.map((event) => event.registration)).size).to.equal(1)
    }
  })

  it('hold logged-out events, of nobody but with a level, beside those of a user', () => {
    const out = events.filter((event) => !isLoggedIn(event))
    expect(out.length / events.length).to.be.within(0.01, 0.1)
    for (const event of out) {
      expect(event).to.include({ userId: '', firstName: null, registration: null, song: null })
      expect(event.level).to.match(/^(free|paid)$/)
    }
    const mixed = groupsOf(events, (event) => event.sessionId).filter(
      (session) => session.some(isLoggedIn) && !session.every(isLoggedIn),
    )
    expect(mixed.length).to.be.above(0)
  })

  it('change the level from the event after a submitted upgrade or downgrade on', () => {
    const changes = { 'Submit Upgrade': 0, 'Submit Downgrade': 0 }
    for (const ofUser of groupsOf(events.filter(isLoggedIn), (event) => event.userId)) {
      ofUser.slice(1).forEach((event, index) => {
        const { page, level } = ofUser[index]!
        const changed = page === 'Submit Upgrade' || page === 'Submit Downgrade'
        expect(event.level !== level).to.equal(changed)
        if (changed) changes[page]++
      })
    }
    expect(changes['Submit Upgrade']).to.be.above(0)
    expect(changes['Submit Downgrade']).to.be.above(0)
  })

  it('are those of a few busy and many quiet users, at day more than at night', () => {
    const perUser = groupsOf(events.filter(isLoggedIn), (event) => event.userId)
      .map((ofUser) => ofUser.length)
      .sort((one, other) => other - one)
    const total = perUser.reduce((sum, count) => sum + count)
    const busiest = perUser.slice(0, Math.ceil(perUser.length / 10))
    expect(perUser.length).to.be.within(150, 300)
    expect(busiest.reduce((sum, count) => sum + count) / total).to.be.within(0.25, 0.75)
    const at = (hour: number): number =>
      share(events, (event) => new Date(event.ts).getUTCHours() === hour)
    expect(at(16)).to.be.above(2 * at(3))
  })
})
