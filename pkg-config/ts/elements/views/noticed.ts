import { pathOf } from '../path.js';
import { noticedHeading } from '../phrases.js';
import { button, type Scope, text, type View } from '../view.js';
import { allWays, outAndHelp } from './ways.js';

/** What was noticed. It has all choices where no further step has them. */
export function noticedView(scope: Scope): View {
  const { occasion, texts, ageBand } = scope;
  if (occasion === null) throw new Error('no occasion');
  const { about, finding = 'unchecked' } = occasion;
  const lead = about === 'showing' ? texts.showingLead : texts.sendingLead;
  const why = finding === 'explicit' || finding === 'suggestive' ? [] : [text(texts.why[finding])];
  const last = pathOf(occasion).length === 1;
  const onDevice = finding === 'unchecked' ? [] : [text(texts.onDevice, 'quiet')];
  return {
    heading: noticedHeading(occasion, texts),
    scene: 'pause',
    body: [text(lead[ageBand], 'lead'), ...why, ...(last ? [...allWays(scope), ...onDevice] : onDevice)],
    ways: last ? [] : [...outAndHelp(scope), button(texts.more, () => scope.next())],
  };
}
