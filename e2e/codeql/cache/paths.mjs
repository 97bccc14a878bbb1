// The path to keep, and where it is kept between jobs.
import { basename, resolve } from 'node:path';

export const path = resolve(process.env.GITHUB_WORKSPACE, process.env.INPUT_PATH ?? process.env.STATE_path);
export const kept = resolve(process.env.CACHE_STAND_IN, basename(path));
