// What a job got: prints, of each name in NAMES, the SHA-256 of its value. Usage: node look.mjs env|file|output
import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'

const ways = {
  env: name => process.env[name],
  // The variable names the file.
  file: name => {
    const path = process.env[name]
    const mode = (statSync(path).mode & 0o777).toString(8)
    return mode === '600' ? readFileSync(path, 'utf8') : `mode ${mode}`
  },
  output: name => JSON.parse(process.env.OUTPUTS)[name]
}
const value = ways[process.argv[2]]
console.log(`look status ${process.env.STATUS}`)
for (const name of process.env.LOOK_NAMES.split(',')) {
  const found = value(name)
  console.log(`look ${name} ${found === undefined ? 'nothing' : createHash('sha256').update(found).digest('hex')}`)
}
