/** `npm run build`: the built application in out/, with the code caches that a start takes its code from. */
import { ensureBuild } from './lib/build.mjs';

await ensureBuild();
