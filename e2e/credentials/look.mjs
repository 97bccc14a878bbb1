// What a job got: prints, of each name in LOOK_NAMES, the SHA-256 of its value. Usage: node look.mjs env|output|file
import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'

const ways = {
  env: name => process.env[name],
  output: name => process.env[`OUTPUT_${name}`],
  // The output names the file.
  file: name => {
    const path = process.env[`OUTPUT_${name}`]
    const mode = (statSync(path).mode & 0o777).toString(8)
    return mode === '600' ? readFileSync(path) : `a file of mode ${mode}`
  }
}
const value = ways[process.argv[2]]
console.log(`look ${process.argv[2]} status ${process.env.STATUS}`)
for (const name of process.env.LOOK_NAMES.split(',')) {
  const found = value(name)
  const digest = found === undefined ? 'nothing' : createHash('sha256').update(found).digest('hex')
  console.log(`look ${process.argv[2]} ${name} ${digest}`)
}
