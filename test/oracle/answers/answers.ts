import type { Row } from '../records'
import type { Star } from '../star'
import { freeAndPaidPlays, latestChangesOfLevel, listeningTime } from './levels'
import { timeToPaid, upgradesAndDowngrades } from './levels'
import { mostActiveUsers, weeklyRetention } from './listeners'
import { playsPerLocalHour } from './places'
import { browsers, platforms, playsPerLocation } from './locations'
import { sessionsPerDay, songsPerSession } from './sessions'
import { artistsByLevel, mostPlayedArtists, mostPlayedSongs, songsByLevel } from './songs'
import { knownSongs, playsPerDay, playsPerHour, playsPerWeek } from './times'
import { playsPerWeekday, playsPerWeekdayAndHour } from './times'

/**
 * The answers to the questions of queries/, by their names: what those say in SQL, this says in plain
 * TypeScript, without a line in common.
 */
export const answers: Record<string, (star: Star) => Row[]> = {
  artists_by_level: artistsByLevel,
  browsers,
  free_and_paid_plays: freeAndPaidPlays,
  known_songs: knownSongs,
  latest_changes_of_level: latestChangesOfLevel,
  listening_time: listeningTime,
  most_active_users: mostActiveUsers,
  most_played_artists: mostPlayedArtists,
  most_played_songs: mostPlayedSongs,
  platforms,
  plays_per_day: playsPerDay,
  plays_per_hour: playsPerHour,
  plays_per_local_hour: playsPerLocalHour,
  plays_per_location: playsPerLocation,
  plays_per_week: playsPerWeek,
  plays_per_weekday: playsPerWeekday,
  plays_per_weekday_and_hour: playsPerWeekdayAndHour,
  sessions_per_day: sessionsPerDay,
  songs_by_level: songsByLevel,
  songs_per_session: songsPerSession,
  time_to_paid: timeToPaid,
  upgrades_and_downgrades: upgradesAndDowngrades,
  weekly_retention: weeklyRetention,
}
