/** A bridge that answers from fixtures. The query string chooses what the window is shown in. */
import type { AppState } from '../../../src/shared/contract/clinic.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import { queue, STATE, STRIPS, TODAY, workspace } from './fixtures.ts';

type Answers = Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => unknown>>;

export function fakeBridge(query: URLSearchParams): unknown {
  let state = stateOf(query);
  const answers: Answers = {
    'app.state': () => state,
    'today.get': () => (query.get('scene') === 'empty' ? emptyDay() : TODAY),
    'workspace.get': (body) => workspace(SUBSYSTEM_IDS.find((id) => id === body['subsystem']) ?? 'imaging'),
    'queue.get': (body) => queue(SUBSYSTEM_IDS.find((id) => JSON.stringify(body).includes(id)) ?? 'imaging'),
    'views.get': () => ({ views: [] }),
    'pool.list': () => ({ pools: [], strips: STRIPS }),
    'work-kind.list': () => ({ workKinds: [], defaults: {} }),
    'draft.get': () => ({ body: null, savedAt: null, now: TODAY.now }),
    'import.list': () => ({ batches: [] }),
    'preference.set': (body) => {
      state = { ...state, ...body };
      return {};
    },
    'person.switch': (body) => {
      state = { ...state, person: state.staff.find((each) => each.id === body['staffId']) ?? null };
      return {};
    },
  };
  return {
    invoke: (channel: string, request: { body: Record<string, unknown> }) => {
      const answer = answers[channel];
      const reply = answer
        ? { ok: true, value: answer(request.body) }
        : { ok: false, error: { code: 'not-permitted', retryable: false, params: {} } };
      return Promise.resolve(JSON.stringify(reply));
    },
    on: () => () => undefined,
  };
}

const emptyDay = () => ({ ...TODAY, running: [], next: [], stuck: [], alerts: [] });

function stateOf(query: URLSearchParams): AppState {
  const scene = query.get('scene');
  const locale = query.get('locale') === 'zh' ? 'zh' : 'en';
  const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
  const state: AppState = { ...STATE, locale, theme };
  if (scene === 'first-run') return { ...state, clinic: null, person: null, staff: [], head: null };
  if (scene === 'language')
    return { ...state, clinic: null, person: null, staff: [], head: null, locale: null };
  if (scene === 'problem') return { ...state, problem: 'ledger-damaged' };
  if (scene === 'sample' && state.clinic) return { ...state, clinic: { ...state.clinic, isSample: true } };
  if (scene === 'no-person') return { ...state, person: null };
  return state;
}
