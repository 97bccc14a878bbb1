const LENGTH = 65_521
export const CHUNK = 64 * 1024

// The block that every payload repeats, often enough that a chunk at any offset is a slice of it.
const pattern = Buffer.alloc(3 * LENGTH)
for (let i = 0; i < LENGTH; i++) {
  pattern[i] = 31 * i + (i >> 8)
}
pattern.copyWithin(LENGTH, 0, LENGTH)
pattern.copyWithin(2 * LENGTH, 0, LENGTH)

export function contentAt(offset, length) {
  const start = offset % LENGTH
  return pattern.subarray(start, start + length)
}

/** Throws unless the bytes are those of the payload at this offset. Of any length. */
export function checkContent(bytes, offset) {
  for (let done = 0; done < bytes.length; done += CHUNK) {
    const part = bytes.subarray(done, done + CHUNK)
    if (contentAt(offset + done, part.length).compare(part) !== 0) {
      throw new Error(`the content differs within ${part.length} bytes from ${offset + done}`)
    }
  }
}
