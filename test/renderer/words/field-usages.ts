/**
 * Every control that a person types into, as the components' source uses it: its name, what it says before, and where
 * its error goes. Read from the parsed templates, so that a new field is found without being entered anywhere.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'svelte/compiler';

export interface FieldUsage {
  /** `OutageRow.svelte field-outage-{}-start`: file, and test id with its variable parts left out. */
  readonly at: string;
  readonly control: string;
  /** Seen by eye or heard: the field's label, or the control's own. */
  readonly hasName: boolean;
  /** Says what it wants before: help line, placeholder, or the unit behind it. */
  readonly hasHelp: boolean;
  /** Something can be said at it afterwards, tied to it. */
  readonly hasError: boolean;
}

interface TemplateNode {
  readonly type?: string;
  readonly name?: string;
  readonly attributes?: readonly TemplateNode[];
  readonly start?: number;
  readonly end?: number;
}

/** Controls that take what is typed; choices say what they want by their options. */
const TYPED = ['TextInput', 'TextArea', 'NumberInput', 'DurationInput', 'DateTimeInput', 'Combobox', 'input'];
/** Say by themselves how to write what they take. */
const HELPFUL = ['DurationInput', 'DateTimeInput'];
/** Say by themselves that they cannot read what was typed. */
const CHECKING = ['DurationInput', 'DateTimeInput', 'NumberInput'];
const NOT_TYPED = ['checkbox', 'radio'];

const renderer = join(import.meta.dirname, '../../../src/renderer');

export function fieldUsages(): FieldUsage[] {
  return globSync(join(renderer, '{screens,forms}/**/*.svelte')).flatMap((path) => {
    const source = readFileSync(path, 'utf8');
    const found: FieldUsage[] = [];
    const file = basename(path);
    walk(parse(source, { modern: true }).fragment as TemplateNode, null, (node, field) => {
      const usage = usageOf(node, field, { file, source });
      if (usage) found.push(usage);
    });
    return found;
  });
}

function usageOf(
  node: TemplateNode,
  field: TemplateNode | null,
  { file, source }: { readonly file: string; readonly source: string },
): FieldUsage | null {
  const control = node.name ?? '';
  const has = (of: TemplateNode | null, ...names: string[]) =>
    names.some((name) => of?.attributes?.some((attribute) => attribute.name === name));
  const written = (name: string) => {
    const attribute = node.attributes?.find((each) => each.name === name);
    return attribute ? source.slice(attribute.start, attribute.end) : '';
  };
  if (!TYPED.includes(control)) return null;
  if (NOT_TYPED.some((type) => written('type').includes(type))) return null;
  const testid = /(?:testid|data-testid)="?([^"]*)"?/.exec(written('testid') || written('data-testid'))?.[1];
  const isGrouped = has(field, 'isGroup');
  return {
    at: `${file} ${(testid ?? control).replaceAll(/\{[^}]*\}/g, '{}')}`,
    control,
    hasName:
      (field !== null && !isGrouped) ||
      control === 'DateTimeInput' ||
      has(node, 'label', 'aria-label') ||
      isLabelled(node, source),
    hasHelp:
      has(field, 'hint') ||
      has(node, 'placeholder', 'unit') ||
      HELPFUL.includes(control) ||
      written('type').includes('date'),
    hasError:
      has(field, 'error') ||
      CHECKING.includes(control) ||
      (control === 'Combobox' && !has(node, 'allowsNew')) ||
      (has(node, 'aria-describedby') && has(node, 'aria-invalid')),
  };
}

/** A raw input within, or pointed at by, a label element. */
function isLabelled(node: TemplateNode, source: string): boolean {
  const before = source.slice(0, node.start);
  return before.lastIndexOf('<label') > before.lastIndexOf('</label>') || source.includes('<label for=');
}

function walk(
  node: TemplateNode,
  field: TemplateNode | null,
  visit: (node: TemplateNode, field: TemplateNode | null) => void,
): void {
  if (typeof node.type === 'string') visit(node, field);
  const inner = node.type === 'Component' && node.name === 'Field' ? node : field;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'attributes') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object') walk(child as TemplateNode, inner, visit);
    }
  }
}
