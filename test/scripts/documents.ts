import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020'
import { beforeRest } from '../../scripts/cli/words'

const projectFolder = resolve(__dirname, '..', '..')

/** The commands, one per file. */
export const commandNames = namesIn('scripts', '.ts')

/** The commands that have a schema, and `error`, which all share. */
export const schemaNames = namesIn(join('docs', 'schemas'), '.json')

function namesIn(folder: string, ending: string): string[] {
  const files = readdirSync(join(projectFolder, folder)).filter((file) => file.endsWith(ending))
  return files.map((file) => file.slice(0, -ending.length)).sort()
}

let ajv: Ajv2020 | undefined

/** What checks the documents of a command, or those of a failed command that is none. */
function validatorOf(command: string): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv2020({ allErrors: true, strictTypes: false })
    for (const name of schemaNames) {
      const file = join(projectFolder, 'docs', 'schemas', `${name}.json`)
      ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object)
    }
  }
  const validate = ajv.getSchema(`${command}.json`)
  if (!validate) throw new Error(`docs/schemas/${command}.json is expected`)
  return validate
}

/**
 * Holds what a command printed against its schema.
 * @throws where --json is among its words and that is not exactly one document, or not as the schema says
 */
export function checkDocument(words: string[], stdout: string): void {
  const options = beforeRest(words)
  const isText = options.some((word) =>
    /^(--(help|version|get-yargs-completions)|-[hv])$/.test(word),
  )
  if (!options.includes('--json') || isText) return
  const named = options.find((word) => commandNames.includes(word))
  const isBare = options.every((word) => word === '--json')
  const validate = validatorOf(named ?? (isBare ? 'status' : 'error'))
  let document: unknown
  try {
    document = JSON.parse(stdout)
  } catch (cause) {
    throw new Error(`${words.join(' ')} prints no JSON document:\n${stdout}`, { cause })
  }
  if (validate(document)) return
  const faults = validate.errors!.map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
  throw new Error(`${words.join(' ')} prints what its schema has not:\n${faults.join('\n')}`)
}
