/** A round this young may still turn out to be a short one, in milliseconds. */
const patience = 100;
/** A round that is to take longer is not waited for. */
const longest = 500;

/**
 * Everything on the screen of one position of a dragged parameter, from asking for it until it is there. Begun again
 * with every movement of the pointer, none would ever be whole where one takes longer than a movement: what comes soon
 * had better come whole, and then that of the newest position.
 */
export class Round {
  private beganAt = Number.NEGATIVE_INFINITY;
  private underWay = false;
  private expected = 0;
  private come = 0;
  private wasBrief = false;

  begin(): void {
    this.beganAt = performance.now();
    this.underWay = true;
    this.expected = 0;
    this.come = 0;
  }

  /** @param tiles how many of the round came together */
  arrived(tiles: number): void {
    this.come += tiles;
  }

  /** @param tiles on the screen that are still to come */
  pending(tiles: number): void {
    if (!this.underWay) return;
    this.expected = Math.max(this.expected, tiles);
    if (tiles > 0) return;
    this.underWay = false;
    this.wasBrief = performance.now() - this.beganAt <= longest;
  }

  /** The last whole round came soon: the next one may be asked for in larger parts. */
  get isBrief(): boolean {
    return this.wasBrief;
  }

  /** Whether a newer position waits until this one is whole: at first, and as long as it comes fast enough. */
  isWorthFinishing(): boolean {
    if (!this.underWay) return false;
    const elapsed = performance.now() - this.beganAt;
    return elapsed < patience || elapsed * this.expected < longest * this.come;
  }
}
