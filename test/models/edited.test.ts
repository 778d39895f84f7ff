import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Plan } from '../../lib/load/plan'
import { copyProject } from '../../tools/copied-project'
import { useCommands } from '../scripts/command'

describe('a model that is edited in its file', () => {
  const commands = useCommands()
  const project = join(commands.folder, 'project')
  const sparkify = (...words: string[]) => {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(project)) delete require.cache[file]
    }
    return commands.sparkify(words, {}, project)
  }
  const succeeds = async (...words: string[]) => {
    const { code, stdout, stderr } = await sparkify(...words)
    expect(code, stderr).to.equal(0)
    return stdout
  }
  const files = new Map<string, string>()
  const edit = (name: string, ...replaced: [from: string, to: string][]) => {
    const file = join(project, 'models', `${name}.ts`)
    files.set(file, files.get(file) ?? readFileSync(file, 'utf8'))
    let text = readFileSync(file, 'utf8')
    for (const [from, to] of replaced) {
      expect(text).to.contain(from)
      text = text.replace(from, to)
    }
    writeFileSync(file, text)
    return text
  }
  const lineOf = (text: string, found: string) =>
    text.slice(0, text.indexOf(found)).split('\n').length

  before(async () => {
    await commands.keepEngine()
    copyProject(project)
    const sample = ['--events', '500', '--songs', '40', '--days', '3']
    await succeeds('generate', ...sample, '--out', `${commands.buckets}/sparkify`)
    await succeeds('run')
  })

  afterEach(() => {
    for (const [file, text] of files) writeFileSync(file, text)
  })

  for (const { what, name, replaced, says } of [
    {
      what: 'TypeScript that is none',
      name: 'users',
      replaced: ["key: ['user_id'],", "key: = ['user_id'],"],
      says: ': error TS1109: Expression expected.',
    },
    {
      what: 'a syntax error in a query',
      name: 'users',
      replaced: ['partition by events.user_id', 'partition buy events.user_id'],
      says: ': syntax error at or near "buy"',
    },
    {
      what: 'a column that nothing has, in a helper',
      name: 'songs',
      replaced: ['partition by song_id', 'partition by sogn_id'],
      says: ': column "sogn_id" does not exist',
    },
    {
      what: 'a query that is too deep',
      name: 'users',
      replaced: ['events.gender,', `events.gender${" || ''".repeat(20_000)},`],
      says: 'models/users.ts: stack depth limit exceeded', // of no place in it
    },
  ] as const) {
    it(`is refused for ${what} with file and line, by plan and by run`, async () => {
      const text = edit(name, [...replaced])
      const line = lineOf(text, replaced[1])
      for (const word of ['plan', 'run']) {
        const { code, stderr } = await sparkify(word)
        expect(stderr)
          .to.match(new RegExp(says.startsWith('m') ? '' : `models/${name}.ts[:(]${line}\\b`))
          .and.contain(says)
        expect(code).to.equal(2)
      }
    })
  }

  it('is refused for a column that its table has not, with the migration that is missing', async () => {
    const built = await commands.contents()
    edit(
      'users',
      ['    level: [', "    registered: ['bigint', 'since when'],\n    level: ["],
      ['gender, level\n', 'gender, registration::bigint, level\n'],
      ['events.gender, events.level,\n', 'events.gender, events.registration, events.level,\n'],
    )
    for (const words of [['plan'], ['run'], ['model', 'up', 'users']]) {
      const { code, stderr } = await sparkify(...words)
      expect(stderr).to.contain(
        'models/users.ts: there is no column registered in the table users: add a migration with ' +
          '"alter table users add column registered bigint"',
      )
      expect(code).to.equal(2)
    }
    expect(await commands.contents()).to.deep.equal(built)

    writeFileSync(
      join(project, 'migrations', '20991231000000_add_registered_to_users.ts'),
      `export const up = (knex) => knex.raw('alter table users add column registered bigint')
      export const down = (knex) => knex.raw('alter table users drop column registered')`,
    )
    const { rebuilds, differences } = JSON.parse(await succeeds('plan', '--diff', '--json')) as Plan
    expect(rebuilds).to.deep.equal([
      { model: 'users', why: ['its own query', 'column registered is new'] },
    ])
    const users = Number(String(built.users).split(' ')[0])
    expect(differences![0]!.columns).to.deep.equal({ registered: users })
    expect(await commands.contents()).to.deep.equal(built)
    await succeeds('run', '--full-audit')
    const [row] = await commands.rows('select count(registered)::int as known from users')
    expect(row).to.deep.equal({ known: users })
  })
})
