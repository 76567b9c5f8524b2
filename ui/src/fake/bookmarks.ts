// Invented bookmarks, and what becomes of them.
import type { BookmarkView, ErrorView, NoticeView, Request, View, ViewChange } from '../generated/view';
import { refused } from './refusals';

export const BOOKMARKS: BookmarkView[] = [
  {
    id: 'b1',
    name: 'Dead letters of the order queue',
    page: '/sqs/v3/home?region={region}#/queues/https%3A%2F%2Fsqs.{region}.amazonaws.com%2F{account}%2Forders-dlq',
    scope: { of: 'group', group: 'Acme' },
  },
  { id: 'b2', name: 'All buckets', page: '/s3/buckets?region={region}', scope: { of: 'every-profile' } },
  {
    id: 'b3',
    name: '請求ダッシュボード',
    page: '/costmanagement/home#/home',
    scope: { of: 'profile', profile: 'p-own' },
  },
];

export function bookmarkAnswered(view: View, request: Request): ViewChange | ErrorView | null {
  if (request.ask !== 'bookmark') return null;
  const { bookmarks, notices } = view;
  const id = request.bookmark;
  const known = bookmarks.find((bookmark) => bookmark.id === id);
  switch (request.wish) {
    case 'save': {
      if (request.name.trim() === '') return refused('name', 'missing');
      if (request.page.includes('://')) return refused('page', 'malformed');
      const { name, page, scope } = request;
      return { bookmarks: bookmarks.map((each) => (each === known ? { id, name, page, scope } : each)) };
    }
    case 'remove': {
      const body = {
        kind: 'bookmark-removed',
        bookmark: id,
        name: known?.name ?? '',
        until: Date.now() + 300_000,
      } as const;
      const notice: NoticeView = { id: `gone-${id}`, body };
      return { bookmarks: bookmarks.filter((each) => each !== known), notices: [...notices, notice] };
    }
    case 'undo-remove': {
      const back = BOOKMARKS.filter((each) => each.id === id);
      return {
        bookmarks: [...bookmarks, ...back],
        notices: notices.filter(({ body }) => body.kind !== 'bookmark-removed'),
      };
    }
  }
}
