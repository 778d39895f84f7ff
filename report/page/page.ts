import type { Content } from '../read/content'
import { formatDay, formatMinute } from '../format'
import { lineageSection } from '../lineage/section'
import { type Group, groupsOf } from './groups'
import { type Html, html, trusted } from './html'
import { navigation } from './navigation'
import { questionSection } from './question'
import { Room } from './room'
import { styles } from './styles'
import { summarySection } from './summary'
import { tablesSection } from './tables'

/** No script, nothing from elsewhere: whatever the data holds, it can do nothing. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

// Bytes, of the less than 2 MB that a page is to have.
const forPictures = 1_100_000
const forRows = 500_000

/** The report as one HTML page that needs nothing else. */
export async function page(content: Content): Promise<string> {
  const { answered, readAt } = content
  const groups = groupsOf(answered)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>What Sparkify plays: the warehouse report</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(styles())}
        </style>
      </head>
      <body>
        <a class="skip" href="#summary">Skip to the report</a>
        ${navigation(groups)}
        <main>
          ${summarySection(content)}
          <section id="questions" aria-labelledby="questions-title">
            <h2 id="questions-title">Questions</h2>
            ${await questions(groups, answered.length)}
          </section>
          ${tablesSection(content.tables)} ${lineageSection(content.lineage)}
        </main>
        <footer>
          <p>
            Read from the warehouse on ${formatDay(readAt)}, ${formatMinute(readAt)}, in one
            transaction. Times are UTC.
          </p>
        </footer>
      </body>
    </html> `.markup
}

async function questions(groups: Group[], count: number): Promise<Html[]> {
  const pictures = new Room(forPictures)
  const written: Html[] = []
  for (const { title, answered } of groups) {
    written.push(html`<h3>${title}</h3> `)
    for (const each of answered)
      written.push(await questionSection(each, { pictures, rows: new Room(forRows / count) }))
  }
  return written
}
