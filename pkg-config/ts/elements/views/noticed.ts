import type { AgeBand } from '../../client/options.js';
import type { Texts } from '../../i18n/texts.js';
import type { Finding, Occasion } from '../occasion.js';
import { pathOf } from '../path.js';
import { noticedHeading } from '../phrases.js';
import { button, type Scope, text, type View } from '../view.js';
import { allWays, outAndHelp } from './ways.js';

/** What was noticed. It has all choices where no further step has them. */
export function noticedView(scope: Scope): View {
  const { occasion, texts, ageBand } = scope;
  if (occasion === null) throw new Error('no occasion');
  const { about, finding = 'unchecked' } = occasion;
  const last = pathOf(occasion).length === 1;
  const looked = finding === 'unchecked' ? [] : [text(texts.onDevice, 'quiet')];
  return {
    heading: noticedHeading(occasion, texts),
    scene: 'pause',
    body: [text(leadOf(about, finding, ageBand, texts), 'lead'), ...(last ? allWays(scope) : []), ...looked],
    ways: last ? [] : [...outAndHelp(scope), button(texts.more, () => scope.next())],
  };
}

function leadOf(about: Occasion['about'], finding: Finding, ageBand: AgeBand, texts: Texts): string {
  if (finding === 'explicit' || finding === 'suggestive') return (about === 'showing' ? texts.showingLead : texts.sendingLead)[ageBand];
  return (ageBand === 'under-13' ? texts.whySimply : texts.why)[finding];
}
