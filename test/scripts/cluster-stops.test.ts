import { expect } from 'chai'
import { type Scenario, openScenario } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { type Outcome, type Running, useCommands } from './command'

interface Stop {
  title: string
  /** A command that is stopped in the middle. */
  play: (scenario: Scenario) => Promise<Outcome>
  says: RegExp[]
}

const stops: Stop[] = [
  {
    title: 'up, while AWS makes the security group',
    async play(scenario) {
      const reached = scenario.stub.hold(3)
      const command = scenario.startUp()
      await reached
      return interrupt(command)
    },
    says: [/IAM role sparkify-test-redshift: created/, /`sparkify cluster down` removes all of it/],
  },
  {
    title: 'up, while it waits for the cluster',
    async play(scenario) {
      scenario.stub.onCall(() =>
        scenario.stub.account.clusters.forEach(({ timeline }) => timeline.wait()),
      )
      const command = scenario.startUp()
      await command.says('creating')
      return interrupt(command)
    },
    says: [/cluster sparkify-test: create begun/, /`sparkify cluster up` goes on from here/],
  },
]

describe('Ctrl-C ends sparkify cluster', () => {
  const commands = useCommands()

  const outcomeOf = sideBySide(stops, async ({ play }) => {
    const scenario = await openScenario(commands)
    const stopped = await play(scenario)
    scenario.stub.mend()
    const down = await scenario.down()
    await scenario.close()
    return { stopped, down, left: scenario.stub.account.leftovers() }
  })

  for (const stop of stops) {
    it(`${stop.title}: exit 130, and down finds all of it`, async () => {
      const { stopped, down, left } = await outcomeOf(stop)
      expect(stopped.code, stopped.stderr).to.equal(130)
      for (const words of stop.says) expect(stopped.stderr).to.match(words)
      expect(down.code, down.stderr).to.equal(0)
      expect(left).to.deep.equal([])
    })
  }
})

function interrupt({ child, ended }: Running): Promise<Outcome> {
  child.kill('SIGINT')
  return ended
}
