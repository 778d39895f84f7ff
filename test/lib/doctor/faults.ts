import { rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { event, eventPaths, song } from './files'

/** A fault that is put into the files of a load, and what the doctor has to say about it. */
export interface InjectedFault {
  name: string
  /** The file with the fault, in the bucket `sparkify`. */
  file: string
  /** What it contains; none: it does not exist. */
  contents?: string | Buffer
  /** Done when the COPY of songs begins. */
  meanwhile?: (path: string) => void
  /** The line and the column that the doctor has to name, where the fault has one. */
  line?: number
  column?: string
  /** What the file contains once the remedy is followed: that has to load. */
  mended?: string
  /** Of the remedy. */
  remedy: RegExp
}

const songFile = 'song_data/A/bad.json'
const eventFile = 'log_data/2018/11/bad.json'
const paths = 'log_json_path.json'
const good = `${song({ song_id: 'SO1' })}\n`

export const faults: InjectedFault[] = [
  {
    name: 'a line that is no JSON',
    file: songFile,
    contents: `${good}hello, world\n`,
    line: 2,
    remedy: /A JSON object in braces is expected/,
  },
  {
    name: 'a file that was cut in the middle',
    file: songFile,
    contents: `${good}{"song_id": "SO2", "title": "Half of`,
    line: 2,
    remedy: /it was cut off\. Deliver it again/,
  },
  {
    name: 'a text in a number',
    file: songFile,
    contents: good + song({ year: 'unknown' }),
    mended: good + song({ year: null }),
    line: 2,
    column: 'year',
    remedy: /"year": "unknown" {2}→ {2}"year": null/,
  },
  {
    name: 'a text in a number that may not be null',
    file: eventFile,
    contents: event({ itemInSession: 'many' }),
    mended: event({ itemInSession: 7 }),
    line: 1,
    column: 'item_in_session',
    remedy:
      /Supply it, or remove the record:[^]*"itemInSession": "many" {2}→ {2}"itemInSession": …/,
  },
  {
    name: 'a text in a floating-point number',
    file: songFile,
    contents: song({ duration: '3 min' }),
    mended: song({ duration: null }),
    line: 1,
    column: 'duration',
    remedy: /"duration": "3 min" {2}→ {2}"duration": null/,
  },
  {
    name: 'a fraction in a whole number',
    file: eventFile,
    contents: event({ ts: 1541106106796.5 }),
    line: 1,
    column: 'ts',
    remedy: /add column ts double precision/,
  },
  {
    name: 'a text longer than its column',
    file: songFile,
    contents: `${good}\n${song({ title: 'é'.repeat(700) })}`,
    line: 3,
    column: 'title',
    remedy: /needed varchar\(1400\)[^]*alter column title type varchar\(2048\)/,
  },
  {
    name: 'a text longer than its column, whose encoding does not let it be widened',
    file: eventFile,
    contents: event({ page: 'Next'.repeat(20) }),
    line: 1,
    column: 'page',
    remedy: /alter column page encode zstd[^]*alter column page type varchar\(128\)/,
  },
  {
    name: 'a text longer than any column',
    file: songFile,
    contents: song({ title: 'long'.repeat(20_000) }),
    line: 1,
    column: 'title',
    remedy: /80000 bytes[^]*truncatecolumns/,
  },
  {
    name: 'bytes that are no UTF-8',
    file: songFile,
    contents: Buffer.from(`${good}${song({ title: 'Motörhead' })}`, 'latin1'),
    line: 2,
    column: 'title',
    remedy: /acceptinvchars as '\?'/,
  },
  {
    name: 'a key that is missing, and may not be',
    file: songFile,
    contents: good + song({ song_id: undefined }),
    mended: good,
    line: 2,
    column: 'song_id',
    remedy: /Every record needs a value for "song_id"/,
  },
  {
    name: 'a key that is null, and may not be',
    file: eventFile,
    contents: event({ ts: null }),
    mended: event({ ts: 1541106106797, sessionId: 2 }),
    line: 1,
    column: 'ts',
    remedy: /Every record needs a value for "ts"[^]*"ts": null {2}→ {2}"ts": …/,
  },
  {
    name: 'a number that is too large',
    file: songFile,
    contents: song({ year: 99999999999 }),
    line: 1,
    column: 'year',
    remedy: /needed bigint[^]*add column year bigint/,
  },
  {
    name: 'a number that is too large for any integer',
    file: eventFile,
    contents: event({ ts: '99999999999999999999' }),
    line: 1,
    column: 'ts',
    remedy: /add column ts numeric\(38, 0\) not null/,
  },
  {
    name: 'a list of objects',
    file: songFile,
    contents: `[${song({})},${song({ song_id: 'SO2' })}]`,
    line: 1,
    remedy: /not a list of them: remove the brackets/,
  },
  {
    name: 'a comma between objects',
    file: songFile,
    contents: `${song({})},\n${song({ song_id: 'SO2' })}`,
    line: 1,
    remedy: /remove the commas/,
  },
  {
    name: 'a comma too many within an object',
    file: songFile,
    contents: '{"song_id": "SO1",}\n',
    line: 1,
    remedy: /no comma before a closing bracket[^]*\{"song_id": "SO1"\}/,
  },
  {
    name: 'quotation marks of Python',
    file: songFile,
    contents: `${good}{'song_id': 'SO2', 'title': None}\n`,
    line: 2,
    remedy: /double quotation marks[^]*\{"song_id": "SO2", "title": null\}/,
  },
  {
    name: 'a number that JSON does not have',
    file: songFile,
    contents: '{"song_id": "SO1", "duration": NaN}\n',
    line: 1,
    remedy: /no NaN[^]*"duration": null/,
  },
  {
    name: 'a byte order mark',
    file: songFile,
    contents: `\ufeff${good}`,
    mended: good,
    line: 1,
    remedy: /byte order mark: save it as UTF-8 without one/,
  },
  {
    name: 'UTF-16',
    file: songFile,
    contents: Buffer.from(good, 'utf16le'),
    line: 1,
    remedy: /is UTF-16[^]*encoding utf16/,
  },
  {
    name: 'a compressed file where plain ones are expected',
    file: songFile,
    contents: gzipSync(good),
    line: 1,
    remedy: /compressed with GZIP/,
  },
  {
    name: 'an object over 4 MB',
    file: songFile,
    contents: `${good}{"song_id": "SO2", "note": "${'x'.repeat(4_300_000)}"}\n`,
    line: 2,
    remedy: /of 4\.1 MB is larger than the 4 MB/,
  },
  {
    name: 'keys in another case',
    file: songFile,
    contents: '{"Song_Id": "SO1", "Title": "A song"}',
    line: 1,
    column: 'song_id',
    remedy: /the key "Song_Id"[^]*'auto ignorecase'/,
  },
  {
    name: 'keys in another spelling than the JSONPaths have them',
    file: eventFile,
    contents: JSON.stringify(JSON.parse(event({}))).replace('"sessionId"', '"session_id"'),
    line: 1,
    column: 'session_id',
    remedy: /the key "session_id"[^]*replace \$\['sessionId'\] by:[^]*"\$\['session_id'\]"/,
  },
  {
    name: 'too few JSONPaths',
    file: paths,
    contents: JSON.stringify({ jsonpaths: eventPaths.slice(0, -1) }, undefined, 1),
    line: 19,
    column: 'user_id',
    remedy: /18 paths, in the order of the columns[^]*"\$\['userId'\]"\n\s*\]\}/,
  },
  {
    name: 'JSONPaths that are no JSON',
    file: paths,
    contents: `{"jsonpaths": [${eventPaths.map((path) => `"${path}"`).join(',')},]}`,
    remedy: /is not one JSON object[^]*"\$\['userId'\]"\n\s*\]\}/,
  },
  {
    name: 'no JSONPaths file',
    file: paths,
    remedy: /does not exist[^]*"\$\['itemInSession'\]"/,
  },
  {
    name: 'JSONPaths under another name, which COPY takes for auto',
    file: paths,
    contents: JSON.stringify({ paths: eventPaths }),
    remedy: /has no "jsonpaths": COPY silently takes it for 'auto'[^]*"\$\['userId'\]"/,
  },
  {
    name: 'JSONPaths in two notations',
    file: paths,
    contents: JSON.stringify({ jsonpaths: ['$.artist', ...eventPaths.slice(1)] }, undefined, 1),
    line: 4,
    column: 'auth',
    remedy: /the same in all paths[^]*"\$\['auth'\]"/,
  },
  {
    name: 'JSONPaths to an element that records do not have',
    file: paths,
    contents: JSON.stringify({ jsonpaths: ["$['artist'][0]", ...eventPaths.slice(1)] }),
    column: 'artist',
    remedy: /has no such element or member\. Correct the path/,
  },
  {
    name: 'a file that is removed between the listing and COPY',
    file: songFile,
    contents: good,
    meanwhile: (path) => rmSync(path),
    remedy: /was removed after it was listed[^]*Deliver it again/,
  },
]
