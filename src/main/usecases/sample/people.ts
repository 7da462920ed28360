/**
 * The people of the sample clinic: invented staff and patients with common Chinese names and the way those are written
 * in English. Any likeness to a person is chance. Names follow the language the sample is made in.
 */
import type { PatientIdentity, StaffMember, StaffRole } from '../../../shared/domain/clinic.ts';
import type { Locale, LocalText } from '../../../shared/domain/local-text.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { patientId, staffId } from '../../../shared/ids.ts';
import { dateOfDayNumber } from '../../../shared/local-time.ts';
import { Dice } from './random.ts';

export interface SamplePatient {
  readonly id: PatientId;
  readonly identity: PatientIdentity;
  readonly isWoman: boolean;
  readonly ageYears: number;
}

export const PATIENT_COUNT = 200;

/** `English 中文`, most common first. */
const SURNAMES = names(
  'Wang 王, Li 李, Zhang 张, Liu 刘, Chen 陈, Yang 杨, Huang 黄, Zhao 赵, Wu 吴, Zhou 周, Xu 徐, Sun 孙, Ma 马, Zhu 朱, ' +
    'Hu 胡, Guo 郭, He 何, Lin 林, Gao 高, Luo 罗, Zheng 郑, Liang 梁, Xie 谢, Song 宋, Tang 唐, Deng 邓, Feng 冯, Han 韩',
);
const WOMENS_NAMES = names(
  'Fang 芳, Li 丽, Jing 静, Min 敏, Yan 燕, Juan 娟, Xiuying 秀英, Xia 霞, Ping 萍, Ling 玲, Guiying 桂英, Hong 红, ' +
    'Xue 雪, Yue 悦, Zihan 子涵, Xinyi 欣怡, Mei 梅, Lan 兰, Shuzhen 淑珍, Qian 倩',
);
const MENS_NAMES = names(
  'Wei 伟, Qiang 强, Lei 磊, Yang 洋, Jun 军, Yong 勇, Jie 杰, Tao 涛, Ming 明, Chao 超, Gang 刚, Ping 平, ' +
    'Jianguo 建国, Hao 浩, Peng 鹏, Bo 波, Haoran 浩然, Yuxuan 宇轩, Guoqiang 国强, Hui 辉',
);

/** How many of a hundred patients are in each age band, `[from, to]` in years. */
const AGES: readonly (readonly [weight: number, from: number, to: number])[] = [
  [8, 1, 6],
  [9, 7, 15],
  [12, 16, 29],
  [22, 30, 45],
  [24, 46, 62],
  [25, 63, 91],
];

const FIRST_NUMBER = 20_301;
const DAYS_PER_YEAR = 365;

/** 200 invented patients, each with a name, a birth date and a number of the clinic's own; ids in ascending order. */
export function samplePatients(seed: number, todayNumber: number, language: Locale): SamplePatient[] {
  const dice = new Dice(seed, PATIENT_COUNT);
  return Array.from({ length: PATIENT_COUNT }, (_, index) => {
    const isWoman = dice.percent(53);
    const band = AGES[dice.weighted(AGES.map(([weight]) => weight))];
    const [, from, to] = band ?? [0, 30, 45];
    const ageYears = dice.between(from, to);
    const born = todayNumber - ageYears * DAYS_PER_YEAR - Math.floor(ageYears / 4) - dice.between(1, 364);
    const name = fullName(dice.pick(SURNAMES), dice.pick(isWoman ? WOMENS_NAMES : MENS_NAMES));
    return {
      id: patientId(`sample-patient-${String(index + 1).padStart(3, '0')}`),
      identity: {
        name: name[language],
        birthDate: dateOfDayNumber(born),
        number: String(FIRST_NUMBER + index),
      },
      isWoman,
      ageYears,
    };
  });
}

interface StaffRow {
  readonly id: string;
  readonly name: LocalText;
  readonly jobTitle: LocalText;
  readonly role: StaffRole;
}

/** The same people stand in pools as named units: technicians, nurses, claims clerks. */
export const STAFF: readonly StaffRow[] = [
  staffRow('zhao-jing', 'Jing Zhao 赵静', 'clinic manager 诊所主任', 'manager'),
  staffRow('li-min', 'Min Li 李敏', 'sonographer 影像技师', 'staff'),
  staffRow('wang-lei', 'Lei Wang 王磊', 'radiographer 影像技师', 'staff'),
  staffRow('zhou-yan', 'Yan Zhou 周燕', 'radiographer 影像技师', 'staff'),
  staffRow('chen-hui', 'Hui Chen 陈慧', 'head nurse 护士长', 'staff'),
  staffRow('wu-xia', 'Xia Wu 吴霞', 'nurse 护士', 'staff'),
  staffRow('guo-ting', 'Ting Guo 郭婷', 'physician 医生', 'staff'),
  staffRow('sun-ying', 'Ying Sun 孙颖', 'claims clerk 理赔专员', 'staff'),
  staffRow('zheng-kai', 'Kai Zheng 郑凯', 'claims clerk 理赔专员', 'staff'),
  staffRow('lin-na', 'Na Lin 林娜', 'front desk 前台', 'staff'),
  staffRow('he-lian', 'Lian He 何廉', 'auditor 审计员', 'auditor'),
  staffRow('xu-bo', 'Bo Xu 徐波', 'IT technician 信息技术员', 'technician'),
];

export function sampleStaff(language: Locale): StaffMember[] {
  return STAFF.map(({ id, name, jobTitle, role }) => ({
    id: staffId(id),
    name: name[language],
    jobTitle,
    role,
    isActive: true,
  }));
}

function staffRow(id: string, name: string, jobTitle: string, role: StaffRole): StaffRow {
  return { id, name: bothWays(name), jobTitle: bothWays(jobTitle), role };
}

/** "Ultrasound rooms 超声室": the Chinese is what follows the last blank. */
export function bothWays(text: string): LocalText {
  const at = text.lastIndexOf(' ');
  return { en: text.slice(0, at), zh: text.slice(at + 1) };
}

function names(list: string): LocalText[] {
  return list.split(', ').map(bothWays);
}

/** Given name first in English, surname first and no blank in Chinese. */
function fullName(surname: LocalText, given: LocalText): LocalText {
  return { en: `${given.en} ${surname.en}`, zh: `${surname.zh}${given.zh}` };
}
