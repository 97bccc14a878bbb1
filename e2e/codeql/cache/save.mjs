import { cpSync, existsSync, rmSync } from 'node:fs';
import { kept, path } from './paths.mjs';

if (existsSync(path)) {
  rmSync(kept, { recursive: true, force: true });
  cpSync(path, kept, { recursive: true, preserveTimestamps: true });
}
