/**
 * The default app of an Electron that came without one: starts the app named on the command line, as Electron's
 * own does. `-r FILE` modules are loaded first (test drivers hook in there). Packed into default_app.asar.
 */
import { app } from 'electron'
import { readFileSync, statSync } from 'node:fs'
import Module from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Takes `-r FILE` pairs and the app's path out of the arguments; the rest are the app's own. */
function readArguments(args) {
  const required = []
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]
    if (argument === '-r' || argument === '--require') required.push(args[++i])
    else if (!argument.startsWith('-')) return { required, target: argument, rest: args.slice(i + 1) }
  }
  throw new Error('Name the folder of an app on the command line.')
}

/** The file to run; a folder's package.json also says the app's name and version. */
function findEntry(target) {
  const path = resolve(target)
  if (!statSync(path).isDirectory()) return path
  const info = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  app.setAppPath(path)
  if (info.productName ?? info.name) app.setName(info.productName ?? info.name)
  if (info.version) app.setVersion(info.version)
  if (info.desktopName) app.setDesktopName?.(info.desktopName)
  return join(path, info.main ?? 'index.js')
}

const { required, target, rest } = readArguments(process.argv.slice(1))
process.argv.splice(1, process.argv.length, target, ...rest)
if (required.length > 0) Module._preloadModules(required)
await import(pathToFileURL(findEntry(target)).href)
