import { expect } from 'chai'
import { useCommands } from '../../scripts/command'

describe('guarded output', () => {
  const commands = useCommands()
  const secret = 'Lovelace-1815'

  /** What a process says that guards its output and then runs the script. */
  const run = (script: string) =>
    commands.spawn([
      process.execPath,
      ...['-r', './tools/typescript.js', '-e'],
      `const { guardOutput } = require('./lib/redaction/guarded-output.ts')
      const { keepSecret } = require('./lib/redaction/redaction.ts')
      keepSecret(['Lovelace', '1815'].join('-'))
      guardOutput()
      guardOutput()
      const secret = process.argv[1]
      ${script}`,
      secret,
    ]).ended

  before(() => commands.secrets.push(secret))

  it('shows no secret on either stream, whoever writes', async () => {
    const { stdout, stderr } = await run(`
      console.log({ secret })
      console.error(new Error('one', { cause: new Error(secret) }))
      process.stdout.write(Buffer.from('bytes of ' + secret))`)
    expect(stdout).to.equal("{ secret: '[redacted]' }\nbytes of [redacted]")
    expect(stderr).to.contain('[cause]: Error: [redacted]')
  })

  it('shows none that is written in pieces', async () => {
    const { stdout } = await run(`
      for (const letter of '<' + secret + '> and Love') process.stdout.write(letter)`)
    expect(stdout).to.equal('<[redacted]> and Love')
  })

  it('shows none that is written in pieces over time', async () => {
    const { stdout } = await run(`
      process.stdout.write('<Lovelace')
      process.nextTick(() => process.stdout.write('-1815>\\n'))`)
    expect(stdout).to.equal('<[redacted]>\n')
  })

  it('keeps callbacks, encodings, bytes that are no text, and a large output whole', async () => {
    const { stdout } = await run(`
      process.stdout.write('c3bc', 'hex', () => console.log('told'))
      process.stdout.write(Buffer.from([0xc3]))
      process.stdout.write(Buffer.from([0xbc, 0x0a]))
      process.stdout.write('x'.repeat(3_000_000) + '\\n')`)
    expect(stdout).to.have.length(3_000_009)
    expect(stdout.replace(/x+/, 'x')).to.equal('üü\nx\ntold\n')
  })
})
