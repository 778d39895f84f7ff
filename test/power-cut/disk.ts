import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * An ext4 file system in a file, mounted by a loop device, whose power can be cut: what Linux has written
 * to the device stays, what it kept in memory is gone. A device that loses what it has taken and not been
 * asked to flush is not imitated; what is written back, and when, is chosen at random.
 */
export class Disk {
  constructor(
    private readonly image: string,
    readonly folder: string,
  ) {
    fs.mkdirSync(folder, { recursive: true })
  }

  /** Why there cannot be one here, if so. */
  static get missing(): string | undefined {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return 'root of a Linux'
    try {
      for (const program of ['mkfs.ext4', 'losetup', 'perl', 'dd']) execFileSync('which', [program])
      execFileSync('losetup', ['-f'])
      return undefined
    } catch {
      return 'mkfs.ext4, perl and a loop device'
    }
  }

  format(megabytes: number): void {
    fs.writeFileSync(this.image, '')
    fs.truncateSync(this.image, megabytes * 1024 * 1024)
    execFileSync('mkfs.ext4', ['-q', '-F', this.image])
  }

  mount(): void {
    execFileSync('mount', ['-o', 'loop,commit=1', this.image, this.folder])
  }

  /** What it holds is that of `other`, which is not mounted. */
  become(other: Disk): void {
    execFileSync('cp', ['--sparse=always', other.image, this.image])
  }

  /** Writes some of the files back, as Linux does in its own time; of a few it waits for the metadata. */
  writeBackSome(share: number): void {
    const some = this.#files().filter(() => Math.random() < share)
    // dd with nocache and no blocks asks the kernel to begin with writing the file's pages.
    const begin = 'for f; do dd "of=$f" oflag=nocache conv=notrunc count=0 2>/dev/null; done; true'
    if (some.length > 0) execFileSync('sh', ['-c', begin, 'sh', ...some])
    if (some.length > 0 && Math.random() < 0.3) {
      try {
        execFileSync('sync', some.slice(0, 1), { stdio: 'ignore' })
      } catch {
        // it was removed meanwhile
      }
    }
  }

  #files(): string[] {
    try {
      return fs
        .readdirSync(this.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    } catch {
      return [] // a folder was removed meanwhile
    }
  }

  /** Cuts the power, and mounts again what is left. `kill` ends the processes that work there. */
  async cut(kill: () => void): Promise<void> {
    this.#shutDown()
    kill()
    await this.unmount(kill)
    this.mount()
  }

  // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on nothing is written, not even the journal.
  #shutDown(): void {
    const program =
      'open my $d, "<", $ARGV[0] or die $!; my $how = pack "L", 2; ioctl($d, 0x8004587D, $how) or die $!'
    execFileSync('perl', ['-e', program, this.folder])
  }

  async unmount(kill?: () => void): Promise<void> {
    for (let i = 0; ; i++) {
      try {
        execFileSync('umount', [this.folder], { stdio: ['ignore', 'ignore', 'pipe'] })
        return
      } catch (error) {
        if (i === 200) throw error
        kill?.()
        await sleep(50)
      }
    }
  }

  get isMounted(): boolean {
    return fs.readFileSync('/proc/mounts', 'utf8').includes(` ${this.folder} `)
  }
}

/** Ends whatever works below `folder`: its name is in their words, or in those of their parent. */
export function killAllIn(folder: string): void {
  const processes = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        const parent = fs
          .readFileSync(`/proc/${pid}/stat`, 'utf8')
          .split(') ')
          .at(-1)!
          .split(' ')[1]
        return [{ pid: Number(pid), parent: Number(parent), words }]
      } catch {
        return []
      }
    })
  const below = ({ words }: { words: string[] }) =>
    words.some((word) => word.startsWith(`${folder}/`))
  const own = new Set(processes.filter(below).map(({ pid }) => pid))
  own.delete(process.pid)
  for (const { pid, parent } of processes) {
    if (!own.has(pid) && !own.has(parent)) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // gone
    }
  }
}
