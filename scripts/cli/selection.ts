/** What a command takes to select models or questions by: see `select` of lib/warehouse. */
export interface Selection {
  names: string[]
  exclude: string[]
}

/** The words that say which ones are meant. */
export const namesOf = (what: string) =>
  ({
    type: 'string',
    array: true,
    default: [] as string[],
    describe: `${what}: name, glob, +name, name+, 1+name, name+2; a,b is both; none: all`,
  }) as const

/** The option that says which ones of them are not. */
export const excluded = {
  type: 'string',
  array: true,
  requiresArg: true,
  default: [] as string[],
  describe: 'leave out what these select',
} as const
