import { expect } from 'chai'
import { parse } from 'dotenv'
import { expiredCredentials } from '../../aws-stub/credentials'
import { Refusal } from '../../aws-stub/refusal'
import type { Fate } from '../../aws-stub/stub'
import { ownSettings, Site } from './site'

const isLong = process.env.LONG === '1'

/** What can befall a call, and the words that say it. */
const fates: [title: string, fate: Fate, says: RegExp][] = [
  ['throttled', new Refusal('Throttling', 'Rate exceeded'), /takes no more requests/],
  ['denied', new Refusal('AccessDenied', 'not authorized to perform it', 403), /is not allowed/],
  ['of expired credentials', new Refusal('ExpiredToken', 'It expired', 403), /have expired/],
  ['answered 503', 'broken', /failed, because/],
  ['answered by HTML', 'html', /does not speak as AWS does/],
  ['cut off', 'drop', /could not be reached/],
  ['cut off after it was carried out', 'lose', /could not be reached/],
]

/** Commands, and whether a warehouse is there before. */
const commands = {
  up: { isMade: false, run: (site: Site) => site.up() },
  'up with a change': { isMade: true, run: (site: Site) => site.up({ cidr: ['198.51.100.9'] }) },
  'up --serverless': {
    isMade: false,
    run: (site: Site) => site.up({ serverless: true, signIn: 'secret' }),
  },
  'status --drift': { isMade: true, run: (site: Site) => site.status({ drift: true }) },
  down: { isMade: true, run: (site: Site) => site.down({ snapshot: 'last' }) },
}

type Name = keyof typeof commands

let made: Site

before(async () => {
  made = await Site.open()
  expect((await made.up()).code).to.equal(0)
})
after(() => made.close())

/** An account where a command can begin. */
function prepared(name: Name): Promise<Site> {
  return commands[name].isMade ? made.copy() : Site.open()
}

const counts = new Map<Name, Promise<string[]>>()

/** The calls that a command makes where nothing goes wrong. */
function callsOf(name: Name): Promise<string[]> {
  const count = async () => {
    const site = await prepared(name)
    const { code, text } = await commands[name].run(site)
    expect(code, text).to.equal(0)
    const calls = site.stub.calls.map((call) => call.name)
    await site.close()
    return calls
  }
  if (!counts.has(name)) counts.set(name, count())
  return counts.get(name)!
}

const isWrite = (call: string) => !/:(Describe|Get|List|Simulate)/.test(call)

/** Which of a command's calls are tried: in the short suite the first of each operation that `others` lack. */
async function triedOf(name: Name, others: string[] = []) {
  const each = (await callsOf(name)).map((call, index, all) => ({
    ...{ call, index, isNew: all.indexOf(call) === index && !others.includes(call) },
  }))
  return each.filter(({ isNew }) => isLong || isNew)
}

for (const name of Object.keys(commands) as Name[]) {
  describe(`cluster ${name}`, () => {
    it('ends with a clear word, and never with a wrong one, whatever befalls whichever call', async function () {
      this.timeout(isLong ? 600_000 : 60_000)
      const tried = await triedOf(name, name === 'up --serverless' ? await callsOf('up') : [])
      expect(tried).to.not.deep.equal([])
      for (const { call, index } of tried) {
        // In the short suite each call has one fate, and all fates have their calls.
        const chosen = isLong ? fates : [fates[index % fates.length]!]
        for (const [title, fate, says] of chosen) {
          const site = await prepared(name)
          site.stub.fate = (_, at) => (at === index ? fate : 'answer')
          const { code, text, said, report } = await commands[name].run(site)
          const where = `${call} (${index}) ${title}:\n${said}\n${text}`
          if (code === 0) {
            // Passed over in plain sight: permissions that cannot be asked, what cannot be looked at again.
            const isSaid = /^iam:Simulate/.test(call) && said.includes('not checked ahead')
            const isUnseen = report && 'unseen' in report && report.unseen.length > 0
            expect(isSaid || isUnseen, where).to.equal(true)
            if (isUnseen) expect(text, where).to.not.match(/Nothing of/)
          } else {
            expect(code, where).to.equal(4)
            expect(text, where).to.match(says)
            expect(text, where).to.not.match(/^ +at /m)
          }
          await site.close()
        }
      }
    })

    if (name === 'status --drift') return

    it('killed at whichever call, can be run again, and what is made can be removed', async function () {
      this.timeout(isLong ? 600_000 : 60_000)
      const tried = (await triedOf(name)).filter(({ call }) => isLong || isWrite(call))
      expect(tried).to.not.deep.equal([])
      for (const { call, index } of tried) {
        for (const next of ['the same', 'down'] as const) {
          const site = await prepared(name)
          // As after kill -9: the call was carried out, nobody heard of it, and no call came after it.
          site.stub.fate = (_, at) => (at < index ? 'answer' : at === index ? 'lose' : 'drop')
          await commands[name].run(site)
          site.stub.mend()
          site.account.snapshots.clear()
          const where = `${call} (${index}), then ${next}`
          const { code, text } = await (next === 'down' ? site.down() : commands[name].run(site))
          expect(code, `${where}:\n${text}`).to.equal(0)
          if (next === 'down' || name === 'down') {
            expect(site.account.resources, where).to.deep.equal([])
            expect(site.settings, where).to.equal(ownSettings)
          } else {
            expect(site.account.stacks.at(-1)!.status, where).to.match(/^(CREATE|UPDATE)_COMPLETE$/)
            expect(parse(site.settings), where).to.include.keys('REDSHIFT_STACK')
          }
          await site.close()
        }
      }
    })
  })
}

describe('cluster up', () => {
  it('gets over throttling and lost answers that end', async () => {
    const site = await Site.open()
    site.variables = { AWS_MAX_ATTEMPTS: '3' }
    const met = new Set<string>()
    site.stub.fate = ({ name }) => {
      if (!isWrite(name) || met.has(name)) return 'answer'
      met.add(name)
      return name === 'cloudformation:CreateChangeSet'
        ? 'drop'
        : new Refusal('Throttling', 'Rate exceeded')
    }
    const { code, text } = await site.up()
    await site.close()
    expect(code, text).to.equal(0)
    expect(met.size).to.be.greaterThan(2)
  })

  for (const [what, variables, says] of [
    ['no credentials', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /none were found/],
    ['expired credentials', expiredCredentials, /have expired/],
    ['unknown credentials', { AWS_ACCESS_KEY_ID: 'AKIANOBODY' }, /does not accept the credentials/],
    ['a network that is down', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
    [
      'a name that does not resolve',
      { AWS_ENDPOINT_URL: 'http://aws.invalid' },
      /could not be reached/,
    ],
  ] as const) {
    it(`says what to do about ${what}`, async () => {
      const site = await Site.open()
      site.variables = { ...variables, ...environmentWithoutFiles }
      const { code, text } = await site.up()
      await site.close()
      expect(code, text).to.equal(4)
      expect(text).to.match(says)
    })
  }

  it('says within seconds that an endpoint does not answer, and gives up', async function () {
    if (!isLong) this.skip()
    this.timeout(60_000)
    const site = await Site.open()
    site.stub.fate = () => 'hang'
    const began = performance.now()
    const { code, said } = await site.up()
    await site.close()
    expect(code).to.equal(4)
    expect(said).to.match(/sts:GetCallerIdentity has not been answered yet/)
    expect(performance.now() - began).to.be.lessThan(20_000)
  })
})

const environmentWithoutFiles = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
}
