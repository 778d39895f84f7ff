import { inspect } from 'node:util'
import { expect } from 'chai'
import { keepSecret, keepSecretsOf, redact, Redactor } from '../../../lib/warehouse/redact'
import { useCommands } from '../../scripts/command'

const secret = 'Zx9&<"it\'s"> \\ é$1\tq'

describe('redaction', () => {
  before(() => keepSecret(secret))

  const printed: [title: string, text: string][] = [
    ['as it is', secret],
    ['as JSON', JSON.stringify({ secret })],
    ['of an object', inspect({ secret })],
    ['of the cause of an error', inspect(new Error('one', { cause: new Error(secret) }))],
    ['in a URL', `https://a.b/?p=${encodeURIComponent(secret)}&q=1`],
    ['in XML', '<p>Zx9&amp;&lt;"it\'s"&gt; \\ é$1\tq</p>'],
    ['twice', `${secret}${secret}`],
  ]
  for (const [title, text] of printed) {
    it(`replaces a secret ${title}, and nothing beside it`, () => {
      const safe = redact(text)
      expect(safe).to.contain('[redacted]')
      expect(safe).to.not.match(/Zx9|it.{0,2}s|\$1/)
      expect(safe.at(0)).to.equal(text === secret || title === 'twice' ? '[' : text.at(0))
    })
  }

  it('replaces the whole of a secret that begins as another one', () => {
    keepSecret('first-secret')
    keepSecret('first-secret-of-two')
    expect(redact('<first-secret-of-two> <first-secret>')).to.equal('<[redacted]> <[redacted]>')
  })

  it('replaces each line of a secret of several', () => {
    keepSecret('line-one-of-it\nline-two-of-it')
    expect(redact("'line-one-of-it\\n' +\n'line-two-of-it'")).to.not.match(/line-/)
  })

  it('leaves what is too short for a secret', () => {
    keepSecret('unused')
    keepSecret('')
    keepSecret(undefined)
    expect(redact('an unused index')).to.equal('an unused index')
  })

  it('knows the secrets of the environment by their names', () => {
    keepSecretsOf({
      MY_PASSWORD: 'by-name-01',
      AWS_SECRET_ACCESS_KEY: 'by-name-02',
      AWS_SESSION_TOKEN: 'by-name-03',
      REDSHIFT_SECRET_ARN: 'by-name-04',
      AWS_WEB_IDENTITY_TOKEN_FILE: 'by-name-05',
      USER: 'by-name-06',
    })
    const names = [1, 2, 3, 4, 5, 6].map((i) => `by-name-0${i}`).join(' ')
    expect(redact(names)).to.equal(
      '[redacted] [redacted] [redacted] by-name-04 by-name-05 by-name-06',
    )
  })

  const places: [text: string, safe: string][] = [
    [
      'GET https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA%2F1&X-Amz-Date=2&X-Amz-Security-Token=a%2Bb&X-Amz-Signature=0af "x"',
      'GET https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted]&X-Amz-Date=2&X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted] "x"',
    ],
    [
      'https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Signature=a%3D&Expires=1',
      'https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Signature=[redacted]&Expires=1',
    ],
    ["{ 'x-amz-security-token': 'FwoG/x==' }", "{ 'x-amz-security-token': '[redacted]' }"],
    [
      'AWS4-HMAC-SHA256 Credential=A/1/s3, SignedHeaders=host, Signature=0a1b',
      'AWS4-HMAC-SHA256 Credential=A/1/s3, SignedHeaders=host, Signature=[redacted]',
    ],
    ['postgres://ada:pass-word@a.b/dev', 'postgres://ada:[redacted]@a.b/dev'],
    ['http://127.0.0.1:5439/a@b', 'http://127.0.0.1:5439/a@b'],
  ]
  for (const [text, safe] of places) {
    it(`leaves of ${text.slice(0, 50)} … what is no secret`, () => {
      expect(redact(text)).to.equal(safe)
    })
  }

  describe('of text that comes in pieces', () => {
    const text = `ü ${secret}, X-Amz-Signature=0123456789&x=é "${secret}"\n`

    it('is the same wherever it is cut', () => {
      const bytes = Buffer.from(text)
      for (let cut = 0; cut <= bytes.length; cut++) {
        expect(inPieces(bytes.subarray(0, cut), bytes.subarray(cut)), `at ${cut}`).to.equal(
          redact(text),
        )
      }
      expect(inPieces(...[...bytes].map((byte) => Buffer.of(byte)))).to.equal(redact(text))
    })

    it('holds back nothing that is no beginning of a secret', () => {
      const redactor = new Redactor()
      for (const piece of ['one\n', '\r\x1b[Ktwo …, 0.2 s', 'Go on? [y/N] ', '{"a":1}']) {
        expect(redactor.next(Buffer.from(piece)).toString()).to.equal(piece)
        expect(redactor.isHolding).to.equal(false)
      }
    })

    it('lets go of what was none after all', () => {
      expect(inPieces(Buffer.from('Zx'), Buffer.from('9 and on'), Buffer.from('Z'))).to.equal(
        'Zx9 and onZ',
      )
    })
  })
})

function inPieces(...pieces: Buffer[]): string {
  const redactor = new Redactor()
  const safe = pieces.map((piece) => redactor.next(piece))
  return Buffer.concat([...safe, redactor.rest()]).toString()
}

describe('guarded output', () => {
  const commands = useCommands()
  const secret = 'Lovelace-1815'

  /** What a process says that guards its output and then runs the script. */
  const run = (script: string) =>
    commands.spawn([
      process.execPath,
      ...['-r', './tools/typescript.js', '-e'],
      `const { guardOutput, keepSecret } = require('./lib/warehouse/redact.ts')
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
