import { expect } from 'chai'
import { nameOf } from '../aws-stub/call'
import { openScenario } from '../aws-stub/scenario'
import { useCommands } from './command'

const verbose = { DEBUG: '*', NODE_DEBUG: 'http,https,net,tls' }

// That no password, key or token is said is looked for in the output of every command of the tests.
describe('However verbose, sparkify cluster', () => {
  const commands = useCommands()

  it('says no secret, and signs no request in sight', async () => {
    const scenario = await openScenario(commands)
    const up = await scenario.up(['--sign-in', 'secret'], verbose)
    expect(up.code, up.stderr).to.equal(0)
    expect(up.stderr).to.contain('HTTP ')
    const others = [
      await scenario.run(['sql', 'select 1', '--env', 'production'], verbose), // nobody answers
      await scenario.status([], verbose),
      await scenario.down([], verbose),
    ]
    await scenario.close()
    const said = [up, ...others].map(({ stdout, stderr }) => stdout + stderr).join('\n')
    expect(said).to.not.match(/Signature=[0-9a-f]{64}/)
    expect(scenario.stub.calls.map(nameOf)).to.include('secretsmanager:GetSecretValue')
  })
})
