/** A command as a page shows it. */
export interface Line {
  command: string
  /** What is said behind #: "exit code 3" expects just that. */
  comment: string
}

/** The commands in the ```sh blocks, one by one; a line that ends in a backslash goes on in the next. */
export function shellLines(markdown: string): Line[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text!)
  return blocks
    .flatMap((text) => text.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => /^(.*?)(?:(?:^|\s+)#\s*(.*))?$/.exec(line.trim())!)
    .flatMap(([, text, comment = '']) =>
      text!.split(' && ').map((command) => ({ command: command.trim(), comment })),
    )
    .filter(({ command }) => command !== '')
}

/** Variables and words of a `sparkify` command that takes nothing of a shell but quotes. */
export function ownWords(command: string) {
  const form = /^((?:[A-Z_]+=\S+ )*)npx sparkify ([^$`|<>&;\\]+)$/
  const [, before, rest] = form.exec(command) ?? []
  if (rest === undefined) return undefined
  const variables = [...before!.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [
    name,
    value,
  ])
  const words = rest.match(/"[^"]*"|'[^']*'|\S+/g)!
  return {
    variables: Object.fromEntries(variables) as Record<string, string>,
    words: words.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2')),
  }
}
