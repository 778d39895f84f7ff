/** What a listener has: the plan with advertisements, or the one that is paid for. */
export type Level = 'free' | 'paid'

type PageKey =
  | 'NextSong'
  | 'Home'
  | 'Settings'
  | 'Save Settings'
  | 'Upgrade'
  | 'Submit Upgrade'
  | 'Downgrade'
  | 'Submit Downgrade'
  | 'Help'
  | 'About'
  | 'Error'
  | 'Logout'
  | 'Home, logged out'
  | 'Login'
  | 'About, logged out'
  | 'Help, logged out'

/** Where a click leads to: the page to change the plan is Upgrade or Downgrade, as the level wants it. */
type Choice = PageKey | 'Change plan'

/** A page as a log line has it, and where one goes from there. */
export interface Page {
  readonly name: string
  readonly method: 'GET' | 'PUT'
  readonly status: 200 | 307 | 404
  readonly loggedIn: boolean
  /** Follows the page before within a second, since one click causes both. */
  readonly atOnce?: true
  /** The level from the next event on. */
  readonly makes?: Level
  readonly next: ReadonlyMap<Choice, number>
}

const choices = (weights: Partial<Record<Choice, number>>): ReadonlyMap<Choice, number> =>
  new Map(Object.entries(weights) as [Choice, number][])

const seen = { method: 'GET', status: 200, loggedIn: true } as const
const sent = { method: 'PUT', status: 307, loggedIn: true, atOnce: true } as const
const loggedOut = { ...seen, loggedIn: false } as const
const backHome = choices({ Home: 1 })

/** How a session begins: counts of the real logs. */
export const entrances = choices({
  NextSong: 507,
  Home: 351,
  'Home, logged out': 54,
  Login: 25,
  About: 2,
  Help: 1,
  Error: 1,
})

/** The pages, with what follows what how often: counts of the real logs. */
export const pages: Readonly<Record<PageKey, Page>> = {
  NextSong: {
    ...seen,
    name: 'NextSong',
    method: 'PUT',
    next: choices({
      NextSong: 5778,
      Home: 143,
      Logout: 78,
      'Change plan': 65,
      Settings: 33,
      Help: 32,
      About: 14,
      Error: 8,
    }),
  },
  Home: {
    ...seen,
    name: 'Home',
    next: choices({ NextSong: 431, Settings: 19, Logout: 9, 'Change plan': 9, Home: 5, About: 2 }),
  },
  Settings: {
    ...seen,
    name: 'Settings',
    next: choices({ NextSong: 30, 'Save Settings': 10, Settings: 4, Home: 4, Help: 4, Logout: 3 }),
  },
  'Save Settings': { ...sent, name: 'Save Settings', next: backHome },
  Upgrade: {
    ...seen,
    name: 'Upgrade',
    next: choices({ 'Submit Upgrade': 8, Home: 5, NextSong: 3, Upgrade: 2 }),
  },
  'Submit Upgrade': { ...sent, name: 'Submit Upgrade', makes: 'paid', next: backHome },
  Downgrade: {
    ...seen,
    name: 'Downgrade',
    // In the real logs 1 of 49 is submitted; with so few, everybody would pay before long.
    next: choices({ NextSong: 35, Home: 10, Downgrade: 3, 'Submit Downgrade': 4 }),
  },
  'Submit Downgrade': { ...sent, name: 'Submit Downgrade', makes: 'free', next: backHome },
  Help: {
    ...seen,
    name: 'Help',
    next: choices({ NextSong: 30, Home: 2, 'Change plan': 2, Help: 1 }),
  },
  About: { ...seen, name: 'About', next: choices({ Home: 4, About: 4, NextSong: 4 }) },
  Error: { ...seen, name: 'Error', status: 404, next: choices({ NextSong: 2, Home: 1 }) },
  Logout: { ...sent, name: 'Logout', next: choices({ 'Home, logged out': 1 }) },
  'Home, logged out': {
    ...loggedOut,
    name: 'Home',
    next: choices({
      Login: 61,
      'Home, logged out': 25,
      'About, logged out': 13,
      'Help, logged out': 6,
    }),
  },
  Login: { ...sent, name: 'Login', loggedIn: false, next: backHome },
  'About, logged out': {
    ...loggedOut,
    name: 'About',
    next: choices({ Login: 4, 'Home, logged out': 2, 'About, logged out': 1 }),
  },
  'Help, logged out': {
    ...loggedOut,
    name: 'Help',
    next: choices({ 'Help, logged out': 3, Login: 2 }),
  },
}

/** The page that a choice leads a listener of that level to. */
export function pageOf(choice: Choice, level: Level): Page {
  if (choice !== 'Change plan') return pages[choice]
  return level === 'free' ? pages.Upgrade : pages.Downgrade
}
