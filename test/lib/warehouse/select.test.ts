import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { select } from '../../../lib/warehouse/select'

const nodes = [
  { name: 'staging_songs', from: ['SONG_DATA'] },
  { name: 'staging_events' },
  { name: 'songs', from: ['staging_songs'] },
  { name: 'songplays', from: ['staging_events', 'staging_songs'] },
  { name: 'time', from: ['songplays'] },
  { name: 'lonely' },
]
const questions = [
  { name: 'most_played_songs', from: ['songs', 'songplays'] },
  { name: 'plays_per_hour', from: ['time'] },
]

const choose = (...patterns: string[]) => select(patterns, 'table', nodes)
const ask = (...patterns: string[]) =>
  select(
    patterns,
    'question',
    [...nodes, ...questions],
    questions.map(({ name }) => name),
  )

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError)
    return (error as UsageError).message
  }
  throw new Error('It was not refused.')
}

describe('a selection', () => {
  for (const [patterns, names] of [
    [[], nodes.map(({ name }) => name)],
    [['songs'], ['songs']],
    [
      ['time', 'songs', 'time'],
      ['songs', 'time'],
    ],
    [['song*'], ['songs', 'songplays']],
    [['{time,songs}'], ['songs', 'time']],
    [['song?'], ['songs']],
    [['+songs'], ['staging_songs', 'songs']],
    [['+time'], ['staging_songs', 'staging_events', 'songplays', 'time']],
    [
      ['staging_songs+', 'songs'],
      ['staging_songs', 'songs', 'songplays', 'time'],
    ],
    [['+songplays+'], ['staging_songs', 'staging_events', 'songplays', 'time']],
    [['song*+'], ['songs', 'songplays', 'time']],
    [['+s*gs'], ['staging_songs', 'songs']],
    [['*'], nodes.map(({ name }) => name)],
    [['1+time'], ['songplays', 'time']],
    [['2+time'], ['staging_songs', 'staging_events', 'songplays', 'time']],
    [['0+time'], ['time']],
    [['staging_events+1'], ['staging_events', 'songplays']],
    [['1+songplays+1'], ['staging_songs', 'staging_events', 'songplays', 'time']],
    [['staging_songs+,staging_events+'], ['songplays', 'time']],
    [['staging_songs+,song*'], ['songs', 'songplays']],
    [['{time,songs},song*'], ['songs']],
    [
      ['songs time', ' lonely '],
      ['songs', 'time', 'lonely'],
    ],
    [['staging_songs+,1+time songs'], ['songs', 'songplays', 'time']],
  ]) {
    it(`${patterns!.join(' ') || 'of no pattern'} is ${names!.join(', ')}`, () => {
      expect(choose(...patterns!)).to.deep.equal(names)
    })
  }

  for (const [patterns, exclude, names] of [
    [[], ['staging_*'], ['songs', 'songplays', 'time', 'lonely']],
    [['staging_songs+'], ['songplays+'], ['staging_songs', 'songs']],
    [['+time'], ['2+time,staging_*', 'lonely'], ['songplays', 'time']],
    [['*'], ['1+time songs', '*ing_events'], ['staging_songs', 'lonely']],
  ]) {
    it(`of ${patterns!.join(' ') || 'all'} without ${exclude!.join(' ')} is ${names!.join(', ')}`, () => {
      expect(select(patterns!, 'table', nodes, undefined, exclude)).to.deep.equal(names)
    })
  }

  it('goes along each way once, where steps are counted and there are two ways', () => {
    const ways = [
      { name: 'a' },
      { name: 'b', from: ['a'] },
      { name: 'c', from: ['b', 'a'] },
      { name: 'd', from: ['c'] },
    ]
    expect(select(['a+1'], 'table', ways)).to.deep.equal(['a', 'b', 'c'])
    expect(select(['1+c'], 'table', ways)).to.deep.equal(['a', 'b', 'c'])
    expect(select(['2+d'], 'table', ways)).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('refuses what leaves nothing, and what excludes nothing', () => {
    const without = (...exclude: string[]) =>
      refusal(() => select(['songs', 'time'], 'table', nodes, undefined, exclude))
    expect(without('*')).to.equal('--exclude leaves no table of songs, time.')
    expect(without('tme+').split('\n')[0]).to.equal(
      'There is no table "tme+": did you mean "time+"?',
    )
  })

  it('among questions is by the tables that they read, and by their own names', () => {
    expect(ask()).to.deep.equal(['most_played_songs', 'plays_per_hour'])
    expect(ask('songs+')).to.deep.equal(['most_played_songs'])
    expect(ask('staging_events+')).to.deep.equal(['most_played_songs', 'plays_per_hour'])
    expect(ask('+plays_*')).to.deep.equal(['plays_per_hour'])
  })

  for (const [pattern, said] of [
    ['song', 'There is no table "song": did you mean "songs"?'],
    ['+Songplay+', 'There is no table "+Songplay+": did you mean "+songplays+"?'],
    ['plays', 'There is no table "plays": did you mean "songplays"?'],
    ['sessions', 'There is no table "sessions".'],
    ['x*', 'There is no table "x*".'],
    ['+', 'There is no table "+".'],
    ['', 'There is no table "".'],
    ['!songs', 'There is no table "!songs": did you mean "songs"?'],
    ['(', 'There is no table "(".'],
    ['constructor', 'There is no table "constructor".'],
    ['2+tme', 'There is no table "2+tme": did you mean "2+time"?'],
    ['songs+,tme+1', 'There is no table "tme+1": did you mean "time+1"?'],
    ['songs,', 'There is no table "".'],
    ['songs,time', '"songs,time" selects no table: none is in each of its parts.'],
    ['+2', 'There is no table "+2".'],
  ]) {
    it(`${JSON.stringify(pattern)} is answered with what was meant and what there is`, () => {
      const there = 'staging_songs, staging_events, songs, songplays, time, lonely'
      expect(refusal(() => choose('time', pattern!))).to.equal(`${said}\nWhat there is: ${there}.`)
    })
  }

  it('tells of all wrong patterns at once', () => {
    expect(refusal(() => choose('tme', 'songs', 'x*')).split('\n')).to.deep.equal([
      'There is no table "tme": did you mean "time"?',
      'There is no table "x*".',
      'What there is: staging_songs, staging_events, songs, songplays, time, lonely.',
    ])
  })

  it('says of a table, where questions are wanted, how to ask for those about it', () => {
    expect(refusal(() => ask('songs', 'lonely', '+time'))).to.equal(
      '"songs" selects no question: "songs+" selects those that are made from it.\n' +
        '"lonely" selects no question.\n' +
        '"+time" selects no question: "time+" selects those that are made from it.\n' +
        'What there is: most_played_songs, plays_per_hour.',
    )
  })
})
