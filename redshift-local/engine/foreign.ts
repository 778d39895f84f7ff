import * as fs from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ForeignFolder } from '../errors'

type Places = Record<'folder' | 'cluster' | 'fifo' | 'log', string>

/**
 * Makes sure, before anything in the folder changes, that it is not there yet, is empty, or holds the data
 * of a local Redshift. Under root it is given to another account, and everything in it would be.
 * @throws ForeignFolder where it is something else
 */
export function refuseForeign(data: Places): void {
  const found = whatIsWrong(data)
  if (found === undefined) return
  throw new ForeignFolder(
    `LOCAL_WAREHOUSE, ${data.folder}, ${found}: an empty or a new folder is expected, or one that ` +
      'a local Redshift made. Set it to another folder.',
  )
}

function whatIsWrong({ folder, cluster, fifo, log }: Places): string | undefined {
  if (!fs.existsSync(folder)) return undefined
  const stats = fs.statSync(folder)
  if (!stats.isDirectory()) return 'is a file'
  if (isShared(fs.realpathSync(folder), stats)) return 'is a folder of the system or of a user'
  if (fs.existsSync(join(cluster, 'PG_VERSION')) && [fifo, log].some((one) => fs.existsSync(one)))
    return undefined
  const others = namesIn(folder).filter((name) => !isFirst(name, folder))
  return others.length > 0 ? `holds ${listed(others)}` : undefined
}

// Often empty in a container, and not ours even then.
const ofSystem = ['/boot', '/home', '/media', '/mnt', '/opt', '/root', '/srv', '/tmp', '/var/tmp']

function isShared(folder: string, { mode }: fs.Stats): boolean {
  const isSticky = (mode & 0o1000) !== 0
  return isSticky || ['/', homedir(), tmpdir(), ...ofSystem].includes(folder)
}

/** True for what may lie there before there is data: by a start that was killed, or on a new disk. */
function isFirst(name: string, folder: string): boolean {
  if (name === 'buckets') return namesIn(join(folder, name)).every((one) => one === 'sparkify-work')
  return /^(postgres\.new-.*|leases(\..*)?|postgres\.log|lost\+found|\.DS_Store)$/.test(name)
}

/** None where it cannot be read: whoever writes there says so. */
function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort()
  } catch {
    return []
  }
}

function listed(names: string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return `${names.slice(0, 3).join(', ')}${more}`
}
