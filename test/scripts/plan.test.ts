import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Plan } from '../../lib/load/plan'
import { models } from '../../models/index'
import { type Declaration, model } from '../../models/model'
import { useCommands } from './command'

describe('sparkify plan', () => {
  const commands = useCommands()
  const former = [...models]
  const edit = (name: string, changed: (declaration: Declaration) => Partial<Declaration>) => {
    const i = models.findIndex((each) => each.name === name)
    models[i] = model({ ...models[i]!, ...changed(models[i]!) })
  }
  const sparkify = async (...words: string[]) => {
    const outcome = await commands.sparkify(words)
    expect(outcome.code, outcome.stderr).to.equal(0)
    return outcome
  }
  const plan = async () => JSON.parse((await sparkify('plan', '--json')).stdout) as Plan
  const nothing = 'There is nothing to do.\n'

  before(async () => {
    await commands.keepEngine()
    const sample = ['--events', '500', '--songs', '40', '--days', '3']
    await sparkify('generate', ...sample, '--out', `${commands.buckets}/sparkify`)
  })
  afterEach(() => void models.splice(0, models.length, ...former))

  it('says of a warehouse that is none yet that all is to be done, and of one that was run nothing', async () => {
    expect((await plan()).rebuilds.map(({ model: name }) => name)).to.deep.equal(
      models.map(({ name }) => name),
    )
    await sparkify('run')
    expect((await sparkify('plan', '--exit-code')).stdout).to.equal(nothing)
  })

  describe('of an edited model', () => {
    let built: Record<string, unknown>

    before(async () => (built = await commands.contents()))
    afterEach(async () => {
      models.splice(0, models.length, ...former)
      await sparkify('run')
      expect(await commands.contents()).to.deep.equal(built)
    })

    it('names it, why, and what reads it; the next run builds these, and no other', async () => {
      edit('songplays', ({ rows }) => ({
        rows: (scope) =>
          rows(scope).replace(
            'session_id, location, user_agent',
            'session_id, upper(location), user_agent',
          ),
      }))
      const { code, stdout } = await commands.sparkify(['plan', '--exit-code'])
      expect(stdout).to.equal(
        'Models to build as a whole (2)\n  songplays: its own query\n  time: reads songplays\n',
      )
      expect(code).to.equal(5)
      const { stderr } = await sparkify('run')
      expect(stderr).to.contain('songplays is built as a whole: its own query\n')
      expect(stderr).to.contain('time is built as a whole: reads songplays\n')
      expect(stderr).to.not.contain('users is')
      const places = 'select distinct location = upper(location) as is_upper from songplays'
      expect(await commands.rows(places)).to.deep.equal([{ is_upper: true }])
    })

    it('says with --diff which rows would change, and changes none', async () => {
      edit('songplays', ({ rows }) => ({
        rows: (scope) =>
          rows(scope)
            .replace(
              'session_id, location, user_agent',
              "session_id, case when mod(user_id, 2) = 1 then 'far' else location end, user_agent",
            )
            .replace(
              "where events.page = 'NextSong'",
              "where events.page in ('NextSong', 'Home') and events.user_id <> 2",
            ),
      }))
      const count = async (condition: string) => {
        const [row] = await commands.rows(
          `select count(*)::int as count from staging_events where ${condition}`,
        )
        return row!.count as number
      }
      const { stdout } = await sparkify('plan', '--diff', '--json')
      const [songplays, time] = (JSON.parse(stdout) as Plan).differences!
      expect(songplays).to.deep.include({
        table: 'songplays',
        added: await count("page = 'Home' and user_id <> 2"),
        removed: await count("page = 'NextSong' and user_id = 2"),
        changed: await count("page = 'NextSong' and mod(user_id, 2) = 1"),
        columns: { location: await count("page = 'NextSong' and mod(user_id, 2) = 1") },
      })
      expect(songplays!.changed).to.be.greaterThan(0)
      expect(songplays!.examples).to.have.length(5)
      expect(time!.table).to.equal('time')
      expect(time!.added).to.be.greaterThan(0)
      const text = (await sparkify('plan', '--diff')).stdout
      expect(text).to.match(/^songplays: rows \d+ added, \d+ removed, \d+ changed: location \d+$/m)
      expect(text).to.match(/^ {2}~ songplay_id \d+: location ".*" → "far"$/m)
      expect(text).to.match(/^ {2}\+ start_time "2018-.*, weekday \d$/m)
      expect(await commands.contents()).to.deep.equal(built)
    })

    it('is rolled back with the load where an audit fails, and is still to be built', async () => {
      edit('users', ({ rows }) => ({
        rows: (scope) =>
          rows(scope).replace(
            'first_name, last_name, gender, level',
            "first_name, last_name, gender, 'gold'",
          ),
      }))
      const { code, stderr } = await commands.sparkify(['run'])
      expect(stderr).to.contain('users: level one of free, paid')
      expect(code).to.equal(3)
      expect(await commands.contents()).to.deep.equal(built)
      expect((await plan()).rebuilds.map(({ model: name }) => name)).to.deep.equal(['users'])
    })

    it('is built with a late file, all of it by the same query', async () => {
      edit('users', ({ rows }) => ({
        rows: (scope) => rows(scope).replace('first_name', 'upper(first_name)'),
      }))
      const event = {
        ...{ page: 'Home', ts: 1, sessionId: 1, itemInSession: 0 },
        ...{ userId: '999', firstName: 'Late', level: 'free' },
      }
      commands.put('sparkify/log_data/late.json', JSON.stringify(event))
      const { models: affected, rebuilds } = await plan()
      expect(affected).to.deep.equal(['users', 'songplays', 'time'])
      expect(rebuilds).to.deep.equal([{ model: 'users', why: ['its own query'] }])
      await sparkify('run')
      const names = 'select distinct first_name = upper(first_name) as is_upper from users'
      expect(await commands.rows(names)).to.deep.equal([{ is_upper: true }])
      await sparkify('undo')
      expect(await commands.rows(names)).to.deep.equal([{ is_upper: true }])
      expect((await plan()).rebuilds).to.deep.equal([])
      rmSync(join(commands.buckets, 'sparkify/log_data/late.json'))
    })
  })

  it('names models that were taken back; the next run builds them', async () => {
    const built = await commands.contents()
    await sparkify('model', 'down', 'songplays')
    const { code, stdout } = await commands.sparkify(['plan', '--exit-code'])
    expect(stdout).to.equal(
      'Models to build as a whole (2)\n  songplays: not built\n  time: not built\n',
    )
    expect(code).to.equal(5)
    await sparkify('run')
    expect(await commands.contents()).to.deep.equal(built)
    expect((await sparkify('plan', '--exit-code')).stdout).to.equal(nothing)
  })

  it('names a model that was taken back until it is built by hand', async () => {
    await sparkify('model', 'down', 'time')
    await sparkify('model', 'up', 'time')
    expect((await plan()).rebuilds).to.deep.equal([])
  })
})
