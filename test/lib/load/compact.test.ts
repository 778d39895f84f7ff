import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  compactFiles,
  countParts,
  partOf,
  planCompaction,
  planParts,
} from '../../../lib/load/compact'
import { tracer } from '../../../lib/load/provenance'
import { DataRefused } from '../../../lib/warehouse/errors'
import type { ObjectStore } from '../../../object-store/store'
import { partsFolder, TestBuckets } from './compact-buckets'

const onePart = { partBytes: 64e6, slices: 1 }
const object = (id: number) => JSON.stringify({ id, text: 'Zoë \u{1f3b5} [{"' })

describe('Compaction', () => {
  const buckets = new TestBuckets()
  const compact = async (options = onePart) =>
    compactFiles(buckets.store, partsFolder, await buckets.files(), options)
  const refusal = async (work: Promise<unknown>): Promise<DataRefused> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).to.be.instanceOf(DataRefused)
    return error as DataRefused
  }

  beforeEach(() => buckets.clear())
  after(() => buckets.remove())

  it('copies every byte, and adds a newline only where two files would touch', async () => {
    const texts = ['{"a":1}', '{"b":1}\n', '', '{"c":1}\r\n\n', '\ufeff{"d":\n1}', '', '{"e":1}']
    texts.forEach((text, at) => buckets.put(`${at}`, text))
    const { parts } = await compact()
    expect(parts.map((part) => buckets.textOf(part))).to.deep.equal([
      '{"a":1}\n{"b":1}\n{"c":1}\r\n\n\ufeff{"d":\n1}\n{"e":1}',
    ])
  })

  it('copies bytes that are no text, too', async () => {
    const bytes = Buffer.from([0xff, 0xc3, 0x28, 0x00, 0x0a, 0xe2])
    buckets.put('bytes', bytes)
    const { parts } = await compact()
    expect(buckets.textOf(parts[0]!)).to.equal(bytes.toString())
  })

  it('notes of each original where its lines are', async () => {
    buckets.put('a', '{"a":\n1}')
    buckets.put('b', '')
    buckets.put('c', '{"c":1}\n\n{"c":2}\n')
    buckets.put('d', '{"d":1}')
    const compacted = await compact()
    const [{ part, bytes, originals }] = (await buckets.provenances(compacted)) as [never]
    expect(part).to.equal(compacted.parts[0]!.url)
    expect(bytes).to.equal(buckets.bytesOf(part).length)
    const [a, b, c, d] = await buckets.files()
    expect(originals).to.deep.equal([
      { ...a, first: 1, lines: 2 },
      { ...b, first: 3, lines: 0 },
      { ...c, first: 3, lines: 3 },
      { ...d, first: 6, lines: 1 },
    ])
  })

  it('leads from a line of a part to the line of the original', async () => {
    buckets.put('a', '{"a":\n1}')
    buckets.put('b', '')
    buckets.put('c', '{"c":1}\n\n{"c":2}\n')
    buckets.put('d', '{"d":1}')
    buckets.put('e', '')
    const { url } = (await compact()).parts[0]!
    const originOf = tracer(buckets.store)
    const origins = await Promise.all([1, 2, 3, 5, 6, 7, 8, 0].map((line) => originOf(url, line)))
    expect(origins.map((origin) => `${origin.url}:${origin.line}`)).to.deep.equal([
      's3://data/a:1',
      's3://data/a:2',
      's3://data/c:1',
      's3://data/c:3',
      's3://data/d:1',
      's3://data/d:2', // behind the last: where an object is not complete
      `${url}:8`,
      `${url}:0`,
    ])
    expect(await originOf('s3://data/a', 2)).to.deep.equal({ url: 's3://data/a', line: 2 })
    const unknown = { url: 's3://data/x.json.gz', line: 2 }
    expect(await originOf(unknown.url, unknown.line)).to.deep.equal(unknown)
  })

  it('gives the same objects for the same input, without a time in them', async () => {
    for (let id = 0; id < 500; id++) buckets.put(`${id % 7}/${id}`, object(id))
    const { parts } = await compact({ partBytes: 500, slices: 2 })
    const first = buckets.written()
    expect(parts.length).to.be.above(2)
    expect(buckets.bytesOf(parts[0]!.url).readUInt32LE(4)).to.equal(0)
    const again = new TestBuckets()
    try {
      const files = await buckets.files()
      const store: ObjectStore = {
        open: (url) => buckets.store.open(url),
        readAtOnce: (...given) => buckets.store.readAtOnce(...given),
        list: (url) => again.store.list(url),
        put: (url, body) => again.store.put(url, body),
        remove: (url) => again.store.remove(url),
      }
      await compactFiles(store, partsFolder, files, { partBytes: 500, slices: 2 })
      expect(again.written()).to.deep.equal(first)
    } finally {
      again.remove()
    }
  })

  for (const slices of [1, 2, 3, 8]) {
    it(`makes a multiple of ${slices} parts, near the size that was asked for`, async () => {
      for (let id = 0; id < 1000; id++) buckets.put(`${id}`, object(id).repeat(3))
      const { parts } = await compact({ partBytes: 1500, slices })
      expect(parts.length % slices).to.equal(0)
      const largest = Math.max(...parts.map(({ size }) => size))
      expect(largest).to.be.within(500, 2500)
    })
  }

  it('does nothing the second time, and gives the same parts', async () => {
    for (let id = 0; id < 50; id++) buckets.put(`${id}`, object(id))
    const first = await compact()
    const objects = buckets.written()
    const second = await compact()
    expect(second).to.deep.equal({ parts: first.parts, written: [] })
    expect(buckets.written()).to.deep.equal(objects)
  })

  it('puts new files into new parts', async () => {
    buckets.put('a', object(1))
    buckets.put('c', object(3))
    const first = await compact()
    buckets.put('b', object(2))
    const { parts, written } = await compact()
    expect(written.map((part) => buckets.textOf(part))).to.deep.equal([object(2)])
    expect(new Set(parts)).to.deep.equal(new Set([...first.parts, ...written]))
  })

  it('takes a part only where all of it is to be loaded, as it is now', async () => {
    for (const id of [1, 2, 3]) buckets.put(`${id}`, object(id))
    await compact()
    const [, ...files] = await buckets.files()
    const fewer = await compactFiles(buckets.store, partsFolder, files, onePart)
    expect(fewer.written.map((part) => buckets.textOf(part))).to.deep.equal([
      `${object(2)}\n${object(3)}`,
    ])
    buckets.put('2', object(20))
    const changed = await compact()
    const texts = changed.parts.map((part) => buckets.textOf(part))
    expect(texts.join('\n').split('\n').sort()).to.deep.equal([1, 20, 3].map(object).sort())
  })

  it('plans what it then does, and writes nothing for it', async () => {
    for (let id = 0; id < 300; id++) buckets.put(`${id}`, object(id))
    const size = { partBytes: 500, slices: 1 }
    const planned = await planCompaction(buckets.store, partsFolder, await buckets.files(), size)
    expect(buckets.written()).to.deep.equal({})
    const { written } = await compact(size)
    expect(written.map((part) => part.etag)).to.deep.equal(planned.map(({ name }) => name))
    expect(
      await planCompaction(buckets.store, partsFolder, await buckets.files(), size),
    ).to.deep.equal([])
  })

  it('gives a file that ends within an object a part of its own', async () => {
    const texts = ['{"a":1}', '{"b":', '{"c":1}', '{"d":"', '{"e":1}']
    texts.forEach((text, at) => buckets.put(`${at}`, text))
    const compacted = await compact()
    expect(compacted.parts.map((part) => buckets.textOf(part))).to.deep.equal([
      '{"a":1}\n{"c":1}\n{"e":1}',
      '{"b":',
      '{"d":"',
    ])
    const objects = buckets.written()
    expect((await compact()).written).to.deep.equal([])
    expect(buckets.written()).to.deep.equal(objects)
  })

  it('tells of a file that changed since it was listed, and writes no part', async () => {
    for (const id of [1, 2, 3]) buckets.put(`${id}`, object(id))
    const files = await buckets.files()
    buckets.put('2', object(4))
    utimesSync(join(buckets.folder, 'data/2'), 1, 1)
    const { message } = await refusal(compactFiles(buckets.store, partsFolder, files, onePart))
    expect(message).to.match(/^s3:\/\/data\/2 changed .* listed with etag .*, and its etag is /)
    expect(buckets.written()).to.deep.equal({})
    const { parts } = await compact()
    expect(buckets.textOf(parts[0]!)).to.equal([1, 4, 3].map(object).join('\n'))
  })

  it('tells of a file that grows while it is read, and of one that is gone', async () => {
    buckets.put('1', object(1).repeat(60_000))
    const files = await buckets.files()
    const path = join(buckets.folder, 'data/1')
    let opens = 0
    const growing = {
      ...buckets.store,
      open: async (url: string) => {
        const opened = await buckets.store.open(url)
        // The first look is only how well it compresses.
        if (url.startsWith('s3://data/') && ++opens === 2) writeFileSync(path, 'x', { flag: 'a' })
        return opened
      },
    }
    const { message } = await refusal(compactFiles(growing, partsFolder, files, onePart))
    expect(message).to.match(/^s3:\/\/data\/1 changed .*, and it gave \d+ bytes/)
    const gone = [{ url: 's3://data/none', etag: 'e', size: 1 }]
    expect(
      (await refusal(compactFiles(buckets.store, partsFolder, gone, onePart))).message,
    ).to.match(/^s3:\/\/data\/none was listed and no longer exists\./)
  })

  it('refuses compressed files by name', async () => {
    buckets.put('a.json', object(1))
    buckets.put('b.json.gz', object(2))
    const { message } = await refusal(compact())
    expect(message).to.match(/^1 file is compressed, and plain JSON is expected/)
    expect(message).to.contain('s3://data/b.json.gz')
    expect(buckets.written()).to.deep.equal({})
  })

  it('stops when it is told to, and is taken up where it stopped', async () => {
    for (let id = 0; id < 300; id++) buckets.put(`${id}`, object(id))
    const size = { partBytes: 500, slices: 1 }
    const stop = new AbortController()
    const stopped = compactFiles(buckets.store, partsFolder, await buckets.files(), {
      ...size,
      signal: stop.signal,
      onPart: () => stop.abort(new DataRefused('stopped')),
    })
    expect((await refusal(stopped)).message).to.equal('stopped')
    const { parts, written } = await compact({ partBytes: 64e6, slices: 5 })
    expect(written).to.have.length(parts.length - 1)
  })
})

const files = (sizes: number[]) =>
  sizes.map((size, at) => ({ url: `s3://b/${at}`, etag: `e${at}`, size }))
const sizesOf = (sizes: number[], count: number) =>
  planParts(files(sizes), count).map(({ originals }) => originals.map(({ size }) => size))

describe('A plan of parts', () => {
  const MB = 1e6
  const counts = [
    { bytes: 1000, files: 50, slices: 1, parts: 1 },
    { bytes: 64 * MB, files: 50, slices: 1, parts: 1 },
    { bytes: 65 * MB, files: 50, slices: 1, parts: 2 },
    { bytes: 65 * MB, files: 50, slices: 8, parts: 8 },
    { bytes: 600 * MB, files: 5000, slices: 8, parts: 16 },
    { bytes: 5 * MB, files: 5000, slices: 4, parts: 4 },
    { bytes: 3 * MB, files: 5000, slices: 4, parts: 3 },
    { bytes: 600 * MB, files: 10, slices: 8, parts: 8 },
    { bytes: 600 * MB, files: 3, slices: 8, parts: 3 },
    { bytes: 0, files: 3, slices: 2, parts: 1 },
  ]
  for (const { bytes, files: count, slices, parts } of counts) {
    it(`has ${parts} for ${bytes / MB} MB in ${count} files on ${slices} slices`, () => {
      expect(countParts(bytes, count, { partBytes: 64 * MB, slices })).to.equal(parts)
    })
  }

  it('keeps the order of files, and makes parts about as large as each other', () => {
    expect(sizesOf([1, 1, 1, 1, 1, 1], 3)).to.deep.equal([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    expect(sizesOf([9, 1, 1, 1], 2)).to.deep.equal([[9], [1, 1, 1]])
  })

  it('leaves no part empty, whatever the sizes', () => {
    expect(sizesOf([0, 0, 0, 100], 3)).to.have.length(3)
    expect(sizesOf([100, 0, 0], 3)).to.deep.equal([[100], [0], [0]])
    expect(sizesOf([5], 1)).to.deep.equal([[5]])
  })

  it('names a part by the URLs and etags that it holds', () => {
    const [first, second] = files([1, 2])
    const names = [[first!], [second!], [first!, second!], [{ ...first!, etag: 'other' }]].map(
      (originals) => partOf(originals).name,
    )
    expect(new Set(names).size).to.equal(4)
    expect(partOf([{ ...first!, size: 7 }]).name).to.equal(names[0])
  })
})
