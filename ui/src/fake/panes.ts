// Panes in memory: a tree of rows and columns, roughly as Rust keeps it, and layouts of them under names. Not its
// rules: no room is never a problem, a pane forgets what it showed before, and a layout what tabs were closed since.
import type { DividerView, EdgeView, LayoutView, PaneView, Request, WayView } from '../generated/view';

interface Leaf {
  id: number;
  tab: string | null;
}
interface Split {
  number: number;
  way: WayView;
  parts: { share: number; node: Node }[];
}
type Node = Leaf | Split;
type Rect = Pick<PaneView, 'left' | 'top' | 'width' | 'height'>;

const WHOLE: Rect = { left: 0, top: 0, width: 1, height: 1 };

export class FakePanes {
  focused = 1;
  maximised = false;
  linked = false;
  /** Saved ones by name; those that a scene names are empty. */
  readonly layouts = new Map<string, { root: Node; focused: number } | null>();
  #root: Node;
  #next = 2;

  constructor(tab: string | null) {
    this.#root = { id: 1, tab };
  }

  layout(): Pick<
    LayoutView,
    'activeTab' | 'panes' | 'dividers' | 'focusedPane' | 'maximised' | 'linked' | 'layouts'
  > {
    const panes: PaneView[] = [];
    const dividers: DividerView[] = [];
    const focused = this.#leaf(this.focused);
    if (this.maximised) panes.push({ ...focused, ...WHOLE });
    else place(this.#root, WHOLE, panes, dividers);
    const { maximised, linked } = this;
    return {
      activeTab: focused.tab,
      panes,
      dividers,
      focusedPane: this.focused,
      maximised,
      linked: linked && leaves(this.#root).length > 1,
      layouts: [...this.layouts.keys()],
    };
  }

  paneOf(tab: string): number | null {
    return leaves(this.#root).find((leaf) => leaf.tab === tab)?.id ?? null;
  }

  show(tab: string): void {
    this.put(tab, this.paneOf(tab) ?? this.focused, null);
  }

  put(tab: string, pane: number, edge: EdgeView | null): void {
    const from = leaves(this.#root).find((leaf) => leaf.tab === tab);
    if (edge === null) {
      const to = this.#leaf(pane);
      if (from) from.tab = to.tab;
      to.tab = tab;
      this.focused = pane;
      return;
    }
    this.focused = pane;
    this.split(edge);
    this.#leaf(this.focused).tab = tab;
    if (!from) return;
    from.tab = null;
    if (from.id !== pane) this.close(from.id);
  }

  split(edge: EdgeView): void {
    const way: WayView = edge === 'left' || edge === 'right' ? 'row' : 'column';
    const before = edge === 'left' || edge === 'top';
    const leaf: Leaf = { id: this.#next, tab: null };
    const number = this.#next + 1;
    const at = this.focused;
    const insert = (node: Node): Node => {
      if ('id' in node) {
        if (node.id !== at) return node;
        const parts = [node, leaf].map((part) => ({ share: 0.5, node: part }));
        return { number, way, parts: before ? parts.reverse() : parts };
      }
      const here = node.parts.find((part) => 'id' in part.node && part.node.id === at);
      if (!here || node.way !== way) node.parts.forEach((part) => (part.node = insert(part.node)));
      else {
        here.share /= 2;
        const place = node.parts.indexOf(here) + (before ? 0 : 1);
        node.parts.splice(place, 0, { share: here.share, node: leaf });
      }
      return node;
    };
    this.#root = insert(this.#root);
    this.#next += 2;
    this.maximised = false;
    this.focused = leaf.id;
  }

  close(id: number): void {
    const all = leaves(this.#root);
    this.maximised = false;
    if (all.length === 1) {
      this.#leaf(id).tab = null;
      return;
    }
    const at = all.findIndex((leaf) => leaf.id === id);
    if (this.focused === id) this.focused = all[at === 0 ? 1 : at - 1]?.id ?? this.focused;
    const without = (node: Node): Node | null => {
      if ('id' in node) return node.id === id ? null : node;
      const parts = node.parts.flatMap(({ share, node: part }) => {
        const left = without(part);
        return left ? { share, node: left } : [];
      });
      const sum = parts.reduce((all, { share }) => all + share, 0);
      const [only, more] = parts;
      if (only && !more) return only.node;
      return { ...node, parts: parts.map(({ share, node: part }) => ({ share: share / sum, node: part })) };
    };
    this.#root = without(this.#root) ?? this.#root;
  }

  /** A tab is gone, and its pane with it. */
  forget(tab: string, next: string | null): void {
    const pane = this.paneOf(tab);
    if (pane === null) return;
    if (leaves(this.#root).length > 1) this.close(pane);
    else this.#leaf(pane).tab = next;
  }

  move(split: number, after: number, share: number): void {
    const parts = splits(this.#root).find(({ number }) => number === split)?.parts;
    const [one, other] = [parts?.[after], parts?.[after + 1]];
    if (!one || !other) return;
    const both = one.share + other.share;
    one.share = both * Math.min(0.9, Math.max(0.1, share));
    other.share = both - one.share;
  }

  even(split: number): void {
    const parts = splits(this.#root).find(({ number }) => number === split)?.parts ?? [];
    parts.forEach((part) => (part.share = 1 / parts.length));
  }

  save(name: string): void {
    this.layouts.set(name, structuredClone({ root: this.#root, focused: this.focused }));
  }

  restore(name: string): void {
    const saved = this.layouts.get(name);
    if (!saved) return;
    const { root, focused } = structuredClone(saved);
    this.#root = root;
    this.focused = focused;
    this.maximised = false;
  }

  #leaf(id: number): Leaf {
    const all = leaves(this.#root);
    const found = all.find((leaf) => leaf.id === id) ?? all[0];
    if (!found) throw new Error('there is always a pane');
    return found;
  }
}

function leaves(node: Node): Leaf[] {
  return 'id' in node ? [node] : node.parts.flatMap((part) => leaves(part.node));
}

function splits(node: Node): Split[] {
  return 'id' in node ? [] : [node, ...node.parts.flatMap((part) => splits(part.node))];
}

function place(node: Node, rect: Rect, panes: PaneView[], dividers: DividerView[]): void {
  if ('id' in node) {
    panes.push({ ...node, ...rect });
    return;
  }
  const { way, number } = node;
  const part = (from: number, share: number): Rect =>
    way === 'row'
      ? { ...rect, left: rect.left + rect.width * from, width: rect.width * share }
      : { ...rect, top: rect.top + rect.height * from, height: rect.height * share };
  let from = 0;
  node.parts.forEach(({ share, node: inner }, after) => {
    place(inner, part(from, share), panes, dividers);
    const next = node.parts[after + 1]?.share;
    if (next !== undefined) {
      const both = share + next;
      dividers.push({ split: number, after, way, share: share / both, ...part(from, both) });
    }
    from += share;
  });
}

/** Does what a request asks of the panes; false where it asks nothing of them. */
export function answered(panes: FakePanes, request: Request): boolean {
  switch (request.ask) {
    case 'split':
      panes.split(request.edge);
      return true;
    case 'close-pane':
      panes.close(request.pane);
      return true;
    case 'focus-pane':
      panes.focused = request.pane;
      return true;
    case 'maximise-pane':
      panes.maximised = !panes.maximised;
      return true;
    case 'move-divider':
      panes.move(request.split, request.after, request.share);
      return true;
    case 'even-divider':
      panes.even(request.split);
      return true;
    case 'put-tab':
      panes.put(request.tab, request.pane, request.edge);
      return true;
    case 'link-panes':
      panes.linked = !panes.linked;
      return true;
    case 'save-layout':
      panes.save(request.name);
      return true;
    case 'remove-layout':
      panes.layouts.delete(request.name);
      return true;
    case 'open-layout':
      panes.restore(request.name);
      return true;
    default:
      return false;
  }
}
