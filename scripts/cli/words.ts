import { UsageError } from '../../lib/warehouse/errors'
import { nearest } from '../../lib/warehouse/select'

/*
 * What yargs leaves to be told of the words of a command: what may be meant by those that are wrong, and those behind
 * --. `program` is its yargs.
 */

/** Options that the command does not have, each with the one that was probably meant. */
export function faultOfOptions(words: string[], program: object): string | undefined {
  // Of the command that failed; what yargs declares of itself does not have it.
  const { key, hiddenOptions } = knownOptions(program)
  const known = Object.keys(key).filter((name) => !hiddenOptions.includes(name))
  const shown = known.filter((name) => name.length > 1 && !/[A-Z]/.test(name))
  const faults = beforeRest(words).flatMap((word) => {
    const [, option] = /^--([^=]+)/.exec(word) ?? []
    if (!option || option in key || option.replace(/^no-/, '') in key) return []
    const meant = nearest(option, shown)
    const question = meant ? `did you mean --${meant}?` : insteadOf(option, commandOf(program))
    return [['Unknown option', `--${option}`, question].filter(Boolean).join(': ')]
  })
  return faults.length > 0 ? faults.join('\n') : undefined
}

/** The values that were probably meant by words that are none of those an option or a word may be. */
export function meantValues(words: string[], program: object): string[] {
  const { choices } = knownOptions(program)
  const known = Object.values(choices).flat().map(String)
  const given = beforeRest(words).map((word) => word.replace(/^--[^=]+=/, ''))
  return given.flatMap((word) => {
    const meant = known.includes(word) ? undefined : nearest(word, known)
    return meant === undefined ? [] : [`${word}: did you mean ${meant}?`]
  })
}

// What other programs have as an option, and a command of ours does.
function insteadOf(option: string, [command]: string[]): string | undefined {
  if (command === 'run' && nearest(option, ['dry-run']) !== undefined)
    return '`sparkify plan` says what a run would do.'
  if (['audit', 'model', 'query'].includes(command!) && option === 'select')
    return 'names stand without an option, as in `sparkify audit +time`.'
  return undefined
}

/** The command that is parsed, with the one within it: cluster, up. */
function commandOf(program: object): string[] {
  const methods = (program as WithContext).getInternalMethods()
  return methods.getContext().commands
}

/** @throws UsageError for an option that has to be a number, and is none: yargs takes it for NaN, or for 0 */
export function checkNumbers(words: string[], program: object): void {
  const faults = faultsOfNumbers(words, program)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

/** What is given for options that have to be numbers, and is none. */
export function faultsOfNumbers(words: string[], program: object): string[] {
  const { number } = knownOptions(program)
  return beforeRest(words).flatMap((word, i, before) => {
    const [, option = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) // maxErrors
    if (!number.includes(name)) return []
    const given = value ?? (before[i + 1]?.startsWith('--') ? '' : before[i + 1])
    if (given && !Number.isNaN(Number(given))) return []
    return [`--${name} is ${given || 'missing'}: a number is expected.`]
  })
}

/**
 * Makes of the words behind --, which yargs only collects, words of the command: its names, or what else it takes.
 * @param forms of the words of commands, as `query [names..]`
 * @throws UsageError for more words than it takes
 */
export function takeRest(
  options: { _: unknown[]; [name: string]: unknown },
  program: object,
  forms: string[],
): void {
  const command = commandOf(program)
  const rest = options._.splice(command.length).map(String)
  if (rest.length === 0) return
  const form = forms.find((one) => one.split(' ', 1)[0] === command[0])!
  const [, name, isList] = /\[(\w+)(\.\.)?\]$/.exec(form) ?? []
  if (name && isList) options[name] = [...(options[name] as string[]), ...rest]
  else if (name && options[name] === undefined && rest.length === 1) options[name] = rest[0]
  else throw new UsageError(`Too many words: ${rest.join(' ')}, behind --.\n${helpHint(program)}`)
}

/** How to see what the command takes. */
export function helpHint(program: object): string {
  const help = ['sparkify', ...commandOf(program), '--help'].join(' ')
  return `\`${help}\` shows what there is.`
}

/** The words up to --, behind which none is an option. */
export function beforeRest(words: string[]): string[] {
  return words.includes('--') ? words.slice(0, words.indexOf('--')) : words
}

interface WithContext {
  getInternalMethods(): { getContext(): { commands: string[] } }
}

/** The options of the command that is parsed. */
export function knownOptions(program: object): KnownOptions {
  return (program as { getOptions(): KnownOptions }).getOptions()
}

export interface KnownOptions {
  key: Record<string, unknown>
  boolean: string[]
  number: string[]
  choices: Record<string, readonly unknown[]>
  hiddenOptions: string[]
}
