// Every view in English, in a real browser.
import { tell } from './story';

tell('en', 'light');
