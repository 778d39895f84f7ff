import { expect } from 'chai'
import { readQuestions } from '../../../lib/questions/question'
import { documentedTables } from '../../../lib/load/tables'
import { lineageOf, type LineageNode } from '../../../lib/report/content'
import { boxHeight, layOut } from '../../../lib/report/lineage'

describe('the lineage', () => {
  let nodes: LineageNode[]
  before(async () => (nodes = await lineageOf(readQuestions())))

  it('has the tables that are made from something, the files, and every question', () => {
    const titles = (kind: LineageNode['kind']) =>
      nodes.filter((node) => node.kind === kind).map(({ title }) => title)
    const made = documentedTables.filter(({ from }) => from).map(({ name }) => name)
    expect(titles('files')).to.include.members(['LOG_DATA', 'SONG_DATA'])
    expect(titles('table')).to.deep.equal(made)
    expect(titles('question')).to.deep.equal(readQuestions().map(({ title }) => title))
  })

  it('says what songplays and a question are made from', () => {
    const from = (id: string) => nodes.find((node) => node.id === id)!.from
    expect(from('table-songplays')).to.have.members(['table-staging_events', 'table-staging_songs'])
    expect(from('question-most_played_songs')).to.have.members([
      'table-songplays',
      'table-songs',
      'table-artists',
    ])
  })

  it('goes from left to right, the questions last', () => {
    const columns = new Map(nodes.map(({ id, column }) => [id, column]))
    const last = Math.max(...columns.values())
    for (const { kind, column, from, id } of nodes) {
      for (const source of from) expect(columns.get(source), id).to.be.lessThan(column)
      expect(column === last, id).to.equal(kind === 'question')
    }
  })

  it('has no box on another', () => {
    const boxes = layOut(nodes)
    for (const box of boxes) {
      const on = boxes.filter(
        (other) =>
          other !== box &&
          Math.abs(other.y - box.y) < boxHeight &&
          other.x < box.x + box.width &&
          box.x < other.x + other.width,
      )
      expect(on).to.deep.equal([])
    }
  })
})
