import { z } from 'zod'

// Compiled checks would need eval, which the page's policy forbids. Must be the first import of the page: schemas ask when they are made.
z.config({ jitless: true })
