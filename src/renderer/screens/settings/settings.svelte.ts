/**
 * The clinic's settings as forms. Given the application for its state and commands; touches no DOM. What is typed stays
 * until it is saved or put back, also when a save is refused.
 */
import type { App } from '../../app.svelte.ts';
import type { AppState } from '../../../shared/contract/clinic.ts';
import type { StaffRole, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import {
  triageLevels,
  type Triage,
  type TriageLevel,
  type TriagePresetId,
} from '../../../shared/domain/urgency.ts';
import type { Refusal } from '../../../shared/result.ts';
import { m } from '../../../shared/messages/index.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { FieldRefusal } from '../../forms/field-refusal.svelte.ts';
import { undoing } from '../../shell/undoing.svelte.ts';
import { entering } from '../../ui/entering.svelte.ts';
import { SUBSYSTEM_NAME } from '../../ui/subsystem-words.ts';
import { staffId, type StaffId } from '../../../shared/ids.ts';
import { OwnTriage, type LevelRow } from './own-triage.svelte.ts';

type Member = AppState['staff'][number];

/** One person as the form holds it; a null id is somebody new. */
export interface MemberForm {
  readonly id: StaffId | null;
  name: string;
  jobTitle: string;
  role: StaffRole;
  isActive: boolean;
}

interface ClinicForm {
  readonly nameEn: string;
  readonly nameZh: string;
  readonly timeZone: string;
  readonly triagePreset: TriagePresetId;
  readonly levels: readonly LevelRow[];
}

function ownLevels(clinic: Triage): readonly TriageLevel[] {
  return clinic.ownTriage && clinic.ownTriage.length > 0 ? clinic.ownTriage : triageLevels(clinic);
}

export class Settings {
  nameEn = $state('');
  nameZh = $state('');
  timeZone = $state('');
  triagePreset = $state<TriagePresetId>('manchester');
  /** The clinic's own levels; before it has any they begin as those of the preset in use. */
  readonly own = new OwnTriage();
  member = $state<MemberForm | null>(null);
  isSaving = $state(false);
  isNameMissing = $state(false);
  areFaultsShown = $state(false);
  readonly clinicRefusal = new FieldRefusal('clinic.set');
  readonly memberRefusal = new FieldRefusal('staff.set');

  readonly clinicDraft: KeptDraft<ClinicForm>;
  readonly memberDraft: KeptDraft<MemberForm>;
  readonly #app: App;
  /** The clinic that the form was filled from, as text. */
  #taken = '';

  constructor(app: App) {
    this.#app = app;
    this.clinicDraft = new KeptDraft<ClinicForm>(app.api, {
      typed: () => {
        const { nameEn, nameZh, timeZone, triagePreset } = this;
        return { nameEn, nameZh, timeZone, triagePreset, levels: this.own.rows };
      },
      restore: ({ levels, ...form }) => {
        Object.assign(this, form);
        this.own.restore(levels);
      },
    });
    this.memberDraft = new KeptDraft<MemberForm>(app.api, {
      typed: () => this.member,
      restore: (member) => (this.member = member),
    });
    this.#takeClinic();
  }

  /** Brings back what was typed into the clinic's form and not saved. */
  load(): Promise<void> {
    return this.clinicDraft.open('clinic');
  }

  /** The clinic's form as the ledger has it. */
  putBack(): void {
    this.#takeClinic();
    this.clinicDraft.restart();
  }

  #takeClinic(): void {
    const clinic = this.#app.state?.clinic;
    if (!clinic) return;
    this.#taken = JSON.stringify(clinic);
    this.nameEn = clinic.name.en;
    this.nameZh = clinic.name.zh;
    this.timeZone = clinic.timeZone;
    this.triagePreset = clinic.triagePreset;
    this.own.take(ownLevels(clinic));
  }

  /** Back up, restore: a manager or the technician. */
  readonly mayInstall = $derived.by(() => ['manager', 'technician'].includes(this.#app.person?.role ?? ''));
  readonly isManager = $derived.by(() => this.#app.person?.role === 'manager');
  /** Whether the clinic's settings can be changed: by a manager, and now. */
  readonly mayChange = $derived(this.isManager && !entering.isPaused);
  readonly isClinicChanged = $derived.by(() => {
    const clinic = this.#app.state?.clinic;
    return (
      clinic != null &&
      (clinic.name.en !== this.nameEn ||
        clinic.name.zh !== this.nameZh ||
        clinic.timeZone !== this.timeZone ||
        clinic.triagePreset !== this.triagePreset ||
        (this.triagePreset === 'own' && this.own.differsFrom(ownLevels(clinic))))
    );
  });

  async saveClinic(): Promise<void> {
    const clinic = this.#app.state?.clinic;
    const en = this.nameEn.trim() || this.nameZh.trim();
    this.own.areFaultsShown = this.triagePreset === 'own';
    this.isNameMissing = !en;
    if (!clinic || !en || (this.triagePreset === 'own' && !this.own.isWhole)) return;
    const changed = {
      name: { en, zh: this.nameZh.trim() || en },
      timeZone: this.timeZone,
      language: clinic.language,
      triagePreset: this.triagePreset,
      ownTriage: this.triagePreset === 'own' ? this.own.levels : (clinic.ownTriage ?? null),
    };
    this.clinicRefusal.clear();
    const takes = (refusal: Refusal) => this.clinicRefusal.take(refusal);
    const commandId = crypto.randomUUID();
    const send = () => this.#app.send('clinic.set', { clinic: changed }, commandId, takes);
    if (!(await this.#save(send))) return;
    this.putBack();
    undoing.offer(commandId, () => m.settings_clinic_changed());
  }

  /** The clinic has been changed elsewhere, or a change taken back: shown, unless somebody is typing. */
  follow(): void {
    const ledger = JSON.stringify(this.#app.state?.clinic ?? null);
    if (ledger === this.#taken || this.clinicDraft.isTyped) return;
    this.putBack();
  }

  async saveSubsystem(setting: SubsystemSetting): Promise<void> {
    const commandId = crypto.randomUUID();
    const isSaved = await this.#save(() => this.#app.send('subsystem.set', { setting }, commandId));
    const subsystem = SUBSYSTEM_NAME[setting.subsystem];
    if (isSaved) undoing.offer(commandId, () => m.settings_policy_changed({ subsystem: subsystem() }));
  }

  /** @param member  null for somebody new */
  edit(member: Member | null, shown: (member: Member) => string): void {
    this.areFaultsShown = false;
    this.memberRefusal.clear();
    this.member = member
      ? {
          id: member.id,
          name: member.name,
          jobTitle: shown(member),
          role: member.role,
          isActive: member.isActive,
        }
      : { id: null, name: '', jobTitle: '', role: 'staff', isActive: true };
    const name = member ? `staff-member:${member.id}` : 'staff-member';
    void this.memberDraft.open(name, { isNew: member === null });
  }

  close(): void {
    this.memberDraft.leave();
    this.member = null;
  }

  giveUp(): void {
    this.memberDraft.drop();
    this.member = null;
  }

  async saveMember(): Promise<void> {
    const { member } = this;
    if (!member) return;
    this.areFaultsShown = member.name.trim() === '' || member.jobTitle.trim() === '';
    if (this.areFaultsShown) return;
    const before = this.#app.state?.staff.find(({ id }) => id === member.id);
    const isTitleKept = before && [before.jobTitle.en, before.jobTitle.zh].includes(member.jobTitle);
    const sent = {
      id: member.id ?? staffId(`s-${crypto.randomUUID()}`),
      name: member.name.trim(),
      jobTitle: isTitleKept ? before.jobTitle : sameText(member.jobTitle.trim()),
      role: member.role,
      isActive: member.isActive,
    };
    this.memberRefusal.clear();
    const takes = (refusal: Refusal) => this.memberRefusal.take(refusal);
    if (await this.#save(() => this.#app.send('staff.set', { member: sent }, undefined, takes)))
      this.giveUp();
  }

  async #save(send: () => Promise<boolean>): Promise<boolean> {
    this.isSaving = true;
    const isSaved = await send();
    this.isSaving = false;
    return isSaved;
  }
}
