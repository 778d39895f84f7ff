import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { isAlive } from '../../object-store/folder'
import { describe, UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'
import { createFile, replaceFile } from '../warehouse/text-file'
import type { Draft } from './draft'

/** A file as it would be, held against the one that is there. */
export interface Prepared {
  path: string
  state: 'new' | 'changed' | 'unchanged'
  /** As it is to be. */
  text: string
  /** As it is, where it is there. */
  former?: string
}

/**
 * Formats drafts as the project is formatted, and holds them against what is there. Nothing is written.
 * @throws UsageError that names every file that is there with another content
 */
export async function prepare(drafts: Draft[]): Promise<Prepared[]> {
  const format = await formatter()
  const prepared: Prepared[] = []
  const faults: string[] = []
  for (const draft of drafts) {
    const path = shown(draft.path)
    const former = textOf(draft.path)
    if ('edit' in draft && former === undefined)
      throw new UsageError(`${path} is not there: what is new is entered in it. Put it back.`)
    const wanted = 'edit' in draft ? draft.edit(former!) : draft.text
    const isDone = 'edit' in draft ? wanted === former : 'isData' in draft
    const text = isDone ? wanted : await format(draft.path, wanted)
    if (former === undefined) prepared.push({ path, state: 'new', text })
    else if (former === text) prepared.push({ path, state: 'unchanged', text, former })
    else if ('edit' in draft) prepared.push({ path, state: 'changed', text, former })
    else faults.push(`${path} is there already, with another content than would be written.`)
  }
  const remedy = 'Choose another name; or remove what is there, where it is not wanted.'
  if (faults.length > 0) throw new UsageError([...faults, remedy].join('\n'))
  return prepared
}

/**
 * Writes files one after the other, each whole or not at all; one that came to be meanwhile is left as it is.
 * Where this is killed, preparing and writing again does what is left.
 */
export function write(prepared: Prepared[]): void {
  for (const { path, state, text } of prepared) {
    const file = resolve(projectFolder, path)
    try {
      removeLeftovers(file)
      if (state === 'new') createFile(file, text)
      if (state === 'changed') replaceFile(file, text)
    } catch (cause) {
      const next = 'Make it writable, and run the command again: it goes on where it stopped.'
      throw new UsageError(`${path} cannot be written (${describe(cause)}). ${next}`, { cause })
    }
  }
}

/** What a killed process had not put in place. */
function removeLeftovers(file: string): void {
  const folder = dirname(file)
  for (const name of namesIn(folder)) {
    if (!name.startsWith(`${basename(file)}.`)) continue
    const [, pid] = /^\.(\d+)\.partial$/.exec(name.slice(basename(file).length)) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // it is made with its first file
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(resolve(projectFolder, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UsageError(`${path} cannot be read: ${describe(error)}`, { cause: error })
  }
}

function shown(path: string): string {
  const within = relative(projectFolder, resolve(projectFolder, path))
  return within.startsWith('..') ? resolve(projectFolder, path) : within
}

// What runs a warehouse does not need it, so it is there with the tools of development only.
async function formatter() {
  const prettier = await import('prettier').catch((cause: unknown) => {
    throw new UsageError(
      'What is new is formatted by prettier, which is not installed: `npm ci` installs it, without --omit=dev.',
      { cause },
    )
  })
  return async (path: string, text: string): Promise<string> => {
    const filepath = resolve(projectFolder, path)
    const { inferredParser } = await prettier.getFileInfo(filepath)
    if (inferredParser === null) return text
    // By the project's own settings, wherever the file is to lie.
    const options = await prettier.resolveConfig(join(projectFolder, 'package.json'))
    return prettier.format(text, { ...options, parser: inferredParser })
  }
}
