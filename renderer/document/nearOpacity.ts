import { create } from 'zustand';

/** The step whose opacity the pointer or the keyboard is at: it may be moved next. */
export const useNearOpacity = create<{ readonly step: string | null }>(() => ({ step: null }));

export const setNearOpacity = (step: string | null) => useNearOpacity.setState({ step });
