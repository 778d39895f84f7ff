import { models } from '../../models/index'

/** A point of a load where a process can be made to wait, by a trigger of the engine's. */
export interface Stop {
  name: string
  /** What follows `create`, up to the function. */
  trigger: string
  /** The wait is for this to be said on stderr, and the trigger only keeps the load from going on. */
  when?: RegExp
  /** The server has its COMMIT already: it carries it out, whoever asked for it being dead. */
  commits?: true
}

const before = (event: string, what = 'statement') =>
  `trigger stop before ${event} for each ${what}`

const commit =
  'constraint trigger stop after insert on loads deferrable initially deferred for each row'

/** Every step of a load, in its order. @param ts of an event in the middle of a file */
export function stopsOf(ts: number): Stop[] {
  return [
    { name: 'before the COPY of events', trigger: before('insert on staging_events') },
    {
      name: 'in the COPY of events',
      trigger: `${before('insert on staging_events', 'row')} when (new.ts = ${ts})`,
    },
    { name: 'after the COPY of events', trigger: before('insert on load_files') },
    { name: 'before the COPY of songs', trigger: before('insert on staging_songs') },
    ...models.map(({ name }) => ({
      name: `in the model ${name}`,
      trigger: before(`insert on ${name}`),
    })),
    { name: 'in the audits', trigger: before('insert on loads'), when: /^time: /m },
    { name: 'after the audits', trigger: before('insert on loads') },
    { name: 'before the commit', trigger: commit },
    { name: 'in the commit', trigger: commit, commits: true },
  ]
}
