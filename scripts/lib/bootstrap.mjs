/**
 * The first lines of every script: npm packages as the lockfile says, then the same script again under
 * the project's own Node 24. What follows it may use node_modules and rely on one version of Node.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atEnd, endOnSignals } from './endings.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { pinnedNode, root, toolEnvironment } from './project.mjs';
import { continueStepsAfter, runScript, stepsSoFar } from './steps.mjs';

const longestCleanUpMs = 900_000;
const stepsVariable = 'CLINIC_ALLOCATOR_STEPS';

/**
 * @param scriptUrl  `import.meta.url` of the script
 * @param body       runs under Node 24 with the dependencies in place; returns the exit code or nothing for 0
 */
export async function bootstrap(scriptUrl, body) {
  const stepsBefore = process.env[stepsVariable];
  delete process.env[stepsVariable];
  return runScript(async () => {
    process.chdir(root);
    if (stepsBefore !== undefined) {
      continueStepsAfter(Number(stepsBefore));
      return body();
    }
    await ensureDependencies();
    return runAgainUnderPinnedNode(scriptUrl);
  });
}

/** This process ends only after the child has, so that its clean-up is never cut short. */
async function runAgainUnderPinnedNode(scriptUrl) {
  const args = [fileURLToPath(scriptUrl), ...process.argv.slice(2)];
  const npmKeepsItsNode = { npm_node_execpath: process.env.npm_node_execpath ?? process.execPath };
  const env = toolEnvironment({ [stepsVariable]: String(stepsSoFar()), ...npmKeepsItsNode });
  const child = spawn(pinnedNode, args, { stdio: 'inherit', env });
  const exited = new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  atEnd(
    () => {
      child.kill('SIGTERM');
      return exited;
    },
    { msMax: longestCleanUpMs },
  );
  endOnSignals(() => child.exitCode ?? 130);
  return (await exited) ?? 130;
}
