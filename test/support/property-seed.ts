/**
 * Property tests that name no seed of their own take this one, so that a run can be had again. `npm run test:full` takes
 * a new one each time, and PROPERTY_SEED runs a failure again (fast-check prints it).
 */
import fc from 'fast-check';

export const PROPERTY_SEED = Number(process.env['PROPERTY_SEED'] ?? 20_261_122);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: PROPERTY_SEED });
