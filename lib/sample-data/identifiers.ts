import { Random } from './random'
import { streams } from './streams'

const FOLDERS = 26 ** 3
const SONGS_PER_FOLDER = 22
const MOST = 2 ** 28

const A = 'A'.charCodeAt(0)

/** The track id of song `index` of `count`; its 3rd to 5th letters name its folder, 22 songs or more in each. */
export function trackId(seed: number, index: number, count: number): string {
  const folder = Math.floor(index / Math.max(SONGS_PER_FOLDER, Math.ceil(count / FOLDERS)))
  const letters = folderLetters(folder) + randomLetters(seed, index, 2)
  return 'TR' + letters + '128' + uniqueHex(seed, index)
}

/** The song id of song `index`. */
export function songId(seed: number, index: number): string {
  return 'SO' + randomLetters(seed, index + MOST, 5) + '12A' + uniqueHex(seed, index + MOST)
}

/** The artist id of artist `index`. */
export function artistId(seed: number, index: number): string {
  return 'AR' + randomLetters(seed, index + 2 * MOST, 5) + '118' + uniqueHex(seed, index + 2 * MOST)
}

const letter = (value: number): string => String.fromCharCode(A + (value % 26))

const folderLetters = (folder: number): string =>
  letter(Math.floor(folder / 676)) + letter(Math.floor(folder / 26)) + letter(folder)

function randomLetters(seed: number, entry: number, length: number): string {
  const random = new Random(seed, streams.identifiers, entry)
  return Array.from({ length }, () => letter(random.below(26))).join('')
}

/** Eight digits that differ for every entry: MurmurHash3's finalizer (Austin Appleby) is one to one. */
function uniqueHex(seed: number, entry: number): string {
  let hash = (entry + 0x9e3779b9) ^ seed
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0')
}
