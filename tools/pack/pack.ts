// Makes the tarballs that users install: JavaScript, types and maps, one compiler run for all packages.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { isTest, listFiles } from '../repository/files.ts'
import { run } from '../repository/run.ts'
import { readWorkspaces, type Workspace } from '../repository/workspaces.ts'
import { publishedManifest } from './published-manifest.ts'

export interface Tarball {
  name: string
  file: string
}

export interface PackOptions {
  /** Where the tarballs go: `packs/` of the repository. */
  target?: string
  /** The packages by name: all that are published. */
  names?: readonly string[]
}

/** Packs the packages of the repository at `root`. @throws with the compiler's or npm's words. */
export async function pack(
  root: string,
  { target = join(root, 'packs'), names }: PackOptions = {},
): Promise<Tarball[]> {
  const published = readWorkspaces(root).filter(({ folder, manifest }) => folder !== '' && manifest.private !== true)
  const packages = published.filter(({ manifest }) => names?.includes(manifest.name) ?? true)
  if (packages.length === 0 || packages.length < (names?.length ?? 0))
    throw new Error('There is no such package to pack.')
  // Beside the packages, so that the compiler finds what they import.
  const work = join(root, 'tools', 'dist', `pack-${process.pid}`)
  rmSync(work, { recursive: true, force: true })
  try {
    const compiled = await compile(root, work, packages)
    for (const workspace of packages) stage(root, workspace, compiled, stageOf(work, workspace))
    const host = packages.find(({ folder }) => folder === folderOfPages)
    if (host !== undefined) await bundlePages(root, join(stageOf(work, host), 'dist', 'web'))
    return await packAll(packages, work, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The package that brings the pages along, bundled: its users need neither React nor a bundler. */
const folderOfPages = 'steward'

async function bundlePages(root: string, target: string): Promise<void> {
  const words = ['build', '--config', join(root, folderOfPages, 'vite.config.ts'), '--configLoader', 'native']
  const { exitCode, output } = await run('vite', [...words, '--outDir', target, '--logLevel', 'warn'], {
    folder: root,
    environment: { NODE_ENV: 'production', NODE_OPTIONS: undefined, VITEST: undefined },
  })
  if (exitCode !== 0) throw new Error(`The pages of the back office cannot be bundled.\n${output}`)
}

function stageOf(work: string, { manifest }: Workspace): string {
  return join(work, 'stage', fileNameOf(manifest.name))
}

/** `@steward/trail` → `steward-trail`. */
function fileNameOf(name: string): string {
  return name.replace('@', '').replace('/', '-')
}

/** One program over all packages: they see each other's source, and every file is emitted once. */
async function compile(root: string, work: string, packages: readonly Workspace[]): Promise<string> {
  const files = listFiles(root).filter((file) => /\.tsx?$/.test(file) && !isTest(file) && !isPage(file))
  const sources = packages.flatMap(({ folder }) => files.filter((file) => file.startsWith(`${folder}/src/`)))
  const out = join(work, 'out')
  mkdirSync(work, { recursive: true })
  const compilerOptions = {
    noEmit: false,
    rewriteRelativeImportExtensions: true,
    rootDir: root,
    outDir: out,
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    // What Node 22 understands without help: `using` is not among it.
    target: 'es2023',
    noEmitOnError: true,
  }
  const settings = {
    extends: join(root, 'tsconfig.server.json'),
    compilerOptions,
    include: [],
    files: sources.map((file) => join(root, file)),
  }
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(settings))
  const { exitCode, output } = await run('tsc', ['-p', join(work, 'tsconfig.json'), '--pretty', 'false'], {
    folder: root,
  })
  if (exitCode !== 0) throw new Error(`The packages do not compile.\n${output}`)
  return out
}

/** Lays out one package as its user gets it. */
function stage(root: string, workspace: Workspace, compiled: string, target: string): void {
  const { folder, manifest } = workspace
  const from = join(root, folder)
  const made = globSync('src/**/*', { cwd: join(compiled, folder) }).filter((file) => /\.(js|d\.ts|map)$/.test(file))
  if (made.length === 0) throw new Error(`${manifest.name} has no source to pack.`)
  for (const file of made) {
    const inDist = join('dist', relative('src', file))
    mkdirSync(dirname(join(target, inDist)), { recursive: true })
    const text = readFileSync(join(compiled, folder, file), 'utf8')
    writeFileSync(join(target, inDist), file.endsWith('.map') ? aimMap(text, file) : aimTypes(text, file))
  }
  for (const file of listFiles(root)) {
    if (!file.startsWith(`${folder}/`)) continue
    const inside = posix.relative(folder, file)
    if (isTest(inside) || isPage(file) || inside === 'package.json' || !isShipped(inside, manifest.files ?? []))
      continue
    mkdirSync(dirname(join(target, inside)), { recursive: true })
    cpSync(join(from, inside), join(target, inside))
  }
  const license = join(root, 'LICENSE')
  if (existsSync(license)) cpSync(license, join(target, 'LICENSE'))
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`)
}

/** What browsers run: it is bundled into the back office, and is in no package as it is written. */
function isPage(file: string): boolean {
  return /^capabilities\/[^/]+\/src\/pages\/|^steward\/src\/web\//.test(file)
}

/** Source, migrations and other listed folders, the bin and the README; `dist` is made by us. */
function isShipped(file: string, listed: readonly string[]): boolean {
  const [top = ''] = file.split('/')
  return top === 'bin' || /^README/i.test(file) || (top !== 'dist' && listed.includes(top))
}

/** The compiler writes `.js` into JavaScript and leaves `.ts` in declarations, which not every reader of types accepts. */
function aimTypes(text: string, file: string): string {
  if (!file.endsWith('.d.ts')) return text
  return text.replaceAll(/((?:\bfrom|\bimport)\s*\(?\s*(['"])\.[^'"]*)\.ts\2/g, '$1.js$2')
}

/** Points a map at the source that travels beside `dist`, whatever folder the compiler wrote it from. */
function aimMap(text: string, file: string): string {
  const map = JSON.parse(text) as { sources: string[]; sourceRoot?: string }
  const source = file
    .split(sep)
    .join('/')
    .replace(/(\.d)?\.(js|ts)\.map$/, '')
  const ending = map.sources[0]?.endsWith('.tsx') ? '.tsx' : '.ts'
  const place = posix.join('dist', posix.relative('src', posix.dirname(file.split(sep).join('/'))))
  return JSON.stringify({ ...map, sourceRoot: '', sources: [posix.relative(place, `${source}${ending}`)] })
}

async function packAll(packages: readonly Workspace[], work: string, target: string): Promise<Tarball[]> {
  mkdirSync(target, { recursive: true })
  for (const old of globSync('steward*.tgz', { cwd: target })) rmSync(join(target, old))
  const stages = packages.map((workspace) => stageOf(work, workspace))
  const { exitCode, output } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', target, ...stages],
    { folder: work },
  )
  if (exitCode !== 0) throw new Error(`npm could not pack.\n${output}`)
  return packages.map(({ manifest }) => {
    const file = join(target, `${fileNameOf(manifest.name)}-${manifest.version}.tgz`)
    if (!existsSync(file)) throw new Error(`npm made no ${file}.\n${output}`)
    return { name: manifest.name, file }
  })
}
