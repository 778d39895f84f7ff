import { SqlError } from '../../errors'
import { errorCodes, FieldFault } from '../column'
import type { Json } from './documents'

/** The way to a value: names of members, indexes of arrays. */
export type Path = (string | number)[]

const bracket = /\['([^']+)'\]|\[(\d+)\]/y
const dot = /\.([^.'[\]]+)|\[(\d+)\]/y

/**
 * The paths of a JSONPaths file, or undefined where it has no "jsonpaths": COPY then uses 'auto'
 * (facts A3).
 * @throws SqlError where the file or a path in it is malformed
 */
export function parseJsonPaths(text: string): Path[] | undefined {
  const list = readList(text)
  if (list === undefined) return undefined
  if (!Array.isArray(list) || list.length === 0) throw malformed('"jsonpaths" is not a list')
  const dotted = list.some((path) => typeof path === 'string' && path.startsWith('$.'))
  return list.map((path) => parsePath(path, dotted))
}

function readList(text: string): Json | undefined {
  const file = readObject(text)
  if (file === null || typeof file !== 'object' || Array.isArray(file))
    throw malformed('it is not a JSON object')
  return file.jsonpaths
}

function readObject(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw Object.assign(malformed('it is not one JSON object'), { cause })
  }
}

function malformed(what: string): SqlError {
  return new SqlError('XX000', `Invalid JSONPaths file: ${what}`)
}

/** The two notations cannot be mixed in one file. */
function parsePath(path: Json, dotted: boolean): Path {
  if (typeof path !== 'string' || path === '') throw malformed('a path is not a string')
  const step = dotted ? dot : bracket
  const steps: Path = []
  step.lastIndex = 1
  while (path.startsWith('$') && step.lastIndex < path.length) {
    const [, name, index] = step.exec(path) ?? []
    if (name === undefined && index === undefined) throw invalidPath(path)
    steps.push(name ?? Number(index))
  }
  if (steps.length === 0) throw invalidPath(path)
  return steps
}

function invalidPath(path: string): SqlError {
  return new SqlError(
    'XX000',
    "Invalid JSONPath format. Supported notations are 'dot-notation' and 'bracket-notation': " +
      path,
  )
}

export type Getter = (document: Json) => Json | undefined

/** Reads the value at a path: undefined where a member is missing, a fault where an element is. */
export function getter(path: Path): Getter {
  const steps = path.map((step) => (typeof step === 'number' ? element(step) : member(step)))
  if (steps.length === 1) return steps[0]!
  return (document) => {
    let value: Json | undefined = document
    for (const step of steps) {
      if (value === undefined || value === null) return undefined
      value = step(value)
    }
    return value
  }
}

function element(index: number): Getter {
  return (array) => {
    if (Array.isArray(array) && index < array.length) return array[index]
    throw pathFault('Not an array or index out of range.')
  }
}

function member(name: string): Getter {
  // constructor, __proto__ and the like: every object seems to have them.
  const inherited = name in Object.prototype
  return (object) => {
    if (object === null || typeof object !== 'object' || Array.isArray(object))
      throw pathFault('Member is not an object.')
    return inherited && !Object.hasOwn(object, name) ? undefined : object[name]
  }
}

function pathFault(what: string): FieldFault {
  return new FieldFault(errorCodes.invalidLine, `Invalid JSONPath format: ${what}`)
}

// A value as it is written: a string, a bracket, or a word or number.
const token = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+)/gy

/**
 * The value at a path as it is written in a document, without the white space between its parts;
 * JSON.parse keeps neither the digits of a number nor the order of keys. It has to be there.
 */
export function rawValueAt(path: Path, document: string): string {
  const tokens = Array.from(document.matchAll(token), (match) => match[1]!)
  let at = 0
  for (const step of path) at = stepInto(tokens, at, step)
  return tokens.slice(at, valueEnd(tokens, at)).join('')
}

function stepInto(tokens: string[], container: number, step: string | number): number {
  let found = -1
  let index = 0
  for (let at = container + 1; tokens[at] !== '}' && tokens[at] !== ']';) {
    const named = tokens[container] === '{'
    const value = named ? at + 2 : at
    if (named ? JSON.parse(tokens[at]!) === step : index++ === step) found = value
    at = valueEnd(tokens, value)
    if (tokens[at] === ',') at++
  }
  return found
}

function valueEnd(tokens: string[], start: number): number {
  let depth = 0
  let at = start
  do {
    if (tokens[at] === '{' || tokens[at] === '[') depth++
    else if (tokens[at] === '}' || tokens[at] === ']') depth--
    at++
  } while (depth > 0)
  return at
}
