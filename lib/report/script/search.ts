/// <reference lib="dom" />

/** In the page: a field above the links that finds questions, tables and their columns. */
export function addSearch(): void {
  const most = 30
  const nav = document.querySelector('nav')!
  const entries = [
    ...entriesOf('#questions article', (article) => ({
      title: textIn(article, 'h4 span'),
      note: 'Question',
      more: `${textIn(article, '.answers')} ${article.id} ${columnsOf(article)}`,
    })),
    ...entriesOf('#tables article', (article) => ({
      title: textIn(article, 'h4'),
      note: 'Table',
      more: textIn(article, '.answers'),
    })),
    ...entriesOf('#tables tbody tr', (row) => ({
      title: textIn(row, 'th'),
      note: `Column of ${textIn(row.closest('article')!, 'h4')}`,
      more: row.textContent,
    })),
  ].map((entry) => ({
    ...entry,
    inTitle: plain(entry.title),
    text: plain(`${entry.title} ${entry.note} ${entry.more}`),
  }))

  const found = document.createElement('ul')
  const count = Object.assign(document.createElement('p'), { className: 'count', role: 'status' })
  const field = Object.assign(document.createElement('input'), {
    type: 'search',
    placeholder: 'Search',
    ariaLabel: 'Search questions and columns',
  })
  found.className = 'found'
  const search = Object.assign(document.createElement('div'), {
    className: 'search',
    role: 'search',
  })
  search.append(field, count, found)
  nav.prepend(search)
  // A browser may have kept what was typed.
  find()
  field.addEventListener('input', find)
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') found.querySelector('a')?.click()
    if (key === 'Escape') clear()
  })
  found.addEventListener('click', () => {
    // On a narrow page what is found lies over what it leads to.
    if (getComputedStyle(found).position === 'absolute') clear()
  })

  function clear(): void {
    field.value = ''
    find()
  }

  function find(): void {
    const words = plain(field.value).split(' ').filter(Boolean)
    const isIn = (text: string) => words.every((word) => text.includes(word))
    const all = words.length > 0 ? entries.filter(({ text }) => isIn(text)) : []
    const first = all.filter(({ inTitle }) => isIn(inTitle))
    const shown = [...first, ...all.filter((entry) => !first.includes(entry))].slice(0, most)
    nav.classList.toggle('searching', words.length > 0)
    found.replaceChildren(...shown.map(itemOf))
    if (words.length === 0) count.textContent = ''
    else if (all.length > most) count.textContent = `${all.length} found, the first ${most}:`
    else count.textContent = all.length > 0 ? `${all.length} found` : 'Nothing found'
  }

  function itemOf({ href, title, note }: (typeof entries)[number]): HTMLElement {
    const item = document.createElement('li')
    const link = Object.assign(document.createElement('a'), { href, textContent: title })
    const small = Object.assign(document.createElement('small'), { textContent: note })
    link.append(small)
    item.append(link)
    return item
  }

  function entriesOf<T>(selector: string, read: (element: Element) => T): (T & { href: string })[] {
    const elements = [...document.querySelectorAll(selector)]
    return elements.map((element) => ({ ...read(element), href: `#${element.id}` }))
  }

  function columnsOf(article: Element): string {
    const headings = [...article.querySelectorAll<HTMLElement>('th[data-column]')]
    return headings.map(({ dataset }) => dataset.column).join(' ')
  }

  function textIn(element: Element, selector: string): string {
    return element.querySelector(selector)!.textContent.trim()
  }

  function plain(text: string): string {
    return text.toLowerCase().replaceAll('_', ' ').replace(/\s+/g, ' ').trim()
  }
}
