/**
 * What a script says while it works: numbered steps, what each will take and what it took, and errors
 * that tell what to do next. The only place that decides how scripts print; knows nothing of any step.
 */
import { endAll, endOnSignals } from './endings.mjs';

let stepNumber = 0;

/** Numbering goes on where another process of the same command stopped. */
export function continueStepsAfter(number) {
  stepNumber = number;
}

export function stepsSoFar() {
  return stepNumber;
}

/** An expected failure: a plain message, the next thing to do, and the exit code; printed without a stack. */
export class StepError extends Error {
  constructor(message, { next = '', exitCode = 1 } = {}) {
    super(message);
    this.next = next;
    this.exitCode = exitCode;
  }
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs one numbered step.
 * @param title   what is being done
 * @param expect  what it downloads and about how long it takes, or '' for a quick check
 * @param work    does it; what it returns is the step's value; `report(detail)` sets the closing words
 */
export async function step(title, expect, work) {
  stepNumber += 1;
  const number = `${stepNumber}.`.padEnd(4);
  const started = Date.now();
  let detail = 'done';
  say(`${number}${title}${expect === '' ? '' : ` (${expect})`}`);
  const value = await work((words) => (detail = words));
  say(`    ${detail}${describeDuration(Date.now() - started)}`);
  return value;
}

/** A note inside a step. */
export function note(text) {
  say(`    ${text}`);
}

function describeDuration(milliseconds) {
  if (milliseconds < 1000) return '';
  return `, ${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

/** Runs a script's body; a StepError is printed plainly, anything else with its stack, and sets the exit code. */
export async function runScript(body) {
  endOnSignals(() => 130);
  try {
    const code = await body();
    process.exitCode = code ?? 0;
  } catch (error) {
    process.exitCode = error instanceof StepError ? error.exitCode : 1;
    const text = error instanceof StepError ? `\n${error.message}\n${error.next}` : error.stack;
    process.stderr.write(`${text.trimEnd()}\n`);
  } finally {
    await endAll();
  }
}
