/** One stream of random numbers per thing that is made up, so that none disturbs another. */
export const streams = {
  songs: 1,
  durations: 2,
  years: 10,
  artists: 3,
  identifiers: 4,
  strangers: 5,
  strangerArtists: 6,
  listeners: 7,
  days: 8,
  activity: 9,
} as const
