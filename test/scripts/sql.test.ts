import { expect } from 'chai'
import { useCommands } from './command'

describe('sparkify sql', () => {
  const commands = useCommands()
  const sql = (statement: string, ...options: string[]) =>
    commands.sparkify(['sql', statement, ...options])

  before(() => commands.keepEngine())

  it('prints rows as a table, numbers to the right and NULL empty', async () => {
    const { code, stdout } = await sql(
      "select 8056 as rows, 'Björk' as artist, null::int as song union all select 7, 'x', 1 order by rows",
    )
    expect(code).to.equal(0)
    expect(stdout).to.equal(
      ['rows  artist  song', '────  ──────  ────', '   7  x          1', '8056  Björk', ''].join(
        '\n',
      ),
    )
  })

  it('prints rows as one JSON document, exact to the last digit', async () => {
    const { code, stdout } = await sql(
      "select 9007199254740993 as big, 1.50 as price, true as yes, null as nothing, 'it''s \\\\ \"?' as text",
      '--json',
    )
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.deep.equal([
      { big: '9007199254740993', price: 1.5, yes: true, nothing: null, text: 'it\'s \\ "?' },
    ])
  })

  it('takes a question mark as it stands', async () => {
    const { stdout } = await sql("select 'why?' as why -- ?", '--json')
    expect(JSON.parse(stdout)).to.deep.equal([{ why: 'why?' }])
  })

  it('runs several statements, and prints the rows of the last', async () => {
    const { code, stdout } = await sql(
      "create table fruit (name text); insert into fruit values ('fig'), ('plum'); select * from fruit order by name",
      '--json',
    )
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.deep.equal([{ name: 'fig' }, { name: 'plum' }])
  })

  it('tells what was done where there are no rows', async () => {
    expect((await sql("insert into fruit values ('pear')")).stdout).to.equal('INSERT 1\n')
    const { stdout } = await sql('drop table fruit', '--json')
    expect(JSON.parse(stdout)).to.deep.equal([])
  })

  for (const [title, statement, code, words] of [
    ['a syntax error', 'selec 1', 2, 'syntax error at or near "selec"'],
    ['an unknown table', 'select * from nowhere', 2, 'relation "nowhere" does not exist'],
    ['what Redshift does not do', 'create index i on t (c)', 2, /^SQL command .* not supported/],
    ['a value that is refused', 'select 1 / 0', 3, 'division by zero'],
  ] as const) {
    it(`gives the server's words and exit code ${code} for ${title}`, async () => {
      const outcome = await sql(statement, '--json')
      expect(outcome.code).to.equal(code)
      expect(outcome.stdout).to.equal('')
      if (typeof words === 'string') expect(outcome.stderr).to.equal(`${words}\n`)
      else expect(outcome.stderr).to.match(words)
    })
  }

  it('leaves nothing of several statements of which one fails', async () => {
    expect((await sql('create table half (n int); insert into half values (1/0)')).code).to.equal(3)
    expect((await sql('select * from half')).code).to.equal(2)
  })
})
