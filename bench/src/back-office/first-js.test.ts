// What a document loads at once, read from its text.
import { expect, test } from 'vitest'
import { assetsOf } from './first-js.ts'

const document = `<!doctype html><html><head>
  <base href="/office/" />
  <link rel="icon" href="./icon.svg" type="image/svg+xml" />
  <script type="module" crossorigin src="./assets/index.js"></script>
  <link rel="modulepreload" crossorigin href="./assets/react.js">
  <link rel="modulepreload" crossorigin href="./assets/index.js">
  <link rel="stylesheet" crossorigin href="./assets/index.css">
</head><body><div id="root"></div></body></html>`

test('the entry and what is preloaded count, each once and below the base of the document', () => {
  const { scripts } = assetsOf(document, 'http://127.0.0.1:4848/office/trail')
  expect(scripts).toEqual([
    'http://127.0.0.1:4848/office/assets/index.js',
    'http://127.0.0.1:4848/office/assets/react.js',
  ])
})

test('style sheets are told apart, and an icon is neither', () => {
  const { styles } = assetsOf(document, 'http://127.0.0.1:4848/')
  expect(styles).toEqual(['http://127.0.0.1:4848/office/assets/index.css'])
})

test('a document without scripts has none', () => {
  expect(assetsOf('<p>Nothing is built here</p>', 'http://127.0.0.1:4848/')).toEqual({ scripts: [], styles: [] })
})
