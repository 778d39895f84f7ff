import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect } from 'chai'
import { readQuestions } from '../../lib/questions/question'
import { copyProject } from '../../tools/copied-project'
import { projectFolder, useCommands } from './command'

interface Found {
  dataset: string
  comparisons: { question: string; state: string; differences: object[]; count: number }[]
}

const questions = readQuestions()
const names = questions.map(({ name }) => name)

describe('sparkify query', () => {
  const commands = useCommands()
  // Questions and expected answers are changed in a copy of the project.
  const copy = join(commands.folder, 'clone')
  const queries = join(copy, 'queries')
  const sample = join(queries, 'expected', 'sample')

  const query = (words: string[]) => commands.sparkify(['query', ...words], {}, copy)

  before(async () => {
    copyProject(copy)
    await commands.keepEngine()
  })

  describe('before anything is loaded', () => {
    it('says where the tables come from', async () => {
      const { code, stderr } = await query(['plays_per_day'])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.match(/^queries\/plays_per_day\.sql:\d+:8: relation "songplays" does not/)
      expect(stderr).to.contain('`sparkify run`')
    })

    it('has nothing to check', async () => {
      const { code, stderr } = await query(['--check'])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.equal('Nothing is loaded to be checked: `sparkify run` loads it.\n')
    })

    it('says where the tables come from also where a data set is named', async () => {
      const { code, stderr } = await query(['--check', '--dataset', 'sample'])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.contain('does not exist').and.contain('`sparkify run`')
    })
  })

  describe('on the sample', () => {
    before(async () => {
      const { code, stderr } = await commands.sparkify(['run'])
      expect(code, stderr).to.equal(0)
    })

    it('answers all questions as tables', async () => {
      const { code, stdout, stderr } = await query([])
      expect(code, stderr).to.equal(0)
      for (const { title, name } of questions) expect(stdout).to.contain(`${title} (${name})\n`)
    })

    it('shows the first rows, and says how many more there are', async () => {
      const { stdout } = await query(['plays_per_day'])
      expect(stdout.split('\n')).to.have.length(1 + 2 + 20 + 1 + 1)
      expect(stdout).to.match(/^2018-11-20 .*\n… and 10 more: `--limit 0` shows all\.\n$/m)
      const all = await query(['plays_per_day', '--limit', '0'])
      expect(all.stdout).to.match(/^2018-11-30 .*\n$(?![^])/m)
    })

    it('has numbers to the right, their points in a line', async () => {
      const { stdout } = await query(['browsers', '--limit', '3'])
      const percents = stdout.split('\n').slice(3, 6)
      expect(percents.map((line) => line.slice(0, 32))).to.deep.equal([
        'Chrome    3350              50.0',
        'Safari    1917              28.6',
        'Firefox   1138              17.0',
      ])
    })

    it('cuts wide texts to the width of a terminal', async function () {
      const line = `cd '${copy}' && stty cols 70 && node scripts/sparkify.js query most_played_songs`
      const { code, stdout } = await commands
        .spawn(['script', '-qec', line, '/dev/null'])
        .ended.catch(() => this.skip())
      expect(code, stdout).to.equal(0)
      const rows = stripVTControlCharacters(stdout).split('\r\n')
      for (const row of rows.slice(1)) expect(row.length).to.be.at.most(70)
      expect(stdout.startsWith('\u001b[1m')).to.equal(true)
      expect(stdout).to.contain('Forecast Of The…')
      expect(stdout).to.contain('…')
    })

    it('answers as one JSON document', async () => {
      const { stdout } = await query(['plays_per_w*', '--json', '--limit', '1'])
      const { answers } = JSON.parse(stdout) as { answers: Record<string, unknown>[] }
      const [first, ...others] = answers
      expect(others).to.have.length(2)
      expect(first).to.deep.include({
        name: 'plays_per_week',
        rows: [['2018-10-29', 44, 797, 57, 4]],
      })
      expect(first!.columns).to.deep.include({ name: 'week', type: 'time' })
    })

    it('answers one question as CSV', async () => {
      const { stdout } = await query(['plays_per_week', '--csv'])
      expect(stdout).to.equal(readFileSync(join(sample, 'plays_per_week.csv'), 'utf8'))
    })

    it('writes a CSV file of each of several', async () => {
      const out = join(commands.folder, 'csv')
      const { code, stderr } = await query(['--csv', '--out', out])
      expect(code, stderr).to.equal(0)
      for (const name of names) {
        const file = `${name}.csv`
        expect(readFileSync(join(out, file), 'utf8')).to.equal(
          readFileSync(join(sample, file), 'utf8'),
        )
      }
    })

    it('selects questions by what they read', async () => {
      const { stdout } = await query(['users+', '--json', '--limit', '1'])
      const { answers } = JSON.parse(stdout) as { answers: { name: string }[] }
      const selected = answers.map(({ name }) => name)
      expect(selected).to.deep.equal(['latest_changes_of_level', 'most_active_users'])
    })

    it('finds all answers as expected', async () => {
      const { code, stdout, stderr } = await query(['--check', '--json'])
      expect(code, stderr).to.equal(0)
      const { dataset, comparisons } = JSON.parse(stdout) as Found
      expect(dataset).to.equal('sample')
      expect(comparisons.map(({ question, state }) => [question, state])).to.deep.equal(
        names.map((name) => [name, 'equal']),
      )
    })

    it('has nothing to update', async () => {
      const { code, stdout } = await query(['--update'])
      expect(code).to.equal(0)
      expect(stdout.trimEnd().split('\n')).to.deep.equal(
        names.map((name) => `queries/expected/sample/${name}.csv: unchanged`),
      )
    })

    describe('with another expected answer', () => {
      const file = join(sample, 'plays_per_week.csv')
      const right = readFileSync(file.replace(copy, projectFolder), 'utf8')
      afterEach(() => writeFileSync(file, right))

      it('exits 3, and shows exactly the cell that differs', async () => {
        writeFileSync(file, right.replace('797', '798'))
        const { code, stdout, stderr } = await query(['--check'])
        expect(code).to.equal(3)
        const text = stdout.slice(stdout.indexOf('\n\n')).trim()
        expect(text.split('\n')).to.deep.equal([
          'plays_per_week: 1 difference',
          '  changed value: week 2018-10-29: plays is 797, expected 798',
        ])
        expect(stderr).to.contain(`1 of ${names.length} answers is not as expected`)
        expect(stderr).to.contain('`sparkify query plays_per_week --update`')
      })

      it('exits 3, and shows missing and surplus rows', async () => {
        writeFileSync(file, right.replace('2018-10-29,44', '2017-10-30,44'))
        const { code, stdout } = await query(['--check', 'plays_per_week'])
        expect(code).to.equal(3)
        expect(stdout).to.contain('  missing row: week 2017-10-30, week_number 44, plays 797, ')
        expect(stdout).to.contain('  surplus row: week 2018-10-29, week_number 44, plays 797, ')
      })

      it('exits 3 for other columns', async () => {
        writeFileSync(file, right.replace('plays', 'songs'))
        const { code, stdout } = await query(['--check', 'plays_per_week'])
        expect(code).to.equal(3)
        expect(stdout).to.contain(
          '  columns: found week, week_number, plays, listeners, days; expected week, week_number, songs, listeners, days',
        )
      })

      it('exits 2 for what is no CSV', async () => {
        writeFileSync(file, `${right}2018-12-03,49`)
        const { code, stderr } = await query(['--check'])
        expect(code).to.equal(2)
        expect(stderr).to.match(/^queries\/expected\/sample\/plays_per_week\.csv: .* on line 7\n$/)
      })

      it('writes the answer with --update', async () => {
        writeFileSync(file, right.replace('797', '798'))
        const { stdout } = await query(['plays_per_week', '--update'])
        expect(stdout).to.equal('queries/expected/sample/plays_per_week.csv: changed\n')
        expect(readFileSync(file, 'utf8')).to.equal(right)
      })
    })

    describe('with a question more', () => {
      const file = join(queries, 'plays_per_gender.sql')
      const head = '-- title: Who listens?\n-- answers: One row per gender.\n-- key: gender\n\n'
      const ask = (sql: string) => writeFileSync(file, head + sql)
      const good = 'select gender, count(*) as plays\nfrom songplays join users using (user_id)\n'
      afterEach(() => rmSync(file))

      it('answers it', async () => {
        ask(`${good}group by gender order by gender;\n`)
        const { code, stdout } = await query(['plays_per_gender'])
        expect(code).to.equal(0)
        expect(stdout).to.match(/^Who listens\? \(plays_per_gender\)\ngender +plays\n/)
      })

      it('misses its expected answer, and writes it', async () => {
        ask(`${good}group by gender order by gender;\n`)
        const missing = await query(['--check'])
        expect(missing.code).to.equal(3)
        expect(missing.stdout).to.match(/^plays_per_gender +0 +unchecked$/m)
        expect(missing.stderr).to.contain('`sparkify query plays_per_gender --update` writes it')
        const { stdout } = await query(['plays_per_gender', '--update'])
        expect(stdout).to.equal('queries/expected/sample/plays_per_gender.csv: written\n')
        expect((await query(['--check'])).code).to.equal(0)
        rmSync(join(sample, 'plays_per_gender.csv'))
      })

      it('tells of an error in it: file, line, column and the words of the server', async () => {
        ask('select gendr, 1 as plays\nfrom users;\n')
        const { code, stderr } = await query(['plays_per_gender'])
        expect(code).to.equal(2)
        expect(stderr).to.match(
          /^queries\/plays_per_gender\.sql:5:8: column "gendr" does not exist\n/,
        )
      })

      it('does not expect an answer whose key does not tell rows apart', async () => {
        ask('select gender from users;\n')
        const { code, stderr } = await query(['plays_per_gender', '--update'])
        expect(code).to.equal(2)
        expect(stderr).to.contain('queries/plays_per_gender.sql:3: several rows of the answer have')
      })
    })

    it('says so where expected answers cannot be written', async () => {
      writeFileSync(join(queries, 'expected', 'mine'), 'a file')
      const { code, stderr } = await query(['--update', '--dataset', 'mine'])
      rmSync(join(queries, 'expected', 'mine'))
      expect(code).to.equal(2)
      expect(stderr).to.match(/queries\/expected\/mine\/dataset\.json cannot be written: /)
    })

    describe('and a file of one’s own', () => {
      before(async () => {
        const day = readFileSync(
          join(commands.buckets, 'sparkify/log_data/2018/11/2018-11-01-events.json'),
          'utf8',
        )
        commands.put('sparkify/log_data/2018/12/mine.json', day.split('\n')[0]!)
        const { code, stderr } = await commands.sparkify(['run'])
        expect(code, stderr).to.equal(0)
      })

      it('knows that this is not the sample', async () => {
        const { code, stderr } = await query(['--check'])
        expect(code).to.equal(2)
        expect(stderr).to.match(
          /^What is loaded \(431 files .*\) is no data set .* known: sample\./,
        )
      })

      it('compares with the sample where it is told to', async () => {
        const { code, stderr } = await query(['--check', '--dataset', 'sample', 'plays_per_hour'])
        expect(code, stderr).to.equal(0)
      })

      it('does not take other answers for those of the sample', async () => {
        const { code, stderr } = await query(['--update', '--dataset', 'sample'])
        expect(code).to.equal(2)
        expect(stderr).to.match(/^The data set sample is of 430 files .* --dataset/)
      })

      it('makes a data set of it, which it knows from then on', async () => {
        const made = await query(['--update', '--dataset', 'mine'])
        expect(made.code, made.stderr).to.equal(0)
        const { code, stdout } = await query(['--check'])
        expect(code).to.equal(0)
        expect(stdout).to.match(/^question +rows +mine$/m)
      })
    })
  })

  const misuses: Record<string, { words: string[]; says: string }> = {
    'an unknown name': {
      words: ['most_played_song'],
      says: 'There is no question "most_played_song": did you mean "most_played_songs"?',
    },
    'an unknown data set': {
      words: ['--check', '--dataset', 'nope'],
      says: 'There is no data set "nope" in queries/expected (known: sample): ',
    },
    'a data set that is a path': {
      words: ['--update', '--dataset', '../x'],
      says: '"../x" is no name: name it with --dataset, in letters, digits, - and _.',
    },
    'several answers as one CSV': { words: ['--csv'], says: 'or write a file of each with --out' },
    'a limit that is none': { words: ['--limit', '-1'], says: '--limit is -1: a number of rows' },
    'two forms at once': { words: ['--csv', '--json'], says: '--csv and --json are two forms' },
    'a data set for nothing': { words: ['--dataset', 'sample'], says: '--check or --update is' },
    'a check and an update': { words: ['--check', '--update'], says: 'mutually exclusive' },
  }
  for (const [what, { words, says }] of Object.entries(misuses)) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await query(words)
      expect(code, stderr).to.equal(2)
      expect(stderr).to.contain(says)
      expect(stdout).to.match(/^(\{"error":.*\}\n)?$/)
    })
  }
})
