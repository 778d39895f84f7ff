import { expect } from 'chai'
import { anchorOf, cut, html, styled, visible } from '../../../lib/report/html'

describe('html', () => {
  it('takes no value for markup', () => {
    const name = `<script>alert("1" + '2')</script> & co`
    expect(html`<p title="${name}">${name}</p>`.markup).to.equal(
      '<p title="&lt;script&gt;alert(&quot;1&quot; + &#39;2&#39;)&lt;/script&gt; &amp; co">' +
        '&lt;script&gt;alert(&quot;1&quot; + &#39;2&#39;)&lt;/script&gt; &amp; co</p>',
    )
  })

  it('takes markup for markup, also in lists, and writes nothing for what is not there', () => {
    const parts = [1, 2].map((number) => html`<i>${number}</i>`)
    expect(html`<p>${parts}${false}${undefined}${0}</p>`.markup).to.equal(
      '<p><i>1</i><i>2</i>0</p>',
    )
  })
})

describe('styled', () => {
  it('gives classes in place of a style attribute, and the markup around them their rules', () => {
    const given = html`<i class="${styled({ '--share': 0.5, 'grid-column': '2/span 3' })}"></i>`
    expect(given.markup).to.equal('<i class="share-0_5 grid-column-2-span-3"></i>')
    const around = html`<p>${[given, given]}</p>`
    expect([...around.rules]).to.deep.equal([
      '.share-0_5{--share:0.5}',
      '.grid-column-2-span-3{grid-column:2/span 3}',
    ])
  })
})

describe('visible', () => {
  const examples: Record<string, [given: string, shown: string]> = {
    'shows control characters as their pictures': ['a\u0000b\u001bc\u007f', 'a␀b␛c␡'],
    'shows what turns the direction of writing': ['a\u202egnp.exe\u2066', 'a\ufffdgnp.exe\ufffd'],
    'shows half a character as none': ['a\ud83d', 'a\ufffd'],
    'leaves every other text': ['Ünï שלום 👩‍🚀\n\t', 'Ünï שלום 👩‍🚀\n\t'],
  }
  for (const [title, [given, shown]] of Object.entries(examples)) {
    it(title, () => expect(visible(given)).to.equal(shown))
  }
})

describe('cut', () => {
  it('leaves what fits, and cuts no character in two', () => {
    expect(cut('🎵🎵🎵', 3)).to.equal('🎵🎵🎵')
    expect(cut('🎵🎵🎵🎵', 3)).to.equal('🎵🎵…')
  })
})

describe('anchorOf', () => {
  it('gives different names different anchors, which need no quotes', () => {
    const names = ['a b', 'a"b', 'a.b', 'a-b', 'a_b', 'שלום', '👩']
    const anchors = names.map((name) => anchorOf('question', name))
    expect(new Set(anchors).size).to.equal(names.length)
    for (const anchor of anchors) expect(anchor).to.match(/^question-[\w-]+$/)
  })
})
