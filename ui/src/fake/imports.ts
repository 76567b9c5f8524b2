// What an invented ~/.aws holds, and importing it. Not a parser.
import type {
  ConfigProfileView,
  ErrorView,
  FoundInAwsView,
  GroupView,
  ImportChoice,
  ImportRowView,
  ImportView,
  Request,
  View,
  ViewChange,
} from '../generated/view';
import { markOf, profileOf } from './profiles';
import { refused } from './refusals';

export const CONFIG_PROFILES: ConfigProfileView[] = [
  { name: 'base', region: 'eu-central-1', account: null, how: 'access key', problem: null },
  {
    name: 'acme-prod',
    region: 'eu-west-1',
    account: '111122223333',
    how: 'role/Admin through base',
    problem: null,
  },
  {
    name: 'globex',
    region: 'ap-northeast-1',
    account: '444455556666',
    how: 'sso/AdministratorAccess',
    problem: null,
  },
  {
    name: 'legacy',
    region: null,
    account: null,
    how: 'role/Old through gone',
    problem: 'source_profile "gone" does not exist',
  },
];

export const FOUND: FoundInAwsView = { profiles: 7, ssoSessions: 2 };

const WORDS = ['PROD', 'STG', 'DEV', null];

type Kind = Pick<ImportRowView, 'state'> & Partial<ImportRowView>;

/** One of each, before all those that are new. */
const KINDS: Kind[] = [
  { state: 'new', hasKeys: true, how: 'access key' },
  {
    state: 'new',
    runsCommand: '/usr/local/bin/vault-aws --account 111122223333 --role Admin',
    how: 'command',
  },
  { state: 'known' },
  { state: 'changed', how: 'role/PowerUser through base' },
  { state: 'cannot', problem: 'source_profile "gone" does not exist', how: 'role/Old through gone' },
  { state: 'new', how: 'sso/AdministratorAccess', group: 'Globex 商事' },
];

export function importOf(count: number): ImportView {
  const rows = Array.from({ length: count }, (_, index): ImportRowView => {
    const word = WORDS[index % WORDS.length] ?? null;
    const client = `client-${String(Math.floor(index / WORDS.length) + 1).padStart(2, '0')}`;
    return {
      key: `profile ${index}`,
      name: `${client}-${(word ?? 'tools').toLowerCase()}`,
      group: null,
      mark: markOf(word, index),
      account: String(100_000_000_000 + index * 7919),
      region: 'eu-central-1',
      how: 'role/Admin through base',
      problem: null,
      hasKeys: false,
      runsCommand: null,
      ...(KINDS[index] ?? { state: 'new' }),
    };
  });
  return { file: '/home/kim/.aws/config', rows, done: null };
}

/** What a request changes of the import; null where it asks nothing of it. */
export function importsAnswered(
  { layout, importing, groups }: View,
  request: Request,
): ViewChange | ErrorView | null {
  if (request.ask === 'find-imports')
    return { importing: importOf(7), layout: { ...layout, surface: { page: 'import' } } };
  if (request.ask === 'import-file') return fileImported(importing, request.name, atob(request.contents));
  if (request.ask !== 'import' || !importing) return null;
  const changed = importing.rows.filter(
    ({ key, state }) => state === 'changed' && request.rows.some((row) => row.key === key),
  );
  const moved = request.rows.filter(({ moveKeys }) => moveKeys);
  return {
    groups: withChosen(groups, request.rows),
    importing: {
      ...importing,
      done: {
        added: request.rows.length - changed.length,
        changed: changed.length,
        linesToDelete: moved.flatMap(({ name }) => [
          `[${name}]`,
          'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
          'aws_secret_access_key = …',
        ]),
        fileToDelete: null,
      },
    },
  };
}

/** One profile for each line but the first, as AWS's CSV has them. */
function fileImported(importing: ImportView | null, file: string, text: string): ViewChange | ErrorView {
  if (!file.endsWith('.csv')) return refused('import-file', 'malformed');
  const added = text.trim().split('\n').length - 1;
  const done = { added, changed: 0, linesToDelete: [], fileToDelete: file };
  return { importing: { file, rows: [], ...importing, done } };
}

/** The groups with what was chosen as profiles. */
export function withChosen(groups: readonly GroupView[], rows: readonly ImportChoice[]): GroupView[] {
  const all = structuredClone([...groups]);
  for (const row of rows) {
    const name = row.group || null;
    let home = all.find((group) => group.name === name);
    if (!home) all[name === null ? 'unshift' : 'push']((home = { name, profiles: [] }));
    home.profiles.push(profileOf({ id: `p-${row.key}`, name: row.name, mark: markOf(row.mark || null) }));
  }
  return all;
}
