import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { FolderBuckets } from '../../object-store/folder'
import { listAll, objectStore, readText } from '../../object-store/index'
import { readObjects } from '../../object-store/read-objects'
import { ObjectStoreError, type StoredObject } from '../../object-store/store'
import { buckets } from '../redshift-local/copy/copying'

describe('A folder of buckets', () => {
  const { folder, put } = buckets()
  const store = objectStore({ folders: [join(folder, 'buckets')] })

  const list = async (prefix: string) => {
    const listed = await listAll(store, `s3://b/${prefix}`)
    return listed.map(({ url }) => url.slice('s3://b/'.length))
  }

  before(() => {
    put('secret', 'no bucket has this')
    put('outside/file', 'linked')
    for (const key of ['a/b', 'a/c/d', 'a.x', 'a0', 'ä', '\u{1f600}', '\uff5e'])
      put(`buckets/b/${key}`, 'x')
    mkdirSync(join(folder, 'buckets/b/empty'))
    symlinkSync(join(folder, 'outside'), join(folder, 'buckets/b/link'))
  })

  it('lists keys in the byte order of UTF-8, folders within', async () => {
    expect(await list('')).to.deep.equal([
      'a.x',
      'a/b',
      'a/c/d',
      'a0',
      'link/file',
      'ä',
      '\uff5e',
      '\u{1f600}',
    ])
    expect(await list('a/c')).to.deep.equal(['a/c/d'])
    expect(await list('a/c/')).to.deep.equal(['a/c/d'])
    expect(await list('none/')).to.deep.equal([])
  })

  it('is never left', async () => {
    for (const prefix of ['../', '../secret', 'a/../../', '/', '/etc/', 'a//']) {
      expect(await list(prefix)).to.deep.equal([])
      expect(await store.open(`s3://b/${prefix}secret`)).to.equal(undefined)
    }
    expect(await store.open(`s3://b/${join(folder, 'secret')}`)).to.equal(undefined)
    expect(await store.open('s3://b/a/b\0')).to.equal(undefined)
    for (const bucket of ['..', '.', '', 'b/a', '../outside', 'none'])
      expect(new FolderBuckets(join(folder, 'buckets')).has(bucket)).to.equal(false)
    const error = await store.put('s3://b/../x', '').catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(ObjectStoreError)
    expect(error).to.include({ code: 'invalid url', message: '"../x" is no name for a file' })
  })

  it('lists and opens names of any characters, each by itself', async () => {
    const names = ['A', '\\', 'a', 'a\nb', 'a\\b', '\u{301}e', '\ufffd']
    for (const name of names) put(`buckets/b/odd/${name}`, name)
    const keys = await list('odd/')
    expect(keys.map((key) => key.slice(4)).sort()).to.deep.equal([...names].sort())
    for (const key of keys) expect(await readText(store, `s3://b/${key}`)).to.equal(key.slice(4))
  })

  const refused: [name: string, says: string, make: (path: string) => void][] = [
    ['fifo', 'is a FIFO', (path) => spawnSync('mkfifo', [path])],
    ['device', 'is a device', (path) => symlinkSync('/dev/zero', path)],
    ['gone', 'is a symbolic link to nothing', (path) => symlinkSync('nowhere', path)],
    ['self', 'is a symbolic link to itself', (path) => symlinkSync('self', path)],
    ['up', 'is a link to a folder that it lies in', (path) => symlinkSync('..', path)],
    ['out', 'is a link to a folder that it lies in', (path) => symlinkSync('/', path)],
    ['round/a', 'is a link to a folder that it lies in', linkedInACircle],
    ['caf\\xe9', 'has a name that is not UTF-8', withLatin1Name],
    ['socket', 'is a socket', (path) => servers.push(createServer().listen(path))],
  ]
  const servers: Server[] = []
  after(() => servers.forEach((server) => server.close()))

  for (const [name, says, make] of refused)
    it(`refuses what S3 cannot hold by its name: ${name} ${says}`, async () => {
      const place = join(folder, 'buckets/refused')
      rmSync(place, { recursive: true, force: true })
      put('buckets/refused/good', 'x')
      make(join(place, name))
      const error = await listAll(store, 's3://refused/').then(
        (listed) => expect.fail(`it listed ${listed.map(({ url }) => url).join(', ')}`),
        (thrown: unknown) => thrown as ObjectStoreError,
      )
      expect(error).to.be.instanceOf(ObjectStoreError).with.property('code', 'not an object')
      expect(error.message)
        .to.contain(`${join(place, name.split('/')[0]!)}`)
        .and.contain(says)
      for (const { url } of await listAll(store, 's3://refused/goo')) expect(url).to.match(/good$/)
      const opened = await store.open(`s3://refused/${name}`).catch((thrown: unknown) => thrown)
      if (!(opened instanceof ObjectStoreError)) expect(opened).to.equal(undefined)
      const read = await readAll([[{ url: `s3://refused/${name}` }]]).catch(
        (thrown: unknown) => thrown,
      )
      if (!(read instanceof ObjectStoreError)) expect(read).to.deep.equal({})
    })

  /** The bytes of objects by their URLs, however they came. */
  async function readAll(pages: StoredObject[][], signal?: AbortSignal) {
    const whole: Record<string, string> = {}
    const open: string[] = []
    for await (const batch of readObjects(store, pages, { signal })) {
      expect(batch).to.not.deep.equal([])
      for (const { item, bytes, last } of batch) {
        expect(open.filter((url) => url !== item.url)).to.deep.equal([])
        whole[item.url] = (whole[item.url] ?? '') + bytes.toString()
        if (last) open.pop()
        else if (open.length === 0) open.push(item.url)
      }
    }
    return whole
  }

  it('is read whole and in order, small files and large ones, whatever their sizes were', async () => {
    const sizes = [0, 5, 300_000, 1, 262_143, 262_144, 0, 3_000_000, 7, 200_000, 200_000]
    const expected: Record<string, string> = {}
    const pages = sizes.map((size, index) => {
      const url = `s3://b/sizes/${index}`
      put(`buckets/b/sizes/${index}`, (expected[url] = `${index}`.repeat(size)))
      return [{ url }, { url: `s3://b/sizes/none${index}` }]
    })
    const read = await readAll([pages.flat()])
    expect(Object.keys(read)).to.deep.equal(Object.keys(expected))
    expect(read).to.deep.equal(expected)
    for (const wrong of [0, 1, 5, 262_143, 1e9]) {
      const sized = pages.map((page) => page.map(({ url }) => ({ url, size: wrong })))
      expect(await readAll(sized), `${wrong} bytes`).to.deep.equal(expected)
    }
  })

  it('is read no further once that is called off', async () => {
    for (const key of ['1', '2']) put(`buckets/b/off/${key}`, key)
    const off = new AbortController()
    const reason = new Error('called off')
    const read: string[] = []
    const pages = [[{ url: 's3://b/off/1' }], [{ url: 's3://b/off/2' }]]
    const reading = (async () => {
      for await (const batch of readObjects(store, pages, { signal: off.signal })) {
        read.push(...batch.map(({ item }) => item.url))
        off.abort(reason)
      }
    })()
    expect(await reading.catch((error: unknown) => error)).to.equal(reason)
    expect(read).to.deep.equal(['s3://b/off/1'])
  })

  it('tells the etag of what is opened as the listing does', async () => {
    for (const { etag } of await listAll(store, 's3://b/a/b')) {
      const object = await store.open('s3://b/a/b')
      await object!.close()
      expect(object!.etag).to.equal(etag)
    }
  })

  it('takes text, and bytes as they come', async () => {
    await store.put('s3://b/new/text', 'text')
    await store.put('s3://b/new/stream', streamOf('some', 'thing'))
    expect(await list('new/')).to.deep.equal(['new/stream', 'new/text'])
    expect(readFileSync(join(folder, 'buckets/b/new/stream'), 'utf8')).to.equal('something')
  })

  it('keeps what was there where the new bytes fail, and nothing else', async () => {
    await store.put('s3://b/kept/object', 'former')
    const failing = async function* () {
      yield* streamOf('half')
      throw new Error('failed')
    }
    const error = await store.put('s3://b/kept/object', failing()).catch((thrown: Error) => thrown)
    expect((error as Error).message).to.equal('failed')
    expect(readdirSync(join(folder, 'buckets/b/kept'))).to.deep.equal(['object'])
    expect(readFileSync(join(folder, 'buckets/b/kept/object'), 'utf8')).to.equal('former')
  })

  it('removes what is there, and nothing else', async () => {
    await store.put('s3://b/gone/object', 'x')
    for (const key of ['gone/object', 'gone/object', 'gone/none', 'gone/../gone']) {
      await store.remove(`s3://b/${key}`)
      expect(await list('gone/')).to.deep.equal([])
    }
  })

  it('shows no file that is being written, and clears what a dead process left', async () => {
    const dead = spawnSync(process.execPath, ['--version']).pid
    const [left, alive] = [`.object.${dead}.partial`, `.object.${process.ppid}.partial`]
    for (const name of [left, alive]) put(`buckets/b/clear/${name}`, 'half')
    expect(await list('clear/')).to.deep.equal([])
    await store.put('s3://b/clear/object', 'whole')
    expect(readdirSync(join(folder, 'buckets/b/clear')).sort()).to.deep.equal([alive, 'object'])
  })

  it('opens files, and nothing else', async () => {
    const object = await store.open('s3://b/link/file')
    const chunks: Buffer[] = []
    for await (const chunk of object!.chunks) chunks.push(chunk)
    await object!.close()
    expect(Buffer.concat(chunks).toString()).to.equal('linked')
    expect(object!.size).to.equal(6)
    for (const key of ['a', 'a/', 'a/b/', 'none', ''])
      expect(await store.open(`s3://b/${key}`)).to.equal(undefined)
  })
})

/** Two folders, each with a link to the other. */
function linkedInACircle(path: string): void {
  for (const [name, to] of Object.entries({ a: 'b', b: 'a' })) {
    mkdirSync(join(path, '..', name), { recursive: true })
    symlinkSync(join('..', to), join(path, '..', name, to))
  }
}

function withLatin1Name(path: string): void {
  writeFileSync(Buffer.concat([Buffer.from(path.replace(/\\xe9$/, '')), Buffer.from([0xe9])]), 'x')
}

async function* streamOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}
