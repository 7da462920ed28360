/** Known patients by what is typed. */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import { Finder } from './finder.svelte.ts';

export type FoundPatient = Response<'patient.search'>['patients'][number];

export class PatientFinder extends Finder<FoundPatient> {
  constructor(api: Api) {
    super(async (text) => {
      const reply = await api.query('patient.search', { text });
      return reply.ok ? reply.value.patients : null;
    });
  }
}
