import { type Setting, anything } from './setting'

/** What is written for people to look at. */
export const reportSettings: Setting[] = [
  {
    name: 'REPORT',
    form: anything,
    expected: 'a file, or none',
    fallback: { development: 'report.html', production: 'report.html' },
  },
]
