// primaryLocationLineHash of every line: a rolling hash over the 100 characters from its start, without blanks.
const WINDOW = 100;
const FACTOR = 37n;
const MASK = (1n << 64n) - 1n;
const LEAVING = BigInt.asUintN(64, FACTOR ** BigInt(WINDOW));
const END = 0xffff;

export function lineHashes(text) {
  const characters = [];
  const starts = new Map();
  let line = 0;
  let atStart = true;
  const normal = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/[ \t]/g, '');
  for (let at = 0; at <= normal.length; at++) {
    const character = at < normal.length ? normal.charCodeAt(at) : END;
    if (atStart) {
      starts.set(characters.length, ++line);
    }
    atStart = character === 0x0a;
    characters.push(character);
  }
  const hashes = new Map();
  const seen = new Map();
  let hash = 0n;
  for (let at = 0; at < characters.length + WINDOW; at++) {
    const entering = BigInt(characters[at] ?? 0);
    const leaving = BigInt(characters[at - WINDOW] ?? 0);
    const start = starts.get(at - WINDOW);
    if (start !== undefined) {
      const hex = hash.toString(16);
      seen.set(hex, (seen.get(hex) ?? 0) + 1);
      hashes.set(start, `${hex}:${seen.get(hex)}`);
    }
    hash = (hash * FACTOR + entering - leaving * LEAVING) & MASK;
  }
  return hashes;
}
