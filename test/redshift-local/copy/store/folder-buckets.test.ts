import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { FolderBuckets } from '../../../../redshift-local/copy/store/folder-buckets'
import { buckets } from '../copying'

describe('A folder of buckets', () => {
  const { folder, put } = buckets()
  const store = new FolderBuckets(join(folder, 'buckets'))

  const list = async (bucket: string, prefix: string) => {
    const keys: string[] = []
    for await (const { key } of store.list(bucket, prefix)) keys.push(key)
    return keys
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
    expect(await list('b', '')).to.deep.equal([
      'a.x',
      'a/b',
      'a/c/d',
      'a0',
      'link/file',
      'ä',
      '\uff5e',
      '\u{1f600}',
    ])
    expect(await list('b', 'a/c')).to.deep.equal(['a/c/d'])
    expect(await list('b', 'a/c/')).to.deep.equal(['a/c/d'])
    expect(await list('b', 'none/')).to.deep.equal([])
  })

  it('is never left', async () => {
    for (const prefix of ['../', '../secret', 'a/../../', '/', '/etc/', 'a//']) {
      expect(await list('b', prefix)).to.deep.equal([])
      expect(await store.open('b', `${prefix}secret`)).to.equal(undefined)
    }
    expect(await store.open('b', join(folder, 'secret'))).to.equal(undefined)
    expect(await store.open('b', 'a/b\0')).to.equal(undefined)
    for (const bucket of ['..', '.', '', 'b/a', '../outside', 'none'])
      expect(await store.has(bucket)).to.equal(false)
  })

  it('opens files, and nothing else', async () => {
    const object = await store.open('b', 'link/file')
    const chunks: Buffer[] = []
    for await (const chunk of object!.chunks) chunks.push(chunk)
    await object!.close()
    expect(Buffer.concat(chunks).toString()).to.equal('linked')
    expect(object!.size).to.equal(6)
    for (const key of ['a', 'a/', 'a/b/', 'none', ''])
      expect(await store.open('b', key)).to.equal(undefined)
  })
})
