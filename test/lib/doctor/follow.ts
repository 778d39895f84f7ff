import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { sources } from '../../../sources/index'
import { models } from '../../../models/index'
import { copyStatement, type Source } from '../../../sources/source'
import { putFile } from './files'
import { load } from './run-load'

/** What a user has when a load failed. */
export interface Told {
  knex: Knex
  buckets: string
  /** The path of the file with the fault. */
  path: string
  /** What the file contained. */
  contents?: string | Buffer
  /** What the user was told. */
  notices: string
}

/** Does what a remedy says, with what the user was told alone, and loads. */
export type Follow = (told: Told) => Promise<void>

/** The snippet of the first remedy, as it is shown. */
export function snippetIn(notices: string): string {
  const lines = notices.split('\n')
  const first = lines.findIndex((line) => line.startsWith(indent))
  const rest = lines.slice(first)
  const end = rest.findIndex((line) => line !== '' && !line.startsWith(indent))
  const shown = end === -1 ? rest : rest.slice(0, end)
  return shown
    .map((line) => line.slice(indent.length))
    .join('\n')
    .trimEnd()
}

const indent = ' '.repeat(7)

/** The programs that a command needs and this machine lacks. */
export function missingTools(command: string): string[] {
  const tools = ['jq', 'iconv', 'gunzip', 'perl'].filter((tool) =>
    new RegExp(`\\b${tool} `).test(command),
  )
  return tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
}

/** Runs the command in the folder of the file. */
export const run: Follow = async ({ knex, path, notices }) => {
  execFileSync('sh', ['-c', snippetIn(notices)], { cwd: dirname(path), stdio: 'pipe' })
  await load(knex)
}

/** Writes what stands behind the arrow for what stands before it; `supplied` for a value that is left open. */
export function correct(supplied = ''): Follow {
  return changingLine((line, shown) => {
    const [, before, after] = /^(.*) {2}→ {2}(.*)$/.exec(shown)!
    const now = after!.replace('…', supplied)
    if (before!.startsWith('no ')) return line.replace(/\}$/, `,${now}}`)
    const [, key, value] = /^("[^"]+"): (.*)$/.exec(before!)!
    expect(line).to.contain(`${key}:${value}`)
    return line.replace(`${key}:${value}`, now)
  })
}

/** Writes a value for the one that was refused, where the words say. */
export function supply(value: string): Follow {
  return async ({ knex, buckets, notices }) => {
    const [, line, url] = /or correct the line (\d+) of (s3:\S+)\.$/m.exec(notices)!
    const [, refused] = /, line \d+: "(.*)"$/m.exec(notices)!
    editLine(buckets, url!, Number(line), (text) =>
      text.replace(new RegExp(`"?${refused}"?`), value),
    )
    await load(knex)
  }
}

/** Removes the line. */
export const remove: Follow = async ({ knex, buckets, notices }) => {
  const [, url, line] = /(s3:\S+), line (\d+)/.exec(/emove[^]*/.exec(notices)![0])!
  editLine(buckets, url!, Number(line), () => '')
  await load(knex)
}

/** Puts the record that is shown into the line. */
export const replace = replaceWith()

/** Puts the record that is shown into the line, with what the words ask for besides. */
export function replaceWith(part = '', instead = ''): Follow {
  return async ({ knex, buckets, notices }) => {
    const [, place, url, line] = /Put (into|in place of).* ?(s3:\S+), line (\d+):/.exec(notices)!
    const record = snippetIn(notices).replace(part, instead)
    const text = readFileSync(pathOf(buckets, url!), 'utf8').split('\n').slice(0, Number(line))
    const lines =
      place === 'into' ? 1 : text.reverse().findIndex((each) => each.startsWith('{')) + 1
    editLine(buckets, url!, Number(line), () => record, lines)
    await load(knex)
  }
}

function changingLine(change: (line: string, shown: string) => string): Follow {
  return async ({ knex, buckets, notices }) => {
    const [, url, line, shown] = /^(s3:\S+), line (\d+)(?:: ([^]*))?$/.exec(snippetIn(notices))!
    editLine(buckets, url!, Number(line), (text) => change(text, shown!))
    await load(knex)
  }
}

function editLine(
  buckets: string,
  url: string,
  line: number,
  change: (text: string) => string,
  count = 1,
): void {
  const path = pathOf(buckets, url)
  const lines = readFileSync(path, 'utf8').split('\n')
  lines.splice(line - count, count, change(lines[line - 1]!))
  writeFileSync(path, lines.join('\n'))
}

function pathOf(buckets: string, url: string): string {
  return join(buckets, url.slice('s3://'.length))
}

/** Puts the file that is shown where the remedy says. */
export const put: Follow = async ({ knex, buckets, notices }) => {
  const [, url] = / at (s3:\S+):$/m.exec(notices)!
  writeFileSync(pathOf(buckets, url!), snippetIn(notices))
  await load(knex)
}

/** Runs the migration, and the same for tables of the star that have the column, where the words say so. */
export const migrate: Follow = async ({ knex, notices }) => {
  const statements = statementsIn(snippetIn(notices))
  for (const sql of statements) await knex.raw(sql)
  const [, column] = / column (\w+)/.exec(statements[0]!)!
  const filled = models.filter(({ columns }) => column! in columns)
  if (notices.includes(', and what is filled from it'))
    for (const { name } of filled)
      for (const sql of statements) await knex.raw(sql.replace(/staging_\w+/, name))
  await load(knex)
}

/** The statements of a migration. */
export function statementsIn(migration: string): string[] {
  return Array.from(migration.matchAll(/knex\.raw\('(.*)'\)/g), ([, sql]) => sql!)
}

/** Gives COPY the option, and loads into the table of songs. */
export const tell: Follow = async ({ knex, notices }) => {
  await copySongs(knex, { option: snippetIn(notices) })
}

/** Compresses the other file as well, and gives COPY the option. */
export const compress: Follow = async ({ knex, buckets, notices }) => {
  expect(notices).to.match(/where all files are, tell COPY: gzip\./)
  const good = pathOf(buckets, 's3://sparkify/song_data/A/good.json')
  putFile(buckets, 'song_data/A/good.json', gzipSync(readFileSync(good)))
  await copySongs(knex, { option: '', gzip: true })
}

async function copySongs(
  knex: Knex,
  { option, gzip = false }: { option: string; gzip?: boolean },
): Promise<void> {
  const songs = sources(knex).find(({ table }) => table === 'staging_songs')!
  const [, json] = /^format json '(.*)'$/.exec(option) ?? []
  const source: Source = { ...songs, ...(json && { json }) }
  const from = { from: songs.from, manifest: false, gzip }
  await knex.raw(copyStatement(knex, source, from, json || !option ? [] : [option]))
}

/** Renames the key in the file. */
export const rename: Follow = async ({ knex, path, notices }) => {
  const [, found, key] = /the key "(\w+)", and[^]*Write "(\w+)" in the files; or/.exec(notices)!
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${found}"`, `"${key}"`))
  await load(knex)
}

/** Replaces the path; in the other file as well, all have the key so. */
export const repath: Follow = async ({ knex, buckets, notices }) => {
  const [, key, url] = /replace \$\['(\w+)'\] in (s3:\S+) by:/.exec(notices)!
  const path = pathOf(buckets, url!)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(`"$['${key}']"`, snippetIn(notices)))
  const good = pathOf(buckets, 's3://sparkify/log_data/2018/11/good.json')
  const found = /\w+/.exec(snippetIn(notices))![0]
  writeFileSync(good, readFileSync(good, 'utf8').replaceAll(`"${key}"`, `"${found}"`))
  await load(knex)
}

/** Corrects the path, which names an element. */
export const repoint: Follow = async ({ knex, buckets, notices }) => {
  const [, key, url] = /Correct the path of "(\w+)" in (s3:\S+), or/.exec(notices)!
  const path = pathOf(buckets, url!)
  writeFileSync(path, readFileSync(path, 'utf8').replace(`['${key}'][0]`, `['${key}']`))
  await load(knex)
}

/** Delivers the file again. */
export const deliver: Follow = async ({ knex, path, contents }) => {
  writeFileSync(path, contents!)
  await load(knex)
}

/** Runs again. */
export const again: Follow = async ({ knex }) => {
  await load(knex)
}
