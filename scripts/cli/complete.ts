import { resolve } from 'node:path'
import type { KnownOptions } from './words'

/** What a shell's Tab asks with, the words before the cursor behind it; yargs answers with what it knows. */
export const completionWord = '--get-yargs-completions'

const program = resolve(__dirname, '..', 'sparkify.js').replaceAll("'", "'\\''")

/** The command that a shell asks, wherever it stands. */
export const completionCommand = `node '${program}' ${completionWord}`

interface Names {
  /** Words of which one has to stand before the names. */
  behind: string[]
  names: () => Promise<string[]>
}

/** The commands that take names, of which yargs does not know, since globs are taken as well. */
const commands: Record<string, Names> = {
  model: { behind: ['list', 'show', 'up', 'down'], names: modelNames },
  audit: { behind: ['audit'], names: tableNames },
  query: { behind: ['query'], names: questionNames },
}

/** The options whose value is one of some names, which yargs does not know. */
const valueNames: Record<string, () => Promise<string[]>> = { dataset: datasetNames }

/** Options whose value is a file or a folder, which the shell knows. */
const fileOptions = ['out', 'file', 'sample']

/** Options whose value selects some of those names. */
const nameOptions = ['exclude']

/** What a shell is told where it has to complete files itself; no name looks like it. */
const files = ':files'

/** Words with `--option=value` as two of them; bash hands it over as three. */
export function apart(words: string[]): string[] {
  return words.flatMap((word, i) => {
    const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    if (option !== undefined) return [option, value!]
    if (word !== '=' || !words[i - 1]?.startsWith('--')) return [word]
    return i === words.length - 1 ? [''] : []
  })
}

/**
 * What may stand for the last of the words.
 * @param known what yargs has to offer
 */
export async function complete(
  words: string[],
  known: string[],
  options: KnownOptions,
): Promise<string[]> {
  const option = words.includes('--') ? undefined : /^--(.+)/.exec(words.at(-2) ?? '')?.[1]
  const takesValue = option && option in options.key && !options.boolean.includes(option)
  if (!takesValue) return [...known, ...(await namesFor(words))]
  if (fileOptions.includes(option)) return [files]
  if (nameOptions.includes(option)) return namesFor(words)
  if (option in valueNames) return valueNames[option]!()
  return option in options.choices ? known : []
}

/** The names that may stand for the last of the words; behind a comma or a plus, a word goes on with a name. */
async function namesFor(words: string[]): Promise<string[]> {
  const before = words.slice(0, -1)
  const taken = commands[before.find((word) => word in commands) ?? '']
  if (!taken?.behind.some((word) => before.includes(word))) return []
  const [begun] = /^(.*,)?(\d*\+)?/s.exec(words.at(-1)!)!
  return (await taken.names()).map((name) => begun + name)
}

async function modelNames(): Promise<string[]> {
  const { models } = await import('../../models/index.ts')
  return models.map(({ name }) => name)
}

async function tableNames(): Promise<string[]> {
  const { tables } = await import('../../models/index.ts')
  return tables.map(({ name }) => name)
}

async function datasetNames(): Promise<string[]> {
  const { readDatasets } = await import('../../lib/questions/dataset.ts')
  return [...readDatasets().keys()]
}

async function questionNames(): Promise<string[]> {
  const { readQuestions } = await import('../../lib/questions/question.ts')
  return readQuestions().map(({ name }) => name)
}

/** What a shell runs once to complete `sparkify`: whenever Tab is pressed it asks `command` for the words. */
export const completionScripts = {
  bash: (command: string) => `# In ~/.bashrc: eval "$(npx sparkify completion bash)"
_sparkify() {
  local IFS=$'\\n' prefix= word="\${COMP_WORDS[COMP_CWORD]}"
  local words=("\${COMP_WORDS[@]:0:COMP_CWORD+1}")
  local found=$(SHELL=bash ${command} "\${words[@]}" 2>/dev/null)
  if [[ $found == ${files} ]]; then
    COMPREPLY=()
    compopt -o default 2>/dev/null
    return
  fi
  [[ $word == = ]] && word=
  [[ $word == --*=* ]] && prefix="\${word%%=*}=" word="\${word#*=}"
  COMPREPLY=($(compgen -P "$prefix" -W "$found" -- "$word"))
}
complete -F _sparkify sparkify`,

  zsh: (command: string) => `# In ~/.zshrc, after compinit: eval "$(npx sparkify completion zsh)"
_sparkify() {
  local -a found
  found=(\${(f)"$(SHELL=zsh ${command} "\${(@)words[1,CURRENT]}" 2>/dev/null)"})
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  if [[ $found[1] == ${files} ]]; then _files; else _describe 'sparkify' found; fi
}
compdef _sparkify sparkify`,
}

export type Shell = keyof typeof completionScripts
