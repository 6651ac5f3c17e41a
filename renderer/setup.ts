import { z } from 'zod';

// Compiling schemas at run time is what the content security policy forbids; this has to come before the first parse.
z.config({ jitless: true });
