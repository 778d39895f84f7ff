/// <reference lib="dom" />

/** In the page: tables sort by their headings, show the rows that have some words, and go into a CSV file. */
export function workTables(): void {
  /** Of fewer rows all are seen at once. */
  const fewest = 6
  const collator = new Intl.Collator('en', { numeric: true })
  for (const table of document.querySelectorAll('table'))
    if (table.tBodies[0]!.rows.length > 1) work(table)

  function work(table: HTMLTableElement): void {
    const body = table.tBodies[0]!
    const caption = table.caption!.textContent.trim()
    const rows = [...body.rows].map((row) => ({
      row,
      values: [...row.cells].map(valueOf),
      text: plain([...row.cells].map((cell) => `${cell.textContent} ${valueOf(cell)}`).join(' ')),
    }))
    type Row = (typeof rows)[number]
    const headings = [...table.tHead!.rows[0]!.cells]
    let inOrder = rows
    headings.forEach((heading, column) => {
      const button = makeButton('sort', heading.textContent)
      const isNumber = heading.classList.contains('number')
      // The largest number is asked for first, and so is the first word.
      const ways = isNumber ? ['descending', 'ascending'] : ['ascending', 'descending']
      button.addEventListener('click', () => {
        const way = ways[ways.indexOf(heading.ariaSort ?? '') + 1]
        for (const each of headings) each.ariaSort = null
        heading.ariaSort = way ?? null
        inOrder = way ? rows.toSorted(comparing(column, isNumber, way)) : rows
        body.append(...inOrder.map(({ row }) => row))
      })
      heading.replaceChildren(button)
    })

    const tools = document.createElement('div')
    tools.className = 'tools'
    const status = Object.assign(document.createElement('span'), { role: 'status' })
    const field = Object.assign(document.createElement('input'), {
      type: 'search',
      placeholder: 'Filter rows',
      ariaLabel: `Filter rows: ${caption}`,
    })
    field.addEventListener('input', () => {
      const words = plain(field.value).split(' ').filter(Boolean)
      for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word))
      const shown = rows.filter(({ row }) => !row.hidden).length
      status.textContent = words.length > 0 ? `${shown} of ${rows.length} rows` : ''
    })
    const save = makeButton('save', 'Download CSV')
    save.ariaLabel = `Download CSV: ${caption}`
    save.addEventListener('click', () => {
      const names = headings.map((heading) => heading.dataset.column ?? heading.textContent)
      const shown = inOrder.filter(({ row }) => !row.hidden).map(({ values }) => values)
      const place = table.closest('[id]')!.id
      download(
        `${place.replace(/^(question|table)-/, '')}.csv`,
        [names, ...shown].map(csvLine).join(''),
      )
    })
    if (rows.length >= fewest) tools.append(field, status)
    tools.append(save)
    table.parentElement!.before(tools)

    function comparing(column: number, isNumber: boolean, way: string) {
      const sign = way === 'ascending' ? 1 : -1
      return (one: Row, other: Row): number => {
        const [a, b] = [one.values[column]!, other.values[column]!]
        // What has no value is last, whichever way.
        if (a === null || b === null) return Number(a === null) - Number(b === null)
        return sign * (isNumber ? Number(a) - Number(b) : collator.compare(a, b))
      }
    }
  }

  /** The value of a cell, whatever is shown of it; null for none. */
  function valueOf(cell: Element): string | null {
    const [data, time] = [cell.querySelector('data'), cell.querySelector('time')]
    if (cell.querySelector('.none')) return null
    return data?.value ?? time?.dateTime ?? cell.textContent.trim().replace(/\s+/g, ' ')
  }

  function plain(text: string): string {
    return text.toLowerCase().replace(/\s+/g, ' ')
  }

  function csvLine(values: (string | null)[]): string {
    return `${values.map(csvField).join(',')}\n`
  }

  /** A spreadsheet takes what begins so for a formula, and carries it out. */
  function csvField(value: string | null): string {
    if (value === null) return ''
    const isNumber = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(value)
    const text = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }

  function download(name: string, text: string): void {
    const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    Object.assign(document.createElement('a'), { href, download: name }).click()
    setTimeout(() => URL.revokeObjectURL(href), 60_000)
  }

  function makeButton(className: string, text: string): HTMLButtonElement {
    return Object.assign(document.createElement('button'), {
      type: 'button',
      className,
      textContent: text.trim(),
    })
  }
}
