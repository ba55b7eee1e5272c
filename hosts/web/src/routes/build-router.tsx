// The addresses of the back office: those before the door, those of the frame, and all that capabilities bring along.
import type { CapabilityPages, PageRoute } from '@steward/ui'
import { LoadingPage } from '@steward/ui'
import {
  type AnyRoute,
  type AnyRouter,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { accountWords } from '../account/account-words.ts'
import { homeWords } from '../home/home-words.ts'
import { Shell } from '../shell/shell.tsx'
import { BrokenPage } from './broken-page.tsx'
import { basePath } from './go-to.ts'
import { loadWhenOnline } from './load-when-online.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { rememberPages } from './remember-pages.ts'
import { readSearch, writeSearch } from './search-params.ts'

/** The pages of the frame itself. */
const ownPages: readonly PageRoute[] = [
  { path: '/', title: phraseOf('home'), load: () => import('../home/home-page.tsx') },
  {
    path: '/account',
    title: { en: accountWords.en.title, ko: accountWords.ko.title },
    load: () => import('../account/account-page.tsx'),
  },
]

/**
 * Makes the router. Every page behind the door is loaded when somebody goes there, or is about to.
 *
 * @throws Error where two capabilities bring a page of the same address
 */
export function buildRouter(capabilities: readonly CapabilityPages[]): AnyRouter {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
  const before = (path: string, load: () => Promise<{ default: () => React.JSX.Element }>) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) })
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell })
  const pages = [...ownPages, ...capabilities.flatMap(({ routes }) => routes)]
  demandUnique(pages)
  const behind = pages.map(
    ({ path, title, load }): AnyRoute =>
      createRoute({
        getParentRoute: () => inside,
        path,
        staticData: { title },
        component: lazyRouteComponent(() => loadWhenOnline(load)),
      }),
  )
  // Under the shell, so that whoever followed an old link still has the menu.
  const nowhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFoundPage })
  const router = createRouter({
    routeTree: root.addChildren([
      before('/sign-in', () => import('../session/sign-in-page.tsx')),
      before('/welcome', () => import('../session/welcome-page.tsx')),
      inside.addChildren([...behind, nowhere]),
    ]),
    basepath: basePath(),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: LoadingPage,
    defaultPendingMs: 150,
  })
  rememberPages(router)
  return router
}

function phraseOf(name: 'home') {
  return { en: homeWords.en[name], ko: homeWords.ko[name] }
}

function demandUnique(pages: readonly PageRoute[]): void {
  const taken = new Set<string>()
  for (const { path } of pages) {
    const shape = path.replaceAll(/\$\w+/g, '$')
    if (taken.has(shape)) throw new Error(`Two capabilities bring a page at ${path}.`)
    taken.add(shape)
  }
}
