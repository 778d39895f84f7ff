import { expect } from 'chai'
import { type Scenario, openScenario } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { useCommands } from './command'

interface Trouble {
  title: string
  before: (scenario: Scenario) => void | Promise<unknown>
  words?: string[]
}

const troubles: Trouble[] = [
  {
    title: 'throttling that ends',
    before: ({ stub }) => {
      stub.failNext({ service: 'sts', code: 'Throttling', message: 'Rate exceeded', times: 2 })
    },
  },
  {
    title: 'answers that are lost',
    before: ({ stub }) => {
      const writes = { iam: 'CreateRole', ec2: 'CreateSecurityGroup', redshift: 'CreateCluster' }
      for (const [service, action] of Object.entries(writes)) {
        stub.failNext({ service, action, instead: 'lose' })
      }
    },
  },
  {
    title: 'a capacity that was not there before',
    before: async (scenario) => {
      scenario.stub.failNext({
        service: 'redshift',
        action: 'CreateCluster',
        code: 'InsufficientClusterCapacity',
      })
      const { code } = await scenario.up()
      expect(code).to.equal(4)
    },
  },
  {
    title: 'a rule that is there already, of somebody else',
    before: async (scenario) => {
      scenario.stub.failNext({
        service: 'redshift',
        action: 'CreateCluster',
        code: 'QuotaExceeded',
      })
      await scenario.up()
      const [group] = scenario.stub.account.groups.values()
      for (const rule of group!.rules) rule.tags = {}
    },
  },
  {
    title: 'an address that has changed',
    before: (scenario) => scenario.up(),
    words: ['--cidr', '198.51.100.9/32'],
  },
]

describe('sparkify cluster up gets over', () => {
  const commands = useCommands()

  const outcomeOf = sideBySide(troubles, async ({ before, words = [] }) => {
    const scenario = await openScenario(commands)
    await before(scenario)
    const outcome = await scenario.up(words)
    await scenario.close()
    const network = words[1] ?? '203.0.113.7/32'
    return { ...outcome, account: scenario.stub.account, network }
  })

  for (const trouble of troubles) {
    it(trouble.title, async () => {
      const { code, stderr, account, network } = await outcomeOf(trouble)
      expect(code, stderr).to.equal(0)
      const { roles, groups, clusters } = account
      expect([roles.size, groups.size, clusters.size]).to.deep.equal([1, 1, 1])
      expect([...roles.values()][0]!.policies.size).to.equal(1)
      const { rules } = [...groups.values()][0]!
      expect(rules.map((rule) => rule.network)).to.deep.equal([network])
    })
  }
})
