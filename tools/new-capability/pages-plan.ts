// The pages of a new capability: a door, words in two languages, and one list.
import type { Words } from './words.ts'

/** Path inside `capabilities/<word>` → text. */
export function pagesPlan(words: Words): Record<string, string> {
  const { word } = words
  return {
    'src/pages/pages.ts': pagesFile(words),
    [`src/pages/${word}-words.ts`]: wordsFile(words),
    [`src/pages/${word}-page.tsx`]: pageFile(words),
  }
}

/** What pages stand on; they are bundled into `steward`, so that nobody installs it with the capability. */
export const pagesDependencies: Readonly<Record<string, string>> = {
  '@tabler/icons-react': '^3.51.0',
  '@tanstack/react-query': '^5.108.0',
  react: '^19.3.1',
}

const pagesFile = ({ word, title }: Words): string => `// The door of the pages of ${word}.
import type { CapabilityPages } from '@steward/ui'
import { IconList } from '@tabler/icons-react'

const ${word} = { en: '${title}', ko: '${title} 목록' }

/**
 * The pages of ${word}, for the list in steward.
 *
 * @example
 * const capabilities = [${word}Pages]
 */
export const ${word}Pages: CapabilityPages = {
  name: '${word}',
  menu: [{ label: ${word}, path: '/${word}', icon: IconList, order: 60, permission: '${word}:list' }],
  routes: [{ path: '/${word}', title: ${word}, load: () => import('./${word}-page.tsx') }],
}
`

const wordsFile = ({ word, title, noun }: Words): string => `// What the page of ${word} says.
import { defineWords } from '@steward/ui'

export const ${word}Words = defineWords(
  {
    title: '${title}',
    name: 'Name',
    createdAt: 'Written down',
    nothing: 'There is no ${noun} yet',
  },
  {
    title: '${title} 목록',
    name: '이름',
    createdAt: '적은 때',
    nothing: '아직 아무것도 없어요',
  },
)
`

const pageFile = ({ word, type }: Words): string => `// The page of ${word}: what there is, by name.
import type { AnswerOf } from '@steward/contract'
import { DataTable, EmptyState, Loaded, Moment, PageHeader, type TableColumn, useCapability, useTitle, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { ${word}Contract } from '../contract.ts'
import { ${word}Words } from './${word}-words.ts'

type ${type} = AnswerOf<typeof ${word}Contract.list>[number]

/** \`/${word}\` */
export default function ${type}Page() {
  const words = useWords(${word}Words)
  const ${word} = useCapability('${word}', ${word}Contract)
  const listed = useQuery({
    queryKey: ['${word}', 'list'],
    queryFn: ({ signal }) => ${word}.list({}, { signal }),
  })
  useTitle(words.title)
  const columns: TableColumn<${type}>[] = [
    { id: 'name', header: words.name, render: ({ name }) => name },
    { id: 'createdAt', header: words.createdAt, render: ({ createdAt }) => <Moment at={createdAt} /> },
  ]
  return (
    <>
      <PageHeader title={words.title} />
      <Loaded query={listed}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.nothing} />
          ) : (
            <DataTable label={words.title} columns={columns} rows={rows} rowKey={({ name }) => name} />
          )
        }
      </Loaded>
    </>
  )
}
`
