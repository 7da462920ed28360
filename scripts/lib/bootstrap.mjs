/**
 * The first lines of every script: npm packages as the lockfile says, then the same script again under
 * the project's own Node 24. What follows it may use node_modules and rely on one version of Node.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { pinnedNode, root, toolEnvironment } from './project.mjs';
import { continueStepsAfter, runScript, stepsSoFar } from './steps.mjs';

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

/** Signals are passed on, and this process ends only after the child has, so that clean-up is never cut short. */
function runAgainUnderPinnedNode(scriptUrl) {
  const args = [fileURLToPath(scriptUrl), ...process.argv.slice(2)];
  const npmKeepsItsNode = { npm_node_execpath: process.env.npm_node_execpath ?? process.execPath };
  const env = toolEnvironment({ [stepsVariable]: String(stepsSoFar()), ...npmKeepsItsNode });
  const child = spawn(pinnedNode, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
