// The actions of the app with their keys, as Rust's table has them, and binding others. Not what they do.
import type { ActionView, ErrorView, SectionView } from '../generated/view';

type Line = [section: SectionView, id: string, en: string, ja: string, ...keys: string[]];

const TABLE: Line[] = [
  ['profiles', 'switcher', 'Go to anything', '何でも検索して開く', 'Ctrl+K'],
  ['profiles', 'filter-profiles', 'Filter profiles', 'プロファイルを絞り込む', 'Ctrl+Shift+K'],
  ['profiles', 'new-profile', 'New profile', '新しいプロファイル', 'Ctrl+N'],
  [
    'profiles',
    'open-page-in',
    'Open this page in another profile',
    'このページを別のプロファイルで開く',
    'Ctrl+Shift+O',
  ],
  [
    'profiles',
    'other-rights',
    'Open this page read-only, or with full rights',
    'このページを読み取り専用／全権限で開く',
    'Ctrl+Shift+R',
  ],
  ['tabs', 'new-tab', 'Another tab of this profile', 'このプロファイルの新しいタブ', 'Ctrl+T'],
  ['tabs', 'close-tab', 'Close the tab', 'タブを閉じる', 'Ctrl+W'],
  ['tabs', 'reopen-tab', 'Reopen the closed tab', '閉じたタブを開き直す', 'Ctrl+Shift+T'],
  ['tabs', 'next-tab', 'Next tab', '次のタブ', 'Ctrl+Tab', 'Ctrl+PageDown'],
  ['tabs', 'previous-tab', 'Previous tab', '前のタブ', 'Ctrl+Shift+Tab', 'Ctrl+PageUp'],
  ['tabs', 'tab-1', 'Tab 1', 'タブ 1', 'Ctrl+1'],
  ['tabs', 'tab-2', 'Tab 2', 'タブ 2', 'Ctrl+2'],
  ['tabs', 'tab-3', 'Tab 3', 'タブ 3', 'Ctrl+3'],
  ['tabs', 'tab-4', 'Tab 4', 'タブ 4', 'Ctrl+4'],
  ['tabs', 'tab-5', 'Tab 5', 'タブ 5', 'Ctrl+5'],
  ['tabs', 'tab-6', 'Tab 6', 'タブ 6', 'Ctrl+6'],
  ['tabs', 'tab-7', 'Tab 7', 'タブ 7', 'Ctrl+7'],
  ['tabs', 'tab-8', 'Tab 8', 'タブ 8', 'Ctrl+8'],
  ['tabs', 'last-tab', 'Last tab', '最後のタブ', 'Ctrl+9'],
  ['tabs', 'sleep-others', 'Put the other tabs to sleep', 'ほかのタブをスリープ'],
  [
    'tabs',
    'own-window',
    'A window of its own for the tab, or back',
    'タブを独立したウィンドウへ／元に戻す',
    'Ctrl+Shift+N',
  ],
  ['panes', 'split-right', 'Split right', '右に分割', 'Ctrl+\\'],
  ['panes', 'split-down', 'Split down', '下に分割', 'Ctrl+Shift+\\'],
  ['panes', 'close-pane', 'Close the pane', 'ペインを閉じる', 'Ctrl+Shift+W'],
  ['panes', 'maximise-pane', 'Maximise the pane for a moment', 'ペインを一時的に最大化', 'Ctrl+Shift+M'],
  ['panes', 'focus-pane-left', 'Pane on the left', '左のペイン', 'Alt+Shift+Left'],
  ['panes', 'focus-pane-right', 'Pane on the right', '右のペイン', 'Alt+Shift+Right'],
  ['panes', 'focus-pane-up', 'Pane above', '上のペイン', 'Alt+Shift+Up'],
  ['panes', 'focus-pane-down', 'Pane below', '下のペイン', 'Alt+Shift+Down'],
  ['panes', 'link-panes', 'Link the panes, or let them go', 'ペインを連動／解除', 'Ctrl+Shift+L'],
  ['panes', 'layouts', 'Saved layouts', '保存したレイアウト', 'Ctrl+Shift+S'],
  ['page', 'back', 'Back', '戻る', 'Alt+Left'],
  ['page', 'forward', 'Forward', '進む', 'Alt+Right'],
  ['page', 'reload', 'Reload', '再読み込み', 'Ctrl+R', 'F5'],
  ['page', 'find-in-page', 'Find in page', 'ページ内を検索', 'F3'],
  ['page', 'find-next', 'Find next', '次を検索', 'Ctrl+G'],
  ['page', 'find-previous', 'Find previous', '前を検索', 'Ctrl+Shift+G'],
  ['page', 'copy-link', 'Copy a link without tokens', 'トークンなしのリンクをコピー', 'Ctrl+Shift+C'],
  ['page', 'copy-address', "Copy the page's address alone", 'ページのアドレスだけをコピー'],
  ['page', 'bookmark', 'Bookmark this page, or forget it', 'ブックマークに追加／解除', 'Ctrl+D'],
  ['page', 's3-download', 'Download what this S3 page shows', 'この S3 ページの内容をダウンロード'],
  ['page', 's3-upload', 'Upload files to this S3 page', 'この S3 ページにファイルをアップロード'],
  ['page', 's3-upload-folder', 'Upload a folder to this S3 page', 'この S3 ページにフォルダーをアップロード'],
  ['page', 'zoom-in', 'Zoom in', '拡大', 'Ctrl++'],
  ['page', 'zoom-out', 'Zoom out', '縮小', 'Ctrl+-'],
  ['page', 'zoom-reset', 'Zoom to 100 %', '100 % に戻す', 'Ctrl+0'],
  ['window', 'switch-focus', 'Between page and window', 'ページとウィンドウの切り替え', 'F6'],
  [
    'window',
    'screen-share',
    "Hide other clients' names, or show them",
    '他の顧客の名前を隠す／表示',
    'Ctrl+Shift+H',
  ],
  ['window', 'lock', 'Lock Sidelight', 'Sidelight をロック'],
  ['window', 'downloads', 'Downloads', 'ダウンロード', 'Ctrl+J'],
  ['window', 'settings', 'Settings', '設定', 'Ctrl+,'],
  ['window', 'bookmarks', 'Bookmarks: rename, change, remove', 'ブックマークの管理'],
  ['window', 'rules', 'Rules for marks', 'マークのルール'],
  ['window', 'shortcuts', 'All shortcuts', 'ショートカット一覧', 'F1'],
];

export function actionsOf(): ActionView[] {
  return TABLE.map(([section, id, en, ja, ...keys]) => ({ id, section, en, ja, keys, isOwn: false }));
}

/** Refuses what another action has, what is no chord, and one that pages need. */
export function bound(
  actions: readonly ActionView[],
  id: string,
  keys: string[] | null,
): ActionView[] | ErrorView {
  const refuse = (problem: 'taken' | 'not-a-key' | 'kept-for-pages'): ErrorView => ({
    cause: { code: 'input', field: 'shortcut', problem },
    detail: null,
  });
  for (const chord of keys ?? []) {
    if (!/^((Ctrl|Alt|Shift)\+)*([A-Z0-9+,.\\-]|F\d+|[A-Z][a-z]+)$/.test(chord)) return refuse('not-a-key');
    if (/^Ctrl\+[ACPSVXYZ]$/.test(chord) || /^(Shift\+)?[^F+]$/.test(chord)) return refuse('kept-for-pages');
    if (actions.some((other) => other.id !== id && other.keys.includes(chord))) return refuse('taken');
  }
  const own = TABLE.find(([, known]) => known === id)?.slice(4) ?? [];
  return actions.map((action) =>
    action.id === id ? { ...action, keys: keys ?? own, isOwn: keys !== null } : action,
  );
}
