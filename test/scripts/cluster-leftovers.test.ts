import { expect } from 'chai'
import { type Scenario, openScenario } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { useCommands } from './command'

interface Ending {
  title: string
  /** How the warehouse is, or what happens, before `down`. */
  before: (scenario: Scenario) => unknown
  words?: string[]
  code: number
  says: RegExp[]
  left: string[]
  /** What is left after `down` has been run again, and nothing goes wrong any more. */
  leftThen?: string[]
}

const refusedRole = {
  service: 'iam',
  action: 'DeleteRole',
  code: 'AccessDenied',
  message: 'is not authorized to perform: iam:DeleteRole',
  status: 403,
}
const role = 'roles sparkify-test-redshift'

const endings: Ending[] = [
  {
    title: 'a role that may not be deleted',
    before: ({ stub }) => stub.failNext(refusedRole),
    code: 4,
    says: [/the permission iam:DeleteRole/, /Still there:\n {2}IAM role sparkify-test-redshift/],
    left: [role],
    leftThen: [],
  },
  {
    title: 'a security group that something else uses',
    before: ({ stub }) => {
      const { groups } = stub.account
      stub.onCall(() => groups.forEach((group) => (group.lingers = 1)))
    },
    words: ['--timeout', '0.005'],
    code: 4,
    says: [/still in use after/, /Still there:\n {2}security group sparkify-test-redshift/],
    left: [role, 'groups sg-00000000000000001'],
    leftThen: [],
  },
  {
    title: 'a secret that stays behind',
    before: ({ stub }) => {
      const { secrets } = stub.account
      const kept = new Map(secrets)
      stub.onCall(() => kept.forEach((secret, arn) => secrets.set(arn, secret)))
    },
    code: 4,
    says: [/Still there:\n {2}secret redshift!sparkify-test-awsuser/],
    left: ['secrets redshift!sparkify-test-awsuser'],
  },
  {
    title: 'a last snapshot, on purpose',
    before: () => {},
    words: ['--snapshot', 'last-one'],
    code: 0,
    says: [/Snapshots that are kept, and cost until they are deleted: last-one/],
    left: [],
  },
  {
    title: 'what is not ours, which it does not touch',
    before: ({ stub }) => {
      for (const { tags } of stub.account.roles.values()) delete tags.project
    },
    code: 0,
    says: [/Left alone, as it has not our tags:\n {2}IAM role/, /Nothing of sparkify-test is left/],
    left: [role],
  },
]

describe('sparkify cluster down tells what it leaves:', () => {
  const commands = useCommands()

  const endOf = sideBySide(endings, async ({ before, words, leftThen }) => {
    const scenario = await openScenario(commands)
    await scenario.up()
    await before(scenario)
    const { code, stdout, stderr } = await scenario.down(words)
    const left = scenario.stub.account.leftovers()
    scenario.stub.mend()
    const again = leftThen && (await scenario.down())
    await scenario.close()
    return { code, said: stdout + stderr, left, again, leftThen: scenario.stub.account.leftovers() }
  })

  for (const ending of endings) {
    it(ending.title, async () => {
      const { code, said, left } = await endOf(ending)
      expect(code, said).to.equal(ending.code)
      for (const words of ending.says) expect(said).to.match(words)
      expect(left.map(nameIn)).to.deep.equal(ending.left)
    })

    if (!ending.leftThen) continue
    it(`${ending.title}; run again, it removes that too`, async () => {
      const { again, leftThen } = await endOf(ending)
      expect(again!.code, again!.stderr).to.equal(0)
      expect(leftThen).to.deep.equal(ending.leftThen)
    })
  }
})

// A secret's ARN ends in something new each time.
function nameIn(leftover: string): string {
  return leftover.replace(/^secrets .*secret:(.*)-\w{6}$/, 'secrets $1')
}
