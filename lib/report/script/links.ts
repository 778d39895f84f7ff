/// <reference lib="dom" />

/** In the page: the link beside a question goes to the clipboard; a link into what is folded unfolds it. */
export function copyLinks(): void {
  const told = document.createElement('span')
  told.className = 'told'
  told.role = 'status'
  document.body.append(told)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.anchor'))
    link.addEventListener('click', () => {
      // Without the right to the clipboard the link is in the address bar at least.
      navigator.clipboard?.writeText(link.href).then(
        () => tell(link, 'Link copied'),
        () => {},
      )
    })

  function tell(link: HTMLAnchorElement, text: string): void {
    const { right, top } = link.getBoundingClientRect()
    told.textContent = text
    told.style.left = `${Math.min(right + scrollX + 8, innerWidth - 110)}px`
    told.style.top = `${top + scrollY}px`
    setTimeout(() => told.replaceChildren(), 2000)
  }

  addEventListener('hashchange', unfold)
  unfold()
  function unfold(): void {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const folded = target?.closest<HTMLDetailsElement>('details:not([open])')
    if (!folded) return
    folded.open = true
    target!.scrollIntoView({ block: 'center' })
  }
}
