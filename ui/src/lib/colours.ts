// The palette's names in words, for menus and screen readers. Their values are in `styles/marks.css`.
import type { ColourView, MarkView, ShapeView } from '../generated/view';
import { m } from './paraglide/messages';

export const COLOUR_NAMES: Record<ColourView, () => string> = {
  red: m.colour_red,
  amber: m.colour_amber,
  green: m.colour_green,
  blue: m.colour_blue,
  violet: m.colour_violet,
  teal: m.colour_teal,
  pink: m.colour_pink,
  slate: m.colour_slate,
};

export const SHAPE_NAMES: Record<ShapeView, () => string> = {
  octagon: m.shape_octagon,
  triangle: m.shape_triangle,
  circle: m.shape_circle,
  square: m.shape_square,
  diamond: m.shape_diamond,
  hexagon: m.shape_hexagon,
};

/** Red is for production only. */
export function isProduction(mark: MarkView): boolean {
  return mark.colour === 'red';
}
