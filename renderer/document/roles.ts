/** What is known of a file when its role is guessed; size and channels once it has been read. */
export interface RoleCandidate {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const targetWords =
  /(?:^|[^a-z])(depth|disparity|disp|tof|range|sparse|lowres|low|lr|noisy|noise|noflash|ambient|mask|saliency|matte|labels?|classes|seg|segmentation|target|input)(?=[^a-z]|$)/g;
const guidanceWords =
  /(?:^|[^a-z])(left|right|colou?r|rgb|photo|image|im\d|view\d|intensity|guide|guidance|flash|nir|hr|reference)(?=[^a-z]|$)/g;

const words = (name: string) => name.toLowerCase().replace(/\.[^.]*$/, '');
const count = (name: string, pattern: RegExp) => words(name).match(pattern)?.length ?? 0;

/** What is restored: a map of something, mostly one-channel and beside a colour photo; or a photo itself. */
export type TargetKind = 'map' | 'picture';

/**
 * How much a file looks like the one that guides rather than the one that is restored: the bigger one guides, beside a
 * map the one in colour, beside a photo the one without (near infrared), and names say which. Positive: guidance.
 */
function likelihood(candidate: RoleCandidate, other: RoleCandidate, kind: TargetKind): number {
  const areaRatio = (candidate.width * candidate.height) / (other.width * other.height);
  // A target is never larger than its guidance, so size decides before everything else.
  const bySize = areaRatio > 1.05 ? 4 : areaRatio < 0.95 ? -4 : 0;
  const byChannels = Math.sign(candidate.channels - other.channels) * (kind === 'map' ? 2 : -2);
  const byName = Math.sign(nameScore(candidate) - nameScore(other)) * 1.5;
  return bySize + byChannels + byName;
}

const nameScore = ({ name }: RoleCandidate) => count(name, guidanceWords) - count(name, targetWords);

export interface PairGuess {
  /** Which of the two is the guidance. */
  readonly guidance: 0 | 1;
  readonly target: 0 | 1;
}

/** Which of two files guides and which is restored. With nothing to tell them apart, the first one guides. */
export function guessPair(first: RoleCandidate, second: RoleCandidate, kind: TargetKind = 'map'): PairGuess {
  return likelihood(first, second, kind) >= 0 ? { guidance: 0, target: 1 } : { guidance: 1, target: 0 };
}

/** What a single file most likely is, when nothing else is open. */
export function guessSingle(candidate: RoleCandidate, kind: TargetKind = 'map'): 'guidance' | 'target' {
  const score = nameScore(candidate);
  if (score !== 0) return score > 0 ? 'guidance' : 'target';
  if (kind === 'picture') return 'target';
  return candidate.channels === 1 ? 'target' : 'guidance';
}
