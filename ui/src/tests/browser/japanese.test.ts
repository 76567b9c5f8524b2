// Every view in Japanese, in a real browser.
import { tell } from './story';

tell('ja', 'dark');
