import { build, isStale } from './scripts/build.mjs';

/** Tests that start the real engine, shell or command line run what is in dist: built here when stale. */
export default function setup() {
  if (isStale()) build();
}
