import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useCommands } from './command'

/** What `sparkify new` writes is tried by test/extending.test.ts, whose page begins with it. */
describe('sparkify new', () => {
  const commands = useCommands()
  const run = (...words: string[]) => commands.sparkify(['new', ...words, '--dry-run'])
  const file = (name: string, text: string) => {
    const path = join(commands.folder, name)
    writeFileSync(path, text)
    return path
  }
  const days = 'select distinct start_time::date as day from songplays'

  before(() => commands.keepEngine())

  for (const [kind, name, says] of [
    ['model', 'Days', 'lower-case letters, digits and _ are expected, a letter first'],
    ['model', '1_day', 'a letter first'],
    ['model', 'days-off', 'lower-case letters'],
    ['model', 'd'.repeat(64), 'at most 63 characters'],
    ['model', 'class', 'a reserved word of TypeScript'],
    ['model', 'tag', 'a reserved word of Redshift'],
    ['model', 'pg_days', 'those of the system'],
    ['model', 'affected_days', 'those of the system, or of loads'],
    ['model', 'staging_days', '`sparkify new source` makes one'],
    ['model', 'audits', 'the project has a file of that name'],
    ['model', 'loads', 'a table has it'],
    ['model', 'plays_per_day', 'a question has it'],
    ['model', 'users', 'models/users.ts is there already, with columns that'],
    ['question', 'songs', 'a table has it'],
    ['question', 'plays_per_day', 'queries/plays_per_day.sql is there already'],
    ['question', 'days off', 'lower-case letters'],
    ['source', 'songs', 'sources/staging_songs.ts is there already'],
    ['source', 'song', 'there is a setting SONG_DATA already'],
    ['source', 'work', 'there is a setting WORK_DATA already'],
    ['source', 'Ads', 'lower-case letters'],
    ['audit', ' ', 'what holds is expected'],
    ['audit', 'two\nlines', 'what holds is expected'],
    ['audit', 'start_time in time', 'models/songplays.ts has another audit'],
  ] as const) {
    it(`refuses the name ${JSON.stringify(name)} for a ${kind}`, async () => {
      const from = kind === 'source' ? ['--columns', 'a integer'] : ['--query', days]
      const { code, stdout, stderr } = await run(kind, name, ...from)
      expect(stderr).to.contain(says)
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
    })
  }

  for (const [kind, query, says] of [
    ['model', 'select day frm songplays', '--query:1:'],
    ['model', 'select 1; select 2', '2 statements found: one query is expected'],
    ['model', '-- nothing', 'nothing found: one query is expected'],
    ['model', 'delete from users', 'a query is expected, select or with; found "delete"'],
    ['model', 'select distinct a from plays', 'there is no table plays. What there is: staging_'],
    ['model', 'select distinct\n  dya from songplays', '--query:2:3: column "dya" does not exist'],
    ['model', 'select start_time from songplays', 'by which columns is a row known?'],
    [
      'model',
      'select level, 1 + 1 from songplays group by level',
      'column 2 of the query is named',
    ],
    ['model', 'select level, 1 as level from songplays group by level', 'more than once'],
    ['model', 'select distinct url from load_files', 'load_files is of the ledger'],
    ['model', 'select 1 as one', 'it reads no table'],
    ['model', 'select distinct sysdate as now from songplays', 'sysdate says another thing'],
    ['model', "select distinct 'why?' as a from songplays", 'write chr(63)'],
    ['question', 'select distinct page from staging_events', 'it reads staging_events: a question'],
    ['question', 'select 1 as one', 'it reads no table: a question is asked of the star'],
    ['audit', 'select 1 as one', 'it reads no model: which one is to be audited?'],
    ['audit', 'select 1 as a from users, songs', 'it reads users, songs: which one'],
    ['audit', "select * from users where level = '?'", 'write chr(63)'],
  ] as const) {
    it(`refuses for a ${kind} the query: ${query}`, async () => {
      const { code, stdout, stderr } = await run(kind, 'days', `--query=${query}`)
      expect(stderr).to.contain(says)
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
    })
  }

  for (const [what, words, says] of [
    ['a kind that is none', ['modle', 'days'], 'modle: did you mean model?'],
    ['no name', ['model'], 'Not enough non-option arguments'],
    ['no query', ['model', 'days'], 'made from a query: --query or --file, one of them.'],
    ['two queries', ['model', 'days', '--query', days, '--file', 'x'], 'one of them.'],
    ['an empty query', ['model', 'days', '--query', ''], '--query is empty.'],
    [
      'options of others, all at once',
      ['model', 'days', '--query', days, '--title', 'x', '--sample', 'y'],
      '--title is nothing that a new model takes.\n--sample is nothing that a new model takes.',
    ],
    ['a file that is not there', ['model', 'days', '--file', 'no.sql'], '--file no.sql cannot be'],
    ['a key of no column', ['model', 'days', '--query', days, '--key', 'dya'], 'no column dya'],
    ['a key that is none', ['model', 'days', '--query', days, '--key', 'a b'], '--key is "a b"'],
    ['another grain', ['model', 'days', '--query', days, '--grain', 'days'], '"one row per …"'],
    [
      'a model that is none',
      ['audit', 'x', '--query', days, '--model', 'songplay'],
      'did you mean songplays?',
    ],
    ['a source of nothing', ['source', 'ads'], 'made from columns: --sample or --columns'],
    ['a type that is none', ['source', 'ads', '--columns', 'a integr'], '--columns:'],
    ['the column of loads', ['source', 'ads', '--columns', 'loaded_at date'], '"loaded_at" cannot'],
    ['a reserved column', ['source', 'ads', '--columns', 'a integer, tag integer'], '--columns:'],
    [
      'a folder that is none',
      ['source', 'ads', '--columns', 'a integer', '--data', 's3:/x'],
      '--data is "s3:/x": the s3:// URL of a folder is expected',
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await run(...words)
      expect(stderr).to.contain(says)
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' })
    })
  }

  for (const [what, text, says] of [
    ['no record', ' \n', 'has no record'],
    ['a text', '{"a": 1}\nno JSON', ':2: a JSON object is expected'],
    ['a list of records', '[{"a": 1}]', ':1: a JSON object is expected'],
    ['a list in a record', '{"a": [1]}', 'a is an object or a list in some record'],
    ['a key that gives no name', '{"1": 1}', 'the key "1" gives no name of a column'],
    ['two keys of one name', '{"userId": 1, "user_id": 2}', 'several keys give the name user_id'],
    ['the column of loads', '{"loadedAt": 1}', 'the key loaded_at'],
  ] as const) {
    it(`refuses a sample with ${what}`, async () => {
      const { code, stderr } = await run('source', 'ads', '--sample', file('ads.json', text))
      expect(stderr).to.contain(says)
      expect(code).to.equal(2)
    })
  }

  it('finds the types of a sample, the narrowest that take all', async () => {
    const records = [
      { id: 1, big: 1, part: 1, known: true, day: '2018-11-01', at: '2018-11-01 10:00:00', a: 'é' },
      {
        id: 2,
        big: 2 ** 40,
        part: 0.5,
        known: null,
        day: '2018-11-02',
        at: '2018-11-01 10:00:00.5',
      },
      { mixed: 1, none: null },
      { mixed: 'x'.repeat(100) },
    ]
    const sample = file('types.json', records.map((record) => JSON.stringify(record)).join('\n'))
    const { stdout } = await run('source', 'ads', '--sample', sample, '--json')
    const { columns, files } = JSON.parse(stdout) as {
      columns: { name: string; type: string }[]
      files: { path: string }[]
    }
    // The bucket of the sample data is made as a whole, where there is none.
    expect(files[0]!.path).to.match(/\/sparkify-sources\/ads_data\/types\.json$/)
    expect(columns.map(({ name, type }) => `${name} ${type}`)).to.deep.equal([
      'id integer',
      'big bigint',
      'part double precision',
      'known boolean',
      'day date',
      'at timestamp',
      'a varchar(32)',
      'mixed varchar(256)',
      'none varchar(256)',
    ])
  })

  it('prints with --dry-run what would be written, and writes nothing', async () => {
    const first = await run('model', 'days', '--query', days)
    expect(first.code, first.stderr).to.equal(0)
    expect(first.stdout)
      .to.match(/^── migrations\/\d{14}_create_days\.ts\n/)
      .and.contain('+ export const models')
      .and.contain('affectedKeys: { songplays: everyKey }')
      .and.match(/^models\/index\.ts +to be changed$/m)
    const { files, dryRun } = JSON.parse(
      (await run('model', 'days', '--query', days, '--json')).stdout,
    ) as { dryRun: boolean; files: { state: string; text: string }[] }
    expect(dryRun).to.equal(true)
    expect(files.map(({ state }) => state)).to.deep.equal(['new', 'new', 'new', 'changed'])
    expect(files[2]!.text).to.contain("- { day: '1970-01-01' }")
  })

  it('makes a question of what is ordered already, drawn as its columns are', async () => {
    const query = 'select level, count(*) as plays from songplays group by level order by plays'
    const words = ['question', 'levels', '--title', 'Who pays?', '--query', query, '--json']
    const { files } = JSON.parse((await run(...words)).stdout) as { files: { text: string }[] }
    expect(files[0]!.text).to.equal(
      '-- title: Who pays?\n-- answers: One row per level.\n-- key: level\n' +
        '-- chart: bars of plays by level\n\nselect level, count(*) as plays\nfrom songplays\n' +
        'group by level\norder by plays;\n',
    )
  })

  for (const [what, query, has] of [
    [
      'of a column by which it goes',
      'select start_time, max(level) as l from songplays group by 1',
      'as found',
    ],
    [
      'as it stands for all rows',
      'select count(*) as n from songplays having count(*) < 0',
      'offenders: () =>',
    ],
  ] as const) {
    it(`narrows an audit ${what}`, async () => {
      const { stdout } = await run('audit', 'days', '--severity=warn', '--query', query, '--json')
      const { files } = JSON.parse(stdout) as { files: { text: string }[] }
      expect(files[0]!.text).to.contain(has).and.contain("severity: 'warn',")
    })
  }
})
