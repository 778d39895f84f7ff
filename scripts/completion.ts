import type { Shell } from './cli/complete'
import type { Command } from './cli/main'

interface Options {
  shell: Shell
}

const shells: Shell[] = ['bash', 'zsh']

const command: Command<Options> = {
  command: 'completion [shell]',
  describe: 'Print what makes a shell complete commands, options and names',
  builder: (yargs) =>
    yargs
      .positional('shell', {
        choices: shells,
        default: shells.find((shell) => process.env.SHELL?.endsWith(shell)) ?? 'bash',
        defaultDescription: 'the shell of this session',
        describe: 'what is to complete them',
      })
      .example('$0 completion bash', 'the first line of what it prints says where it goes'),
  async handler({ shell, json, output }) {
    const { completionCommand, completionScripts } = await import('./cli/complete.ts')
    const script = completionScripts[shell](completionCommand)
    if (json) output.document({ shell, script })
    else output.printWhole(script)
  },
}

export = command
