import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { auditAll, warningsOf } from '../../../lib/load/audit'
import { selectAudited } from '../../../lib/load/refresh'
import { undo } from '../../../lib/load/undo'
import { type StepReport, steps, type Warning } from '../../../lib/warehouse/steps'
import { useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { load } from '../doctor/run-load'

const firstDay = Date.parse('2018-11-01T08:00:00.796Z')
const usual = 30

/** The events of a day of November: plays of a known song, but for what is given. */
const dayOf = (day: number, plays: number, given: object = {}) =>
  Array.from({ length: plays }, (_, i) =>
    event({
      ts: firstDay + (day - 1) * 86_400_000 + i * 60_000,
      itemInSession: i,
      sessionId: day,
      ...given,
    }),
  )

/** Records of songs that nobody plays. */
const songsOf = (day: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    song({ song_id: `SO${day}x${i}`, title: `Song ${day} ${i}` }),
  )

interface Case {
  title: string
  /** What comes: the lines of files, by name. One after the other, where several loads bring them. */
  loads: Record<string, string[]>[]
  /** What the last of them is told of: the audit, in how many rows, such as. */
  warns: [table: string, audit: string, count: number, example: object][]
}

const unknownSong = { song: 'Nobody knows it' }
const cases: Case[] = [
  {
    title: 'nothing, where days are as usual',
    loads: [{ 'log_data/11': dayOf(11, 24), 'log_data/12': dayOf(12, 40) }],
    warns: [],
  },
  {
    title: 'a day with a tenth of the rows and less, and of its file',
    loads: [{ 'log_data/11': dayOf(11, 2), 'log_data/12': dayOf(12, usual) }],
    warns: [
      [
        ...(['staging_events', 'files as large as usual', 1] as const),
        { url: 's3://sparkify/log_data/11.json' },
      ],
      [
        ...(['songplays', 'as many rows a day as usual', 1] as const),
        { day: '2018-11-11', day_rows: 2, usual },
      ],
    ],
  },
  {
    title: 'such a day that ended when the next one came, and not while it may go on',
    loads: [{ 'log_data/11': dayOf(11, 2) }, { 'log_data/12': dayOf(12, usual) }],
    warns: [
      [
        ...(['songplays', 'as many rows a day as usual', 1] as const),
        { day: '2018-11-11', day_rows: 2, usual },
      ],
    ],
  },
  {
    title: 'the file alone of a day that may go on',
    loads: [{ 'log_data/11': dayOf(11, 2) }],
    warns: [
      ['staging_events', 'files as large as usual', 1, { url: 's3://sparkify/log_data/11.json' }],
    ],
  },
  {
    title: 'a day with ten times the rows and more, in files as large as usual',
    loads: [
      Object.fromEntries([
        ...Array.from({ length: 11 }, (_, i) => [
          `log_data/11-${i}`,
          dayOf(11, usual, { sessionId: 100 + i }),
        ]),
        ['log_data/12', dayOf(12, usual)],
      ]) as Record<string, string[]>,
    ],
    warns: [
      ['songplays', 'as many rows a day as usual', 1, { day_rows: 11 * usual, day: '2018-11-11' }],
    ],
  },
  {
    title: 'days that are missing',
    loads: [{ 'log_data/14': dayOf(14, usual) }],
    warns: [
      [
        ...(['time', 'no day missing', 1] as const),
        { first_missing: '2018-11-11', last_missing: '2018-11-13', usual },
      ],
    ],
  },
  {
    title: 'nothing, where a late file brings the day that was missing',
    loads: [{ 'log_data/12': dayOf(12, usual) }, { 'log_data/11': dayOf(11, usual) }],
    warns: [],
  },
  {
    title: 'songs that are no longer known',
    loads: [{ 'log_data/11': [...dayOf(11, 28, unknownSong), ...dayOf(11, 1, { sessionId: 8 })] }],
    warns: [
      [
        ...(['songplays', 'song_id known as often as usual', 1] as const),
        { day: '2018-11-11', day_rows: 29, known: 1, usual: 29 },
      ],
    ],
  },
  {
    title: 'nothing of songs, where chance alone may leave all of them out',
    loads: [{ 'log_data/11': dayOf(11, 19, unknownSong) }],
    warns: [],
  },
  ...['page', 'auth', 'level', 'method'].map((column) => ({
    title: `a value of ${column} that was never seen before, told once with how many rows have it`,
    loads: [
      {
        'log_data/11': [
          ...dayOf(11, usual),
          ...dayOf(11, 3, { page: 'Home', userId: '', sessionId: 9, [column]: 'New' }),
        ],
      },
    ],
    warns: [
      ['staging_events', `no new ${column}`, 1, { [column]: 'New', rows_of_it: 3 }],
    ] as Case['warns'],
  })),
  {
    title: 'a song file with ten times the bytes and more, and an empty one',
    loads: [
      {
        'song_data/large': songsOf(11, 330),
        'song_data/none': [],
      },
    ],
    warns: [
      [
        ...(['staging_songs', 'files as large as usual', 2] as const),
        { url: 's3://sparkify/song_data/large.json' },
      ],
    ],
  },
]

describe('the audits that warn', () => {
  const warehouse = useWarehouse()
  const putAll = (files: Record<string, string[]>) => {
    for (const [name, lines] of Object.entries(files))
      putFile(warehouse.buckets, `${name}.json`, lines.join('\n'))
  }
  /** Loads what is new. @returns what it is told of */
  const warningsOfLoad = async () => {
    let told: Warning[] = []
    const note = ({ warnings }: StepReport) => (told = warnings ?? told)
    steps.on('end', note)
    try {
      await load(warehouse.knex)
      return told
    } finally {
      steps.off('end', note)
    }
  }
  const ofAll = async () => warningsOf(await auditAll(warehouse.knex, selectAudited([])))

  before(async () => {
    putGoodFiles(warehouse.buckets)
    rmSync(join(warehouse.buckets, 'sparkify', 'log_data'), { recursive: true })
    for (let day = 1; day <= 10; day++)
      putAll({ [`log_data/${day}`]: dayOf(day, usual), [`song_data/${day}`]: songsOf(day, 30) })
    expect(await warningsOfLoad()).to.deep.equal([])
  })

  for (const { title, loads, warns } of cases) {
    it(`tell of ${title}`, async () => {
      let told: Warning[] = []
      for (const files of loads) {
        putAll(files)
        told = await warningsOfLoad()
      }
      const all = await ofAll()
      for (const files of loads) {
        for (const name of Object.keys(files))
          rmSync(join(warehouse.buckets, 'sparkify', `${name}.json`))
        await undo(warehouse.knex)
      }
      expect(told.map(({ table, audit, count }) => [table, audit, count])).to.have.deep.members(
        warns.map(([table, audit, count]) => [table, audit, count]),
      )
      for (const [table, audit, , example] of warns) {
        const found = told.find((each) => each.table === table && each.audit === audit)!
        expect(found.example).to.deep.include(example)
      }
      // Of all rows they tell as much, and at least of this.
      expect(all).to.include.deep.members(told)
    })
  }

  it('have each a case that makes it warn', () => {
    const audits = selectAudited([]).flatMap(({ name: table, audits }) =>
      audits
        .filter(({ severity }) => severity === 'warn')
        .map(({ name: audit }) => `${table}: ${audit}`),
    )
    const tried = new Set(
      cases.flatMap(({ warns }) => warns.map(([table, audit]) => `${table}: ${audit}`)),
    )
    expect([...tried]).to.have.members(audits)
  })
})
