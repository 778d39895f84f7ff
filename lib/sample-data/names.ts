import type { Random } from './random'
import {
  accented,
  adjectives,
  bandWords,
  emoji,
  nonLatin,
  nouns,
  verbs,
  versions,
} from './vocabulary'

type Pattern = (random: Random) => string

const LONGEST = 180
const NO_BREAK_SPACE = '\u00a0'

/** The name of a song that nobody has written: mostly plain, at times all that trips up a loader. */
export function inventTitle(random: Random): string {
  const title = random.weighted(titlePatterns)(random)
  const version = random.chance(18, 100) ? `${title} ${random.pick(versions)}` : title
  return random.chance(1, 30) ? random.pick(oddities)(version, random) : version
}

/** The name of an artist who does not exist. */
export function inventArtist(random: Random): string {
  const name = random.weighted(artistPatterns)(random)
  return random.chance(1, 60) ? random.pick(oddities)(name, random) : name
}

const titlePatterns = new Map<Pattern, number>([
  [(random) => `${random.pick(adjectives)} ${random.pick(nouns)}`, 22],
  [(random) => `${random.pick(nouns)} Of The ${random.pick(adjectives)} ${random.pick(nouns)}`, 10],
  [(random) => `${random.pick(verbs)} The ${random.pick(nouns)}`, 12],
  [(random) => `${random.pick(verbs)} My ${random.pick(adjectives)} ${random.pick(nouns)}`, 10],
  [(random) => `Don't ${random.pick(verbs)} The ${random.pick(nouns)}`, 7],
  [(random) => `${random.pick(nouns)}'s ${random.pick(nouns)}`, 6],
  [(random) => `${random.pick(nouns)}, ${random.pick(nouns)} & ${random.pick(nouns)}`, 5],
  [(random) => `The ${random.pick(nouns)} In ${random.pick(nouns)} ${1 + random.below(99)}`, 5],
  [(random) => `${random.pick(nouns)}`, 4],
  [(random) => `${random.pick(accented)} ${random.pick(nouns)}`, 2],
  [(random) => `${random.pick(accented)} ${random.pick(accented)}`, 1],
  [(random) => `${random.pick(nonLatin)} ${random.pick(nonLatin)}`, 1],
])

const artistPatterns = new Map<Pattern, number>([
  [(random) => `The ${random.pick(adjectives)} ${random.pick(bandWords)}`, 26],
  [(random) => `${random.pick(nouns)} ${random.pick(bandWords)}`, 20],
  [(random) => `${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(bandWords)}`, 14],
  [(random) => `${random.pick(nouns)} & The ${random.pick(bandWords)}`, 10],
  [(random) => `${random.pick(verbs)} ${random.pick(nouns)}`, 10],
  [(random) => `DJ ${random.pick(nouns)} ${1 + random.below(99)}`, 5],
  [(random) => `${random.pick(nouns)} O'${random.pick(bandWords)}`, 4],
  [(random) => `${random.pick(accented)} ${random.pick(bandWords)}`, 2],
  [(random) => `Los ${random.pick(accented)}`, 1],
  [(random) => `${random.pick(nonLatin)} ${random.pick(nonLatin)}`, 1],
])

const oddities: readonly ((text: string, random: Random) => string)[] = [
  (text) => ` ${text}`,
  (text) => `${text} `,
  (text) => text + NO_BREAK_SPACE,
  (text) => `"${text}"`,
  (text, random) => `${text} "${random.pick(nouns)}"`,
  (text, random) => `${text}\\${random.pick(nouns)}`,
  (text, random) => `${text} / ${random.pick(nouns)}`,
  (text, random) => `${text}_ ${random.pick(nouns)};${random.pick(adjectives)}`,
  (text, random) => `${text}, Pt. ${1 + random.below(9)}`,
  (text, random) => `${text} ${random.pick(emoji)}`,
  (text, random) => `${random.pick(emoji)}${text}`,
  (text, random) => `${text} | ${random.pick(nouns)}\t${random.pick(nouns)}`,
  lengthened,
  lengthened,
]

function lengthened(text: string, random: Random): string {
  let long = text
  for (;;) {
    const longer = `${long}, The ${random.pick(adjectives)} ${random.pick(nouns)}`
    if (longer.length > LONGEST) return long
    long = longer
  }
}
