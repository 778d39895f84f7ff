import { expect } from 'chai'
import { renewed, type SignedIn } from '../../../lib/warehouse/sign-in'

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

/** Gives the answers in their order, each once. */
function asking(...answers: (Omit<SignedIn, 'user'> | Error)[]) {
  return renewed(() => {
    const answer = answers.shift() ?? new Error('asked too often')
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ user: 'ada', ...answer })
  })
}

describe('a renewed sign-in', () => {
  it('asks once for all who want to know', async () => {
    const signedIn = asking({ password: 'one', expires: inSeconds(3600) })
    const answers = await Promise.all([signedIn(), signedIn(), signedIn()])
    answers.push(await signedIn())
    expect(answers.map(({ password }) => password)).to.deep.equal(['one', 'one', 'one', 'one'])
  })

  it('asks once where nothing expires', async () => {
    const signedIn = asking({ password: 'one' })
    await signedIn()
    expect((await signedIn()).password).to.equal('one')
  })

  for (const [title, expires] of [
    ['has expired', inSeconds(-1)],
    ['is about to', inSeconds(30)],
  ] as const) {
    it(`asks again for what ${title}`, async () => {
      const signedIn = asking({ password: 'one', expires }, { password: 'two' })
      expect((await signedIn()).password).to.equal('one')
      expect((await signedIn()).password).to.equal('two')
      expect((await signedIn()).password).to.equal('two')
    })
  }

  it('asks again after a failure', async () => {
    const signedIn = asking(new Error('no'), { password: 'two' })
    expect(await signedIn().catch((error: Error) => error.message)).to.equal('no')
    expect((await signedIn()).password).to.equal('two')
  })
})
