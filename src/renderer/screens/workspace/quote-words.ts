/** The words of what a task would displace, and of what is worth knowing before it is entered. */
import type { QuoteView } from '../../../shared/contract/tasks.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import type { ReasonSubject } from '../../format/reason.ts';
import { blockerPart, reasonSentence, timePart } from '../../format/reason.ts';
import type { Sentence } from '../../format/sentence.ts';
import { weave } from '../../format/sentence.ts';
import { text } from '../../locale.svelte.ts';

type Warning = QuoteView['warnings'][number];
type Displaced = QuoteView['displaces'][number];

const WORDS: Readonly<Record<Warning['code'], (warning: Warning) => string>> = {
  'target-passed': ({ seconds }) => m.workspace_warning_target({ late: format.duration(seconds ?? 0) }),
  'due-passed': () => m.workspace_warning_due(),
  'patient-busy': ({ task }) => m.workspace_warning_busy({ task: task ? text(task.workKind) : '' }),
  'patient-same-kind': () => m.workspace_warning_same(),
};

export function warningWords(warning: Warning): string {
  return WORDS[warning.code](warning);
}

/** What entering it would do to planned work, with the task linked. */
export function displacedSentence({ task, from, to }: Displaced, now: Instant): Sentence {
  return weave((noun) => {
    const words = { task: noun(blockerPart(task)), from: noun(timePart(from, now)) };
    return to === null
      ? m.workspace_quote_displaces_out(words)
      : m.workspace_quote_displaces({ ...words, to: noun(timePart(to, now)) });
  });
}

/** Why it would not begin sooner; null where it would begin when wished, or only its own fixed start says when. */
export function whyLater(quote: QuoteView, subject: ReasonSubject): Sentence | null {
  const { reason } = quote;
  const isHeldUp = reason?.segments.some(({ rule }) => rule !== 'fixed-start' && rule !== 'grid') ?? false;
  return reason && isHeldUp ? reasonSentence(reason, subject) : null;
}
